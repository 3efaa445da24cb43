import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { takeFirstSteps, firstLogin } from '../../../src/cli/first-steps.js';
import { loadEnv } from '../../../src/config/env.js';
import { Runtime } from '../../../src/config/runtime.js';
import { createHttpApp } from '../../../src/http.js';
import { QueueService } from '../../../src/queue/queue.service.js';
import { storeOf } from '../../../src/storage/storage.service.js';
import { verify } from '../../../src/cli/verify/verify.js';
import { Client } from './client.js';
import { takeDatabase } from './databases.js';
import { startS3, type S3Fault } from './s3/server.js';
import { storedOn, type Stored } from './stored.js';

export const slug = 'tianyuan-2019';

/** A whole site of its own: database, storage, HTTP on loopback and, unless told otherwise, the worker. */
export interface Site {
  url: string;
  app: NestExpressApplication;
  dataSource: DataSource;
  /** Where bytes arrive and renditions are made; on disk also where they stay. */
  storageDir: string;
  stored: Stored;
  /** What makes another process one of this site's. */
  env: Record<string, string>;
  /** Signed in as the organiser. */
  organiser: Client;
  visitor(): Client;
  /** Follows links, which begin with /api, with the session of another client. */
  visitorAs(client: Client): Client;
  /** A new account, signed in. */
  entrant(name: string, phone: string): Promise<Client>;
  /** Moves the database's clock by so much. */
  moveClock(interval: string): Promise<void>;
  /** Names of the invariants that don't hold. */
  broken(): Promise<string[]>;
  close(): Promise<void>;
}

export interface SiteOptions {
  worker?: boolean;
  /** Settings beside those that every site has. */
  env?: Record<string, string>;
  /** Of STORAGE_URL, where the store is S3. */
  s3Query?: string;
  /** What is wrong with the store while the site starts. */
  s3Fault?: S3Fault;
}

/** With a store of the kind that the suite is run on: a folder, or S3. */
export async function startSite({
  worker = true,
  env: settings,
  s3Query,
  s3Fault,
}: SiteOptions = {}): Promise<Site> {
  const database = await takeDatabase();
  const storageDir = mkdtempSync(join(tmpdir(), 'dingge-test-'));
  const s3 = process.env['TEST_STORAGE'] === 's3' ? await startS3({ query: s3Query }) : null;
  if (s3 && s3Fault) s3.fault = s3Fault;
  const storage: Record<string, string> = s3
    ? { ...s3.env, SPOOL_DIR: storageDir }
    : { STORAGE_URL: `file:${storageDir}` };
  const env = loadEnv({
    ...storage,
    DATA_DIR: storageDir,
    LOG_LEVEL: 'error',
    PORT: '0',
    ...settings,
  });
  const secrets = { sessionSecret: randomBytes(32), dataKey: randomBytes(32) };
  const app = await createHttpApp(
    new Runtime({ ...env, role: worker ? 'all' : 'api' }, secrets, database.url),
  );
  const dataSource = app.get(DataSource);
  const password = (await takeFirstSteps(dataSource, env))!;
  await app.listen(0, '127.0.0.1');
  if (worker) app.get(QueueService).start();
  const { port } = app.getHttpServer().address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  const organiser = new Client(`${url}/api`);
  await organiser.post('/session', { login: firstLogin, password });
  await organiser.put('/account/password', { current: password, next: 'the organiser’s own' });
  return {
    url,
    app,
    dataSource,
    storageDir,
    stored: storedOn(s3, storageDir),
    env: { ...storage, DATABASE_URL: database.url },
    organiser,
    visitor: () => new Client(`${url}/api`),
    visitorAs(client) {
      const same = new Client(url);
      same.cookie = client.cookie;
      return same;
    },
    async entrant(entrantName, phone) {
      const client = new Client(`${url}/api`);
      await client.post('/accounts', { name: entrantName, phone, password: 'password of theirs' });
      return client;
    },
    async moveClock(interval) {
      await dataSource.query(
        `CREATE OR REPLACE FUNCTION dingge_now() RETURNS timestamptz LANGUAGE sql VOLATILE
           AS $$ SELECT clock_timestamp() + interval '${interval}' $$`,
      );
    },
    async broken() {
      const findings = await verify({ dataSource, store: await storeOf(env), deep: true });
      return findings.filter(({ breaches }) => breaches > 0).map(({ name: broken }) => broken);
    },
    async close() {
      await app.close();
      await database.drop();
      await s3?.close();
      rmSync(storageDir, { recursive: true, force: true });
    },
  };
}
