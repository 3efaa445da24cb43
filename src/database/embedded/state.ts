import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const stateSchema = z.object({
  /** Folder of the database: relative to the data folder, or absolute where its user can't reach that. */
  home: z.string(),
  /** Of PostgreSQL's superuser, which only the launcher uses. */
  superuserPassword: z.string(),
  /** Of the role that owns the platform's database. */
  password: z.string(),
  /** Where the server listened last. */
  port: z.number().int().optional(),
  /** Random number that PostgreSQL gave the data folder; set once that folder is whole. */
  systemIdentifier: z.string().optional(),
});

/** What `postgres.json` in the data folder remembers. The database is found by it: it is part of a backup. */
export type State = z.infer<typeof stateSchema>;

/** Changes some of what is remembered; the file is whole at every moment. */
export async function remember(stateFile: string, change: Partial<State>): Promise<void> {
  const state = await readState(stateFile);
  if (!state) throw new Error(`${stateFile} was deleted while its database runs.`);
  await writeWhole(stateFile, { ...state, ...change }, rename);
}

/** null when there is no such file. */
export async function readState(file: string): Promise<State | null> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${file} can't be read. If it is damaged, restore it from a backup.\n${error as Error}`, {
      cause: error,
    });
  }
}

/** Begins with new passwords. Of several processes that start at once, all go on with the state that was there first. */
export async function createState(file: string, home: string): Promise<State> {
  const password = () => randomBytes(24).toString('base64url');
  await writeWhole(
    file,
    { home, superuserPassword: password(), password: password() },
    async (temporary, target) => {
      await link(temporary, target).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      await rm(temporary);
    },
  );
  return (await readState(file))!;
}

async function writeWhole(
  file: string,
  state: State,
  put: (temporary: string, target: string) => Promise<void>,
): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  await put(temporary, file);
}
