import { describe, expect, it } from '@jest/globals';
import { loadEnv } from '../../config/env.js';
import { variablesOf } from './server.js';

describe('variablesOf', () => {
  it('gives a process the settings that it was made from', () => {
    const bare = loadEnv({}, '/srv');
    expect(loadEnv(variablesOf(bare), '/srv')).toEqual(bare);
    const full = loadEnv(
      {
        DATABASE_URL: 'postgres://a:b@host:5432/c',
        REDIS_URL: 'redis://host:6379',
        STORAGE_URL: 'file:./elsewhere',
        ROLE: 'worker',
        HOST: '0.0.0.0',
        PORT: '4000',
        PUBLIC_URL: 'https://photo.example.org',
        TRUST_PROXY: '2',
        SESSION_SECRET: 's'.repeat(40),
        DATA_KEY: 'd'.repeat(40),
        METRICS_TOKEN: 'm'.repeat(20),
        SEED_DATES: 'as-is',
        DATA_DIR: 'data',
        LOG_LEVEL: 'debug',
      },
      '/srv',
    );
    expect(loadEnv(variablesOf(full), '/srv')).toEqual(full);
    const bucket = { STORAGE_URL: 's3://bucket?region=x', SPOOL_DIR: 'spool' };
    const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };
    const onS3 = loadEnv({ ...bucket, ...keys }, '/srv');
    expect(loadEnv(variablesOf(onS3), '/srv')).toEqual(onS3);
  });
});
