import { loadEnv } from '../config/env.js';
import { migrate, openDatabase } from '../database/open-database.js';

/** Brings the database's schema up to date; the server also does it by itself at every start. */
export async function main(): Promise<number> {
  const database = await openDatabase(loadEnv(), () => undefined);
  try {
    const done = await migrate(database.url);
    console.log(done.length === 0 ? 'The schema is up to date.' : `Done: ${done.join(', ')}`);
    return 0;
  } finally {
    await database.close();
  }
}
