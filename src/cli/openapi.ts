import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app.module.js';
import { loadEnv } from '../config/env.js';
import { Runtime } from '../config/runtime.js';
import { describeApi } from '../http.js';

/** Prints the OpenAPI document; needs no database, for nothing is started. */
export async function main(): Promise<number> {
  const secret = Buffer.alloc(32);
  const runtime = new Runtime(
    loadEnv({}),
    { sessionSecret: secret, dataKey: secret },
    'postgres://localhost/none',
  );
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(runtime), {
    preview: true,
    logger: false,
  });
  app.setGlobalPrefix('api');
  process.stdout.write(`${JSON.stringify(describeApi(app), null, 2)}\n`);
  return 0;
}
