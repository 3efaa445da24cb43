import { describe, expect, it } from '@jest/globals';
import { isAlive, isServerOf, parsePidFile } from './postmaster.js';

describe('parsePidFile', () => {
  it('reads what PostgreSQL writes while it runs', () => {
    const text =
      '8133\n/srv/.data/postgres/cluster\n1795469685\n4190\n\n127.0.0.1\n  2148328         4\nready   \n';
    expect(parsePidFile(text)).toEqual({ pid: 8133, port: 4190 });
  });

  it('reads what it writes first, before it knows its port', () => {
    expect(parsePidFile('8133\n/srv/cluster\n1795469685\n')).toEqual({ pid: 8133, port: null });
  });

  it('knows a standalone backend by its negated id', () => {
    expect(parsePidFile('-42\n/srv/cluster\n')).toEqual({ pid: 42, port: null });
  });

  it.each(['', '\n', 'not a number\n', '0\n'])('takes %j as no server', (text) => {
    expect(parsePidFile(text)).toBeNull();
  });
});

describe('a process that took over the id of a dead server', () => {
  it('is alive and is not our server', async () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(await isServerOf(process.pid, '/srv/.data/postgres/cluster')).toBe(false);
  });
});
