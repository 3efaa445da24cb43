import { FirstHouse1764000000000 } from './1764000000000-first-house.js';

/** In the order in which they run. */
export const migrations = [FirstHouse1764000000000];
