import type { Bundle } from './verify.mjs';

export function rankWorks(round: Bundle): { lines: Bundle[]; problems: string[] };
