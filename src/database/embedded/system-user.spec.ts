import { describe, expect, it } from '@jest/globals';
import { parsePasswd, runAs } from './system-user.js';

describe('parsePasswd', () => {
  it('reads names and ids, and skips what is no account', () => {
    const text = '# a comment\nroot:x:0:0:root:/root:/bin/sh\npostgres:x:101:104::/:/bin/sh\n\nbroken:x:\n';
    expect(parsePasswd(text)).toEqual([
      { name: 'root', uid: 0, gid: 0 },
      { name: 'postgres', uid: 101, gid: 104 },
    ]);
  });

  it('turns the negative ids of macOS into those that system calls take', () => {
    expect(parsePasswd('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false')).toEqual([
      { name: 'nobody', uid: 4_294_967_294, gid: 4_294_967_294 },
    ]);
  });
});

describe('runAs', () => {
  it('returns what a program wrote and how it ended', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3;';
    const result = await runAs(null, process.execPath, ['-e', script]);
    expect(result.code).toBe(3);
    expect(result.output.split('\n').sort()).toEqual(['err', 'out']);
  });

  it('gives the program none of our environment', async () => {
    const result = await runAs(null, process.execPath, ['-p', 'Object.keys(process.env).sort().join()']);
    expect(result).toEqual({ code: 0, output: 'LC_ALL,PATH,TZ' });
  });

  it('says why a program could not be started', async () => {
    const result = await runAs(null, '/nowhere/postgres', []);
    expect(result.code).toBeNull();
    expect(result.output).toContain('ENOENT');
  });
});
