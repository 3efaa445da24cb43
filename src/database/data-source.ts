import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';

/** How every process talks to the database. Synchronising is off everywhere: migrations are the only way. */
export function dataSourceOptions(url: string, extra: object = {}): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    synchronize: false,
    migrationsTransactionMode: 'all',
    applicationName: 'dingge',
    // gen_random_uuid() is PostgreSQL's own since 13: no extension needs to be installed, nor the right to.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    extra: { max: 20, keepAlive: true, ...extra },
  };
}

/** For the migration tools; the server itself takes the database that its environment names. */
export function openDataSource(url: string): Promise<DataSource> {
  return new DataSource(dataSourceOptions(url)).initialize();
}
