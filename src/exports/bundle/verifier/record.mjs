import { canonical, GENESIS, sha256 } from './archive.mjs';

// Whether the log is whole, and all that decides a result agrees with it.

export function checkChain({ audit, contest, fail }) {
  let [seq, previous] = [0, GENESIS];
  for (const { hash, ...entry } of audit) {
    seq += 1;
    const whole =
      entry.seq === seq &&
      entry.previousHash === previous &&
      sha256(canonical({ ...entry, contestId: contest.id })) === hash;
    if (!whole) {
      fail(`audit.ndjson:${seq}`, '审计链在此断开', 'the chain breaks here');
      return;
    }
    previous = hash;
  }
  if (audit.length === 0) fail('audit.ndjson', '审计链是空的', 'the chain is empty');
}

export function checkHead({ audit, entriesOf, note, fail }, head) {
  if (head === null) {
    note(null, '--head', '未核对公示哈希', 'the hash on the notice was not checked');
    return;
  }
  const at = audit.find(({ hash }) => hash === head);
  if (!at) {
    fail(
      '--head',
      '审计链里没有公示上的哈希：这不是公示的那份数据',
      'the chain lacks the hash of the notice: this is other data',
    );
    return;
  }
  for (const { seq, facts } of [...entriesOf('result.locked'), ...entriesOf('round.closed')]) {
    if (seq > at.seq) {
      const of = facts.result ?? facts.round;
      fail(
        `audit.ndjson:${seq}`,
        `${of} 晚于这份公示，请用更新的公示上的哈希`,
        `${of} is later than this notice: take the hash of a later one`,
      );
    }
  }
}

export function checkNames({ contest, categories, results, entriesOf, note, fail }) {
  for (const [index, category] of categories.entries()) {
    const ids = results.filter((result) => result.category === category.id).map(({ id }) => id);
    const last = entriesOf('result.locked').findLast(({ facts }) => ids.includes(facts.result));
    if (!last) fail(`contest.json: ${category.key}`, '这个类别没有结果', 'this category has no result');
    else if (last.facts.names === undefined) {
      note(
        null,
        `contest.json: ${category.key}`,
        '名称没有记入审计链（旧版本锁定）',
        'names are not in the chain (locked by an old version)',
      );
    } else if (sha256(canonical({ contest, category })) !== last.facts.names) {
      fail(
        `contest.json: categories[${index}]`,
        '比赛、类别或奖项的名称与锁定时不同',
        'names of contest, category or prizes differ from the lock',
      );
    }
    const tiers = results.find(({ id }) => id === last?.facts.result)?.content.tiers ?? [];
    if (canonical(tiers.map(({ id }) => id)) !== canonical(category.tiers.map(({ id }) => id))) {
      fail(
        `contest.json: categories[${index}].tiers`,
        '奖项与结果里的不同',
        'the tiers are not those of the result',
      );
    }
  }
}

export function checkRounds({ rounds, works, tasks, entriesOf, note, fail }) {
  for (const round of rounds) {
    const where = `rounds.ndjson: ${round.name}`;
    const opened = entriesOf('round.opened').find(({ facts }) => facts.round === round.id);
    const closed = entriesOf('round.closed').find(({ facts }) => facts.round === round.id);
    if (!opened || !closed) {
      fail(where, '审计链里没有这一轮的开评或结束', 'its opening or closing is not in the chain');
      continue;
    }
    if (settingsHashOf(round, opened.facts.settingsHash) !== round.settingsHash) {
      fail(where, '设置与开评时冻结的不同', 'its settings are not those frozen at opening');
    }
    if (closed.facts.snapshot === undefined) {
      note(
        null,
        where,
        '这一轮由旧版本结束，评委与作品的对应没有记入审计链',
        'closed by an old version: who judged what is not in the chain',
      );
      continue;
    }
    const own = [
      round,
      ...works.filter((work) => work.round === round.id),
      ...tasks.filter((task) => task.round === round.id),
    ];
    if (sha256(own.map((line) => `${canonical(line)}\n`).join('')) !== closed.facts.snapshot) {
      fail(
        `rounds/works/tasks.ndjson: ${round.name}`,
        '规则、作品、任务或分数与结束评审时不同',
        'rules, works, tasks or marks are not those of the close',
      );
    }
  }
  const known = new Set(rounds.map(({ id }) => id));
  for (const { seq, facts } of entriesOf('round.closed')) {
    if (!known.has(facts.round)) fail(`audit.ndjson:${seq}`, '缺少这一轮', 'this round is missing');
  }
  for (const [file, list] of Object.entries({ works, tasks })) {
    const stray = list.find(({ round }) => !known.has(round));
    if (stray) fail(`${file}.ndjson`, `不属于任何一轮：${canonical(stray)}`, 'belongs to no round');
  }
}

