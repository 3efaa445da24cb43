/** A work's prize as a version of the notice says it. */
export interface Placed {
  submissionId: string;
  tierId: string;
}

export interface Change {
  kind: 'added' | 'removed' | 'moved';
  submissionId: string;
  from: string | null;
  to: string | null;
}

/** What a version says otherwise than the one before: works that came, in their order, that moved, and that went. */
export function changesBetween(before: readonly Placed[], after: readonly Placed[]): Change[] {
  const was = new Map(before.map(({ submissionId, tierId }) => [submissionId, tierId]));
  const is = new Map(after.map(({ submissionId, tierId }) => [submissionId, tierId]));
  const come = [...is].flatMap(([submissionId, to]): Change[] => {
    const from = was.get(submissionId) ?? null;
    return from === to ? [] : [{ kind: from === null ? 'added' : 'moved', submissionId, from, to }];
  });
  const gone = [...was].flatMap(([submissionId, from]): Change[] =>
    is.has(submissionId) ? [] : [{ kind: 'removed', submissionId, from, to: null }],
  );
  return [...gone, ...come];
}
