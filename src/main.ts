import './config/threads.js';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { acquireProcessLock, AlreadyRunningError } from './cli/process-lock.js';
import { EnvError, loadEnv, type Env } from './config/env.js';
import { logLevels } from './config/log-levels.js';
import { Runtime } from './config/runtime.js';
import { resolveSecrets } from './config/secrets.js';
import { migrate, openDatabase } from './database/open-database.js';
import { QueueService } from './queue/queue.service.js';
import { WorkerModule } from './worker.module.js';

/** Undone in reverse order when the process is told to stop. */
const undo: (() => Promise<void>)[] = [];
let stopping = false;

async function start(): Promise<void> {
  const env = loadEnv();
  const address = `http://localhost:${env.port}`;
  if (env.role === 'all') {
    const lock = await acquireProcessLock(env.dataDir, { url: address });
    undo.push(() => lock.release());
  }
  const database = await openDatabase(env, (line) => console.log(line));
  undo.push(() => database.close());
  await migrate(database.url);
  const runtime = new Runtime(env, await resolveSecrets(env), database.url);
  const app = env.role === 'worker' ? await startWorker(runtime) : await startHttp(runtime, env);
  undo.push(() => app.close());
  app.get(QueueService).start();
}

async function startWorker(runtime: Runtime): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(WorkerModule.for(runtime), {
    logger: logLevels(runtime.env.logLevel),
  });
  console.log('DINGGE worker ready');
  return app;
}

async function startHttp(runtime: Runtime, env: Env): Promise<INestApplicationContext> {
  // Not at the top: a process that only works would hold a quarter more memory for routes that it doesn't have.
  const { createHttpApp } = await import('./http.js');
  const { announce, firstLogin, takeFirstSteps } = await import('./cli/first-steps.js');
  const app = await createHttpApp(runtime);
  const password = await takeFirstSteps(app.get(DataSource), env);
  await app.listen(env.port, env.host);
  console.log(`\n  定格 dingge  ${env.publicUrl ?? `http://localhost:${env.port}`}\n`);
  if (password) {
    console.log(announce(firstLogin, password));
    console.log('首次登录后请修改密码 · change it at first sign-in; lost: npm run reset-admin\n');
  }
  return app;
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const step of undo.reverse()) {
    await step().catch((error: unknown) => console.error(error));
  }
  process.exit(code);
}

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
  await start();
} catch (error) {
  const expected = error instanceof EnvError || error instanceof AlreadyRunningError;
  console.error(expected ? error.message : error);
  await stop(1);
}
