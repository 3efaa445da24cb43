import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/** Weights the pages use; naming only these keeps the font scan of a cold start short. */
const FONT_FOLDERS = {
  '@expo-google-fonts/noto-sans-sc': ['400Regular', '500Medium', '700Bold'],
  '@expo-google-fonts/noto-serif-sc': ['700Bold'],
};

const packages = createRequire(import.meta.url);

/**
 * How to start the Chromium that comes inside `@sparticuz/chromium`, with Chinese fonts, on a machine that has
 * neither a browser nor its libraries. Pass the answer to `chromium.launch()` or to `use.launchOptions`.
 *
 * The first call on a machine unpacks about 200 MB into the temporary folder (a few seconds); later calls, also
 * from other processes, find it there.
 */
export async function chromiumLaunch(): Promise<LaunchOptions> {
  const home = join(tmpdir(), `dingge-chromium-${userInfo().username}-${await packageVersion()}`);
  if (!existsSync(home)) await unpackInto(home);

  return {
    executablePath: join(home, 'chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: {
      ...definedEnvironment(),
      // Without a locale, as on a bare machine, Chromium takes no Chinese file names.
      LC_ALL: 'C.UTF-8',
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: await fontConfigIn(home),
    },
  };
}

/** Unpacks beside `home` and renames at the end: two processes that start at once both find a whole folder. */
async function unpackInto(home: string): Promise<void> {
  const staging = await mkdtemp(`${home}-`);
  await withEnvironment(
    // The first makes the package bring its own libnss and libexpat; the second is where it unpacks to.
    { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x', TMPDIR: staging },
    async () => {
      const { default: sparticuz } = await import('@sparticuz/chromium');
      await sparticuz.executablePath();
    },
  );
  await mkdir(join(staging, 'font-cache'), { recursive: true });
  try {
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}

/** The package also edits LD_LIBRARY_PATH and FONTCONFIG_PATH when imported: those are put back too. */
async function withEnvironment(changes: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, changes);
  try {
    await work();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/**
 * The fonts are this checkout's own, the browser is shared: a file for each set of fonts, or a checkout that was removed
 * would leave the others without any letters.
 */
async function fontConfigIn(home: string): Promise<string> {
  const text = fontConfig(join(home, 'font-cache'));
  const file = join(home, `fonts-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.conf`);
  if (!existsSync(file)) {
    const half = `${file}.${process.pid}`;
    await writeFile(half, text);
    await rename(half, file);
  }
  return file;
}

function fontConfig(cacheFolder: string): string {
  const folders = Object.entries(FONT_FOLDERS).flatMap(([name, weights]) => {
    const root = dirname(packages.resolve(`${name}/package.json`));
    return weights.map((weight) => `  <dir>${join(root, weight)}</dir>`);
  });
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.join('\n')}
  <cachedir>${cacheFolder}</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias binding="same"><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias binding="same"><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
`;
}

async function packageVersion(): Promise<string> {
  const path = join(dirname(packages.resolve('@sparticuz/chromium')), '..', 'package.json');
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry) => entry[1] !== undefined)) as Record<
    string,
    string
  >;
}
