import { ref, shallowRef } from 'vue';
import type { ApiProblem } from '../../shared/api';
import type { RankedWork, Result, ResultChange } from '../types';
import { targetOfKey, type Target } from './moves';

/** A work on its way from one column to another: dragged, sent by a key, or chosen; the dialog asks for the reason. */
export function useMoves(
  result: () => Result | null,
  writeProblem: { value: ApiProblem | null },
  carryOut: (
    work: RankedWork,
    target: Target,
    reason: string,
    dry: boolean,
  ) => Promise<ResultChange | boolean>,
) {
  const work = shallowRef<RankedWork | null>(null);
  const target = shallowRef<Target | null>(null);
  const asking = ref(false);
  const change = shallowRef<ResultChange | null>(null);

  function ask(moving: RankedWork, to: Target | null): void {
    writeProblem.value = null;
    work.value = moving;
    target.value = to;
    change.value = null;
    asking.value = true;
  }

  async function move(to: Target, reason: string, dry: boolean): Promise<void> {
    if (!work.value) return;
    const done = await carryOut(work.value, to, reason, dry);
    if (typeof done === 'object') change.value = done;
    else if (done) asking.value = false;
  }

  function workOf(id: string | undefined): RankedWork | undefined {
    return id === undefined ? undefined : result()?.ranking.find(({ submission }) => submission.id === id);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const element =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-work]') : null;
    const focused = workOf(element?.dataset['work']);
    const to = focused && targetOfKey(event.key, result()!.tiers, focused);
    if (!focused || !to) return;
    event.preventDefault();
    ask(focused, to);
  }

  function onDragStart(event: DragEvent): void {
    const element =
      event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-work]') : null;
    const id = element?.dataset['work'];
    if (id) event.dataTransfer?.setData('text/plain', id);
  }

  /** On a column, or on the candidates (null). */
  function onDrop(event: DragEvent, tier: string | null): void {
    const dropped = workOf(event.dataTransfer?.getData('text/plain'));
    if (!dropped || dropped.tier === tier) return;
    ask(dropped, tier === null ? { to: 'out' } : { to: 'tier', tier });
  }

  return { work, target, asking, change, ask, move, onKey, onDragStart, onDrop };
}
