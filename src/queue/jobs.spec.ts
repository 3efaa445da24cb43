import { describe, expect, it } from '@jest/globals';
import { jobNames, JobRegistry, jobsOf } from './jobs.js';

describe('the job registry', () => {
  it('refuses to start while a job has no handler', () => {
    const registry = new JobRegistry();
    expect(() => registry.assertComplete(jobNames)).toThrow(/media\.process/);
    for (const name of jobNames) registry.register(name, () => Promise.resolve());
    expect(() => registry.assertComplete(jobNames)).not.toThrow();
  });

  it('refuses a second handler for one job', () => {
    const registry = new JobRegistry();
    registry.register('media.process', () => Promise.resolve());
    expect(() => registry.register('media.process', () => Promise.resolve())).toThrow(/Two handlers/);
  });

  it('leaves no job undone where roles are split, and does none in both', () => {
    expect([...jobsOf('api'), ...jobsOf('worker')].sort()).toEqual([...jobsOf('all')].sort());
  });
});
