import { loadEnv } from '../config/env.js';
import { openDataSource } from '../database/data-source.js';
import { openDatabase } from '../database/open-database.js';
import { announce, resetAdmin } from './first-steps.js';

/** Prints a new one-time password for the first admin. Whoever can run this owns the machine anyway. */
export async function main(): Promise<number> {
  const database = await openDatabase(loadEnv(), () => undefined);
  const dataSource = await openDataSource(database.url);
  try {
    const reset = await dataSource.transaction((manager) => resetAdmin(manager));
    if (!reset) {
      console.error('There is no admin yet: npm start makes one.');
      return 1;
    }
    console.log(announce(reset.login, reset.password));
    return 0;
  } finally {
    await dataSource.destroy();
    await database.close();
  }
}
