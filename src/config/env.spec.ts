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
    expect(mistakesOf({ STORAGE_URL: 's3://bucket?endpoint=http://minio:9000' })).toHaveLength(1);
  });
});
