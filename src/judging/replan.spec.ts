import { describe, expect, it } from '@jest/globals';
import type { Pair } from './assign.js';
import { replan, type PanelJudge, type PanelState, type PanelTask } from './replan.js';

const judge = (id: string, more: Partial<PanelJudge> = {}): PanelJudge => ({
  ...{ id, left: false, replaces: null, superseded: false },
  ...more,
});
const task = (entry: string, by: string, state: PanelTask['state'] = 'open'): PanelTask => ({
  ...{ id: `${entry}${by}`, entry, judge: by, state },
  begun: state === 'submitted',
  marked: state === 'submitted',
});
const round = (change: Partial<PanelState>): PanelState => ({
  entries: ['v', 'w'],
  judges: [judge('a'), judge('b')],
  tasks: [],
  conflicts: [],
  perSubmission: null,
  seed: 's',
  ...change,
});
const names = (pairs: readonly Pair[]) => pairs.map(({ entry, judge: by }) => `${entry}${by}`).sort();
const full = (state: PanelTask['state'] = 'open') =>
  ['v', 'w'].flatMap((entry) => ['a', 'b'].map((by) => task(entry, by, state)));

describe('a round of all judges', () => {
  it('begins with every work for everybody', () => {
    const { add, reopen, release } = replan(round({}));
    expect([names(add), reopen, release]).toEqual([['va', 'vb', 'wa', 'wb'], [], []]);
  });

  it('gives somebody new everything', () => {
    const { add, release } = replan(round({ judges: [judge('a'), judge('b'), judge('c')], tasks: full() }));
    expect([names(add), release]).toEqual([['vc', 'wc'], []]);
  });

  it('takes from somebody who leaves what isn’t submitted, drafts too, and counts on what is', () => {
    const tasks = [
      task('v', 'a', 'submitted'),
      { ...task('w', 'a'), begun: true },
      task('v', 'b'),
      task('w', 'b'),
    ];
    const { add, release } = replan(round({ judges: [judge('a', { left: true }), judge('b')], tasks }));
    expect([add, release]).toEqual([[], ['wa']]);
  });

  it('hands a successor what the one before left open, along a chain of them', () => {
    const tasks = [task('v', 'a', 'submitted'), task('w', 'a', 'released')];
    const judges = [
      judge('a', { left: true }),
      judge('b', { left: true, replaces: 'a' }),
      judge('c', { replaces: 'b' }),
    ];
    expect(names(replan(round({ judges, tasks })).add)).toEqual(['wc']);
  });

  it('hands a successor everything where everything is made again', () => {
    const tasks = full('submitted');
    const judges = [judge('a', { left: true, superseded: true }), judge('b'), judge('c', { replaces: 'a' })];
    const { add, release } = replan(round({ judges, tasks }));
    expect([names(add), release.sort()]).toEqual([
      ['vc', 'wc'],
      ['va', 'wa'],
    ]);
  });

  it('keeps a recused work and a conflict away from the judge, marks or not', () => {
    const tasks = [task('v', 'a', 'recused'), task('w', 'a'), task('v', 'b', 'submitted'), task('w', 'b')];
    const { add, release } = replan(round({ tasks, conflicts: [{ entry: 'v', judge: 'b' }] }));
    expect([add, release]).toEqual([[], ['vb']]);
  });

  it('takes a work out of the running, and gives it back with its marks', () => {
    const out = replan(round({ entries: ['w'], tasks: full('submitted') }));
    expect(out.release.sort()).toEqual(['va', 'vb']);
    const tasks = full('submitted').map((one) =>
      one.entry === 'v' ? { ...one, state: 'released' as const } : one,
    );
    const back = replan(round({ tasks, reinstated: 'v' }));
    expect([back.add, back.reopen.sort(), back.release]).toEqual([[], ['va', 'vb'], []]);
  });
});

describe('a round of k judges a work', () => {
  const three = [judge('a'), judge('b'), judge('c')];

  it('gives a recused work to somebody else', () => {
    const tasks = [task('v', 'a', 'recused'), task('v', 'b'), task('w', 'b'), task('w', 'c')];
    const { add, release } = replan(round({ judges: three, tasks, perSubmission: 2 }));
    // … and the other work from c to a, who would have none.
    expect([names(add), release]).toEqual([['vc', 'wa'], ['wc']]);
  });

  it('leaves with whoever left what he marked: his successor gets the rest alone, and nobody else’s moves', () => {
    const works = ['1', '2', '3', '4', '5', '6'];
    const pairs = ['1ac', '2bd', '3bc', '4ad', '5cd', '6ab'];
    const handed = pairs.flatMap((pair) => [task(pair[0], pair[1]), task(pair[0], pair[2])]);
    const marked = new Set(['1a', '4a', '6a', '3b']);
    const tasks = handed.map((one) => (marked.has(one.id) ? task(one.entry, one.judge, 'submitted') : one));
    const judges = [
      ...['a', 'c', 'd'].map((id) => judge(id)),
      judge('b', { left: true }),
      judge('e', { replaces: 'b' }),
    ];
    // The database gives rows in any order.
    for (let turn = 0; turn < tasks.length; turn++) {
      const turned = [...tasks.slice(turn), ...tasks.slice(0, turn)];
      const settled = round({ entries: works, judges, tasks: turned, perSubmission: 2 });
      const { add, release } = replan(settled);
      expect([names(add), [...release].sort()]).toEqual([
        ['2e', '6e'],
        ['2b', '6b'],
      ]);
    }
  });

  it('hands what somebody leaves to his successor first', () => {
    const tasks = [task('v', 'a'), task('v', 'b'), task('w', 'a', 'submitted'), task('w', 'b')];
    const judges = [judge('a', { left: true }), judge('b'), judge('c'), judge('d', { replaces: 'a' })];
    const { add, release } = replan(round({ judges, tasks, perSubmission: 2 }));
    expect(names(add)).toContain('vd');
    expect(release).toContain('va');
    expect(release).not.toContain('wa');
  });

  it('raised, adds; lowered, releases only what nobody began', () => {
    const tasks = [
      task('v', 'a', 'submitted'),
      task('v', 'b'),
      task('w', 'b', 'submitted'),
      task('w', 'c', 'submitted'),
    ];
    expect(names(replan(round({ judges: three, tasks, perSubmission: 3 })).add)).toEqual(['vc', 'wa']);
    const { add, release } = replan(round({ judges: three, tasks, perSubmission: 1 }));
    expect([add, release]).toEqual([[], ['vb']]);
  });

  it('says which works fall short rather than refusing', () => {
    const conflicts = [{ entry: 'v', judge: 'a' }];
    const { add, lacking } = replan(round({ conflicts, perSubmission: 2 }));
    expect([names(add), lacking]).toEqual([['vb', 'wa', 'wb'], [{ entry: 'v', eligible: 1 }]]);
  });
});
