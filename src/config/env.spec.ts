import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { EnvError, loadEnv } from './env.js';

const SECRET = 'x'.repeat(32);

function mistakesOf(source: Record<string, string>): string[] {
  try {
    loadEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('loadEnv', () => {
  it('needs nothing to be set', () => {
    const cwd = path.resolve('/srv/dingge');
    expect(loadEnv({}, cwd)).toEqual({
      storageUrl: 'file:./uploads',
      storageDir: path.join(cwd, 'uploads'),
      role: 'all',
      host: '127.0.0.1',
      port: 3000,
      trustProxy: 0,
      mailFrom: '定格 <noreply@localhost>',
      signUpCode: 'off',
      seedDates: 'shift',
      dataDir: path.join(cwd, '.data'),
      logLevel: 'info',
    });
  });

  it('takes empty and blank variables as not set', () => {
    expect(loadEnv({ DATABASE_URL: '', PORT: ' ', ROLE: '' })).toEqual(loadEnv({}));
  });

  it('lists every mistake at once, by the name of its variable', () => {
    const mistakes = mistakesOf({
      PORT: '70000',
      ROLE: 'web',
      REDIS_URL: 'localhost',
      SESSION_SECRET: 'short',
    });
    expect(mistakes).toHaveLength(4);
    for (const name of ['PORT', 'ROLE', 'REDIS_URL', 'SESSION_SECRET']) {
      expect(mistakes.filter((line) => line.startsWith(`${name} must`))).toHaveLength(1);
    }
    expect(new EnvError(mistakes).message).toContain('4 mistakes');
  });

  it.each(['-1', '1.5', '0x10', '65536', 'http'])('refuses port %s', (port) => {
    expect(mistakesOf({ PORT: port })).toEqual(['PORT must be a whole number from 0 to 65535']);
  });

  it.each(['api', 'worker'])('requires what processes share when ROLE is %s', (role) => {
    expect(mistakesOf({ ROLE: role, PORT: 'x' })).toEqual([
      'PORT must be a whole number from 0 to 65535',
      `DATABASE_URL is required when ROLE is ${role}`,
      `SESSION_SECRET is required when ROLE is ${role}`,
      `DATA_KEY is required when ROLE is ${role}`,
    ]);
    const shared = { DATABASE_URL: 'postgres://db/dingge', SESSION_SECRET: SECRET, DATA_KEY: SECRET };
    expect(loadEnv({ ROLE: role, ...shared }).role).toBe(role);
  });

  it('keeps only the origin of PUBLIC_URL, and refuses one with a path', () => {
    expect(loadEnv({ PUBLIC_URL: 'https://photo.example.org/' }).publicUrl).toBe('https://photo.example.org');
    expect(mistakesOf({ PUBLIC_URL: 'https://example.org/photo' })).toHaveLength(1);
    expect(mistakesOf({ PUBLIC_URL: 'photo.example.org' })).toHaveLength(1);
  });

  it('resolves folders with spaces and Chinese names, and absolute ones', () => {
    const cwd = path.resolve('/srv/大 赛');
    expect(loadEnv({ STORAGE_URL: 'file:../作品', DATA_DIR: 'state' }, cwd)).toMatchObject({
      storageDir: path.resolve('/srv/作品'),
      dataDir: path.join(cwd, 'state'),
    });
    expect(loadEnv({ STORAGE_URL: 'file:///mnt/uploads' }, cwd).storageDir).toBe('/mnt/uploads');
  });

  it('refuses a storage it has no implementation for', () => {
    for (const url of ['ftp://host/uploads', 's3:bucket', '/srv/uploads']) {
      expect(mistakesOf({ STORAGE_URL: url })[0]).toContain(
        'STORAGE_URL must look like file:./uploads or s3://',
      );
    }
  });
});

describe('an s3:// STORAGE_URL', () => {
  const keys = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };
  const s3 = (url: string, others: Record<string, string> = {}) =>
    loadEnv({ STORAGE_URL: url, ...keys, ...others }, '/srv');
  const mistakes = (url: string) => mistakesOf({ STORAGE_URL: url, ...keys });

  it('names a bucket of a compatible store: in the path, through our server, unless told otherwise', () => {
    expect(s3('s3://bucket?endpoint=http://objects:9000')).toMatchObject({
      s3: {
        bucket: 'bucket',
        prefix: '',
        endpoint: 'http://objects:9000',
        region: 'us-east-1',
        pathStyle: true,
        serve: 'proxy',
        accessKeyId: 'id',
        secretAccessKey: 'secret',
      },
      storageDir: path.resolve('/srv/.data/spool'),
    });
    const url = 's3://bucket/a/b/?endpoint=https://s3.example.org/&region=cn-1&style=host&serve=redirect';
    expect(s3(url, { SPOOL_DIR: 'arriving' })).toMatchObject({
      s3: {
        prefix: 'a/b/',
        endpoint: 'https://s3.example.org',
        region: 'cn-1',
        pathStyle: false,
        serve: 'redirect',
      },
      storageDir: path.resolve('/srv/arriving'),
    });
  });

  it('without an endpoint is Amazon’s, and then has a region', () => {
    expect(s3('s3://bucket?region=eu-west-1').s3).toMatchObject({ region: 'eu-west-1', pathStyle: false });
    expect(mistakes('s3://bucket')).toEqual([
      'STORAGE_URL must have an endpoint, or the region of a bucket at Amazon',
    ]);
  });

  it.each([
    ['s3://B_1?region=x', 'must name a bucket'],
    ['s3://bucket/作品?region=x', 'must have a prefix'],
    ['s3://id:secret@bucket?region=x', 'must not hold the key'],
    ['s3://bucket?region=x&style=virtual', 'must have style=path or style=host'],
    ['s3://bucket?region=x&serve=public', 'must have serve=proxy or serve=redirect'],
    ['s3://bucket?region=x&region=y', 'has region twice'],
    ['s3://bucket?region=x&acl=public', 'has no setting acl'],
    ['s3://bucket?endpoint=minio:9000', 'must have an endpoint like'],
    ['s3://bucket?endpoint=https://host/path', 'must have an endpoint like'],
  ])('%s %s', (url, sentence) => {
    expect(mistakes(url)).toHaveLength(1);
    expect(mistakes(url)[0]).toContain(`STORAGE_URL ${sentence}`);
  });

  it('needs a key, and its variables need it', () => {
    expect(mistakesOf({ STORAGE_URL: 's3://bucket?region=x' })).toEqual([
      'S3_ACCESS_KEY_ID is required when STORAGE_URL is s3://',
      'S3_SECRET_ACCESS_KEY is required when STORAGE_URL is s3://',
    ]);
    expect(mistakesOf({ ...keys, SPOOL_DIR: '/x' })).toEqual(
      ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'SPOOL_DIR'].map(
        (name) => `${name} is for an s3:// STORAGE_URL only`,
      ),
    );
  });

  it('does not redirect a page of https to pictures of http', () => {
    const PUBLIC_URL = 'https://photo.example.org';
    const STORAGE_URL = 's3://bucket?endpoint=http://objects:9000&serve=redirect';
    expect(mistakesOf({ ...keys, STORAGE_URL, PUBLIC_URL })).toEqual([
      'STORAGE_URL must have an https endpoint for serve=redirect, as PUBLIC_URL is https',
    ]);
    expect(mistakesOf({ ...keys, STORAGE_URL })).toEqual([]);
  });
});

