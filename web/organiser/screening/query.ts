import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { ScreeningQuery } from '../api';
import { screeningTabs } from '../types';

/** The desk's filters as the address holds them; anything unknown reads as the default. */
export function readQuery(query: LocationQuery): ScreeningQuery {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  return {
    status: screeningTabs.find((tab) => tab === query['status']) ?? 'pending',
    q: text('q'),
    category: text('category'),
  };
}

/** Only what differs from the default, so that the plain desk has a plain address. */
export function writeQuery({ status, q, category }: ScreeningQuery): LocationQueryRaw {
  return {
    ...(status === 'pending' ? {} : { status }),
    ...(q ? { q } : {}),
    ...(category ? { category } : {}),
  };
}
