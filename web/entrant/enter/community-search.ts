import type { Community } from '../../shared/api-types';

/** Name as written on lists: street and community in one. */
export function fullName(community: Community): string {
  return `${community.street ?? ''}${community.name}`;
}

/** What people type around the name itself. */
const FILLERS = /[\s、，,·（）()]/g;

/**
 * Communities whose name holds what was typed: those that begin with it first, then by place in the list. The
 * characters need not stand together (`嵩东湖` finds 嵩山路街道东湖社区), but a closer match comes first.
 */
export function findCommunities(list: readonly Community[], typed: string): Community[] {
  const wanted = [...typed.replace(FILLERS, '')];
  if (wanted.length === 0) return [...list];
  const text = wanted.join('');
  return list
    .map((community, index) => ({ community, index, rank: rankOf(community, text, wanted) }))
    .filter((found) => found.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map((found) => found.community);
}

function rankOf(community: Community, text: string, wanted: readonly string[]): number {
  if (community.name.startsWith(text)) return 0;
  if (fullName(community).startsWith(text)) return 1;
  if (fullName(community).includes(text)) return 2;
  return holdsInOrder(fullName(community), wanted) ? 3 : Infinity;
}

function holdsInOrder(name: string, wanted: readonly string[]): boolean {
  let from = 0;
  return wanted.every((character) => {
    const at = name.indexOf(character, from);
    from = at + 1;
    return at >= 0;
  });
}