describe('messages', () => {
  it('go by mail where a server and a sender are named', () => {
    const SMTP_URL = 'smtps://user:pass@mail.example.org';
    expect(loadEnv({ SMTP_URL, MAIL_FROM: '定格 <photo@example.org>' })).toMatchObject({
      smtpUrl: SMTP_URL,
      mailFrom: '定格 <photo@example.org>',
    });
    expect(loadEnv({ SMTP_URL, MAIL_FROM: 'photo@example.org' }).mailFrom).toBe('photo@example.org');
    expect(mistakesOf({ SMTP_URL })).toEqual(['MAIL_FROM is required when SMTP_URL is set']);
    expect(mistakesOf({ SMTP_URL: 'https://mail.example.org' })[0]).toContain('SMTP_URL must look like');
    for (const MAIL_FROM of ['photo', 'a <b', 'a\nBcc: c@d.e <b@c.d>', '<a@b> <c@d>']) {
      expect(mistakesOf({ MAIL_FROM })).toEqual(['MAIL_FROM must look like 定格 <photo@example.org>']);
    }
  });

  it('go to a gateway of short messages where one is named', () => {
    const SMS_GATEWAY_URL = 'https://sms.example.org/send';
    expect(loadEnv({ SMS_GATEWAY_URL, SMS_GATEWAY_TOKEN: 'secret', SIGN_UP_CODE: 'required' })).toMatchObject(
      {
        smsGateway: { url: SMS_GATEWAY_URL, token: 'secret' },
        signUpCode: 'required',
      },
    );
    expect(mistakesOf({ SMS_GATEWAY_TOKEN: 'secret' })).toEqual([
      'SMS_GATEWAY_TOKEN is for an SMS_GATEWAY_URL only',
    ]);
    expect(mistakesOf({ SIGN_UP_CODE: 'on' })).toEqual(['SIGN_UP_CODE must be one of off, required']);
  });
});
