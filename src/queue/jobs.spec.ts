import { describe, expect, it } from '@jest/globals';
import { jobNames, JobRegistry } from './jobs.js';

describe('the job registry', () => {
  it('refuses to start while a job has no handler', () => {
    const registry = new JobRegistry();
    expect(() => registry.assertComplete()).toThrow(/media\.process/);
    for (const name of jobNames) registry.register(name, () => Promise.resolve());
    expect(() => registry.assertComplete()).not.toThrow();
  });

  it('refuses a second handler for one job', () => {
    const registry = new JobRegistry();
    registry.register('media.process', () => Promise.resolve());
    expect(() => registry.register('media.process', () => Promise.resolve())).toThrow(/Two handlers/);
  });
});
