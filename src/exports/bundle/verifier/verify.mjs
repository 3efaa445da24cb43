import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readBundle, unzip } from './archive.mjs';
import { checkChain, checkHead, checkNames, checkResults, checkRounds, checkSheets } from './record.mjs';
import { checkResult } from './result.mjs';
import { groupedBy } from './severity.mjs';

// 复核一场比赛的结果 · Checks the results of a contest: the report, and the command that prints it.

/**
 * @param bundle as `readBundle` gives it
 * @param head the hash on the notice; null: not checked
 * @returns { ok, said: [{ holds: true | false | null, where, zh, en }] }
 */
export function verifyBundle(bundle, head = null) {
  const said = [];
  const note = (holds, where, zh, en) => said.push({ holds, where, zh, en });
  const fail = (where, zh, en) => note(false, where, zh, en);
  const section = (zh, en, check) => {
    const before = said.length;
    try {
      check(look);
    } catch (error) {
      fail(zh, `数据读不懂：${error.message}`, `can't be read: ${error.message}`);
    }
    if (said.length === before) note(true, null, zh, en);
  };
  const { categories, works, sheets, audit, results } = bundle;
  const logged = groupedBy(audit, ({ action }) => action);
  const entriesOf = (action) => logged.get(action) ?? [];
  const codes = new Map(works.map(({ round, work, code }) => [`${round} ${work}`, code]));
  const look = { ...bundle, entriesOf, codes, note, fail };

  if (bundle.format !== 1) {
    fail('contest.json', '这份程序读不了这种格式', 'this program can not read this format');
  }
  section(
    `审计链完整，共 ${audit.length} 条`,
    `the audit chain is whole, ${audit.length} entries`,
    checkChain,
  );
  section('与公示上的哈希一致', 'it is the chain of the notice', () => checkHead(look, head));
  section('名称与锁定时一致', 'names are those of the lock', checkNames);
  section('规则是开评时冻结的', 'the rules are those frozen at opening', checkRounds);
  section(
    `分数与审计链一致，共 ${sheets.length} 份`,
    `marks are those of the chain, ${sheets.length} sheets`,
    checkSheets,
  );
  section('结果都在审计链上，一个不少', 'the results are those of the chain, none is missing', checkResults);
  for (const result of results) {
    const { name } = categories.find(({ id }) => id === result.category) ?? { name: result.category };
    const where = `${name} v${result.version}`;
    section(
      `${where}：名次与奖项重算相符（${result.content.totals?.awards} 个奖）`,
      `${where}: places and prizes come out the same (${result.content.totals?.awards} prizes)`,
      () => checkResult(look, result, where),
    );
  }
  return { ok: said.every(({ holds }) => holds !== false), said };
}

function main([path, ...rest]) {
  const at = rest.indexOf('--head');
  const head = at >= 0 ? rest[at + 1]?.toLowerCase() : null;
  if (!path || head === undefined || rest.length > (at >= 0 ? 2 : 0)) {
    console.error(
      'node verify.mjs bundle.zip --head <公示上的审计链哈希 · the audit hash printed on the notice>',
    );
    return 1;
  }
  let report;
  try {
    report = verifyBundle(readBundle(unzip(readFileSync(path))), head);
  } catch (error) {
    console.log(`✗ ${path}：读不懂 · can't be read: ${error.message}`);
    return 1;
  }
  const most = 40;
  let hidden = 0;
  let shown = 0;
  for (const { holds, where, zh, en } of report.said) {
    if (holds === false && ++shown > most) {
      hidden += 1;
      continue;
    }
    console.log(`${holds === null ? '!' : holds ? '✓' : '✗'} ${where ? `${where}: ` : ''}${zh} · ${en}`);
  }
  if (hidden > 0) console.log(`… 还有 ${hidden} 处 · and ${hidden} more`);
  console.log(report.ok ? '\n相符 · everything holds' : '\n不相符 · this does not hold');
  return report.ok ? 0 : 1;
}

// Not when it is imported, as tests do.
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