/** The panel and the number of judges a work may have changed since: the settings tried are those that may have been. */
function settingsHashOf(round, wanted) {
  const { kind, criteria, method, scoring } = round;
  const { quorum, passPercent, tokens, seed, anonymous, sources, ofTied, marksBeforeClose } = round;
  const ids = round.judges.map(({ id }) => id);
  for (let count = ids.length; count > 0; count--) {
    for (const perSubmission of new Set([round.perSubmission, round.plannedJudges, null])) {
      const planned = perSubmission ?? count;
      if (planned !== round.plannedJudges) continue;
      const frozen = { kind, criteria, method, scoring, judges: ids.slice(0, count), perSubmission };
      const rest = { quorum, passPercent, tokens, seed, anonymous, sources, ofTied, marksBeforeClose };
      const hash = sha256(canonical({ ...frozen, ...rest }));
      if (hash === wanted) return hash;
    }
  }
  return null;
}

export function checkSheets({ sheets, tasks, entriesOf, fail }) {
  const key = ({ task, version }) => `${task} v${version}`;
  const saved = new Map(entriesOf('sheet.saved').map(({ seq, facts }) => [key(facts), { seq, ...facts }]));
  const last = new Map();
  const ofTask = new Map(tasks.map((task) => [task.task, task]));
  for (const [index, sheet] of sheets.entries()) {
    const where = `sheets.ndjson:${index + 1}`;
    const { seq, ...facts } = saved.get(key(sheet)) ?? {};
    if (canonical(facts) !== canonical(sheet)) {
      fail(
        where,
        `分数与审计链第 ${seq ?? '?'} 条不同：${key(sheet)}`,
        `not the marks of the chain, entry ${seq ?? '?'}: ${key(sheet)}`,
      );
    }
    if (!ofTask.has(sheet.task)) fail(where, '没有这个任务', 'there is no such task');
    saved.delete(key(sheet));
    if ((last.get(sheet.task)?.version ?? 0) < sheet.version) last.set(sheet.task, sheet);
  }
  for (const { seq } of saved.values()) {
    fail(`audit.ndjson:${seq}`, '缺少这份评分', 'this sheet is missing');
  }
  const recused = new Set(entriesOf('task.recused').map(({ facts }) => facts.task));
  for (const [index, { task, version, marks, state }] of tasks.entries()) {
    const sheet = last.get(task);
    const where = `tasks.ndjson:${index + 1}`;
    if (version !== (sheet?.version ?? 0) || canonical(marks) !== canonical(sheet?.marks ?? null)) {
      fail(where, `不是最后一次保存的分数：${task}`, `not the marks saved last: ${task}`);
    }
    if (state === 'submitted' && !sheet?.submitted) fail(where, '没有提交过', 'was never submitted');
    if ((state === 'recused') !== recused.has(task)) {
      fail(where, '回避与审计链不同', 'not the recusals of the chain');
    }
  }
}

export function checkResults({ results, lines: linesOf, categories, entriesOf, fail }) {
  const locked = new Map(entriesOf('result.locked').map((entry) => [entry.facts.result, entry]));
  const superseded = new Map(entriesOf('result.superseded').map(({ facts }) => [facts.result, facts.by]));
  for (const [index, result] of results.entries()) {
    const { id, category, version, status, supersedes, hash, content } = result;
    const where = `results.ndjson:${index + 1}`;
    const facts = locked.get(id)?.facts;
    if (!facts) fail(where, '审计链里没有锁定过它', 'the chain does not lock it');
    else if (facts.hash !== hash || facts.category !== category || facts.version !== version) {
      fail(where, '哈希、类别或版本与审计链不同', 'hash, category or version are not those of the chain');
    }
    if (sha256(canonical(content)) !== hash) {
      fail(where, '规则或奖项与哈希不符', 'rules or prizes do not give its hash');
    }
    const lines = linesOf[id] ?? [];
    if (
      sha256(lines.map((line) => `${canonical(line)}\n`).join('')) !== content.entriesHash ||
      lines.length !== content.entries
    ) {
      fail(`results/${id}.ndjson`, '名次或奖项与哈希不符', 'places or prizes do not give their hash');
    }
    if (status !== (superseded.has(id) ? 'superseded' : 'locked')) {
      fail(where, '状态与审计链不同', 'not the state of the chain');
    }
    if (supersedes !== (content.origin?.result ?? null)) {
      fail(where, '所取代的版本不符', 'supersedes another version');
    }
    if (supersedes !== null && superseded.get(supersedes) !== id) {
      fail(where, '审计链里它没有取代那个版本', 'the chain does not say that it supersedes');
    }
    if (content.origin && content.origin.hash !== results.find((one) => one.id === supersedes)?.hash) {
      fail(where, '上一版的哈希不符', 'the version before has another hash');
    }
    if (!categories.some((one) => one.id === category)) {
      fail(where, '类别不在 contest.json 里', 'its category is not in contest.json');
    }
    locked.delete(id);
  }
  for (const { seq } of locked.values()) {
    fail(`audit.ndjson:${seq}`, '缺少这份结果', 'this result is missing');
  }
}
