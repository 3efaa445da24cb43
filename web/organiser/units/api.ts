import { api } from '../../shared/api';
import type { PanelEffect } from '../rounds/types';

export interface UnitPerson {
  of: 'judge' | 'author';
  id: string;
  name: string;
  login: string;
  unit: string | null;
}

export interface Units {
  units: { id: string; name: string; judges: number; authors: number }[];
  people: UnitPerson[];
  /** So many more people there are. */
  more: number;
}

export interface UnitEffect {
  set: number;
  cleared: number;
  unchanged: number;
  unknown: string[];
  ambiguous: string[];
  rounds: { round: string; effect: PanelEffect }[];
}

/** The routes of units. Each throws `ApiProblem`. */
export const unitsApi = {
  list: (slug: string, q = '') => api.get<Units>(`/contests/${slug}/units`, { query: { q } }),
  set: (slug: string, { of, id }: UnitPerson, unit: string | null) =>
    api.post<UnitEffect>(`/contests/${slug}/units/members`, { members: [{ of, id, unit }] }),
  /** With `dry` only says what it would do. */
  paste: (slug: string, text: string, dry: boolean) =>
    api.post<UnitEffect>(`/contests/${slug}/units/list`, { text, dry }),
};
