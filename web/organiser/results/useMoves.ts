import { ref, shallowRef } from 'vue';
import type { ApiProblem } from '../../shared/api';
import type { Override, RankedWork, Result, ResultChange, ResultTier } from '../types';
import { moved, targetOfKey, type Target, vacated } from './moves';

/**
 * What is decided against the order: a work that was dragged, sent by a key, or chosen; places of a tier that stay
 * vacant. A dialog asks for the reason.
 */
export function useMoves(
  result: () => Result | null,
  writeProblem: { value: ApiProblem | null },
  carryOut: (overrides: Override[], reason: string, dry: boolean) => Promise<ResultChange | boolean>,
  disqualify: (submission: string, reason: string, dry: boolean) => Promise<ResultChange | boolean>,
) {
  const work = shallowRef<RankedWork | null>(null);
  const target = shallowRef<Target | null>(null);
  const tier = shallowRef<ResultTier | null>(null);
  const asking = ref(false);
  const vacating = ref(false);
  const change = shallowRef<ResultChange | null>(null);

  function begin(): void {
    writeProblem.value = null;
    change.value = null;
  }

  function ask(moving: RankedWork, to: Target | null): void {
    begin();
    work.value = moving;
    target.value = to;
    asking.value = true;
  }

  function askVacant(of: ResultTier): void {
    begin();
    tier.value = of;
    vacating.value = true;
  }

  async function move(to: Target, reason: string, dry: boolean): Promise<void> {
    const known = result();
    if (!work.value || !known) return;
    const { id } = work.value.submission;
    const decided =
      to.to === 'disqualified'
        ? disqualify(id, reason, dry)
        : carryOut(moved(known.overrides, id, to, reason), reason, dry);
    await end(decided, asking);
  }

  async function vacate(places: number, reason: string, dry: boolean): Promise<void> {
    const known = result();
    if (!tier.value || !known) return;
    await end(carryOut(vacated(known.overrides, tier.value.id, places, reason), reason, dry), vacating);
  }

  async function end(decided: Promise<ResultChange | boolean>, dialog: { value: boolean }): Promise<void> {
    const done = await decided;
    if (typeof done === 'object') change.value = done;
    else if (done) dialog.value = false;
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
  function onDrop(event: DragEvent, into: string | null): void {
    const dropped = workOf(event.dataTransfer?.getData('text/plain'));
    if (!dropped || dropped.tier === into) return;
    ask(dropped, into === null ? { to: 'out' } : { to: 'tier', tier: into });
  }

  return {
    work,
    target,
    asking,
    tier,
    vacating,
    change,
    ask,
    askVacant,
    move,
    vacate,
    onKey,
    onDragStart,
    onDrop,
  };
}
