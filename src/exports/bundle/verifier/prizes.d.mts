import type { Bundle } from './verify.mjs';

export function allot(input: Bundle): { placements: Map<string, Bundle>; tiers: Bundle[]; totals: Bundle };
export function promoted(input: Bundle): { id: string; from: string | null; to: string | null }[];
