import type { Env } from './env.js';

/** What Nest's logger is to print. */
export function logLevels(level: Env['logLevel']) {
  const levels = ['error', 'warn', 'log', 'debug'] as const;
  return levels.slice(0, { error: 1, warn: 2, info: 3, debug: 4 }[level]);
}
