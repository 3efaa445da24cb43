import type { Contest } from '../../contests/contest.entity.js';

/** What a stranger reads first. */
export function readme({ title }: Pick<Contest, 'title'>, head: string): string {
  return `${title}：复核包 · results to be checked by anyone

用法 · how (Node.js 20 或更新 · or later, https://nodejs.org)：

    node verify.mjs bundle.zip --head <公示上的审计链哈希 · the audit hash printed on the notice>

  这份程序不联网，不依赖别的程序；最好从公示页下载它，而不是用包里的这一份。
  It uses no network and no other program; rather take it from the notice's page than from this bundle.

文件 · files（每行一个 JSON · one JSON a line）：

  contest.json       比赛、类别、奖项的名称 · names of the contest, its categories and prizes
  rounds.ndjson      各轮的规则与评委席 · rules and panel of each round
  works.ndjson       各轮的作品与代号 · works of each round and their codes
  tasks.ndjson       评委 × 作品：分数、回避 · judge × work: marks that stand, recusals
  sheets.ndjson      每次保存的评分 · every version of every sheet
  conflicts.ndjson   每件作品须回避的评委人数（仅供参考）· judges in conflict with a work (for information)
  audit.ndjson       审计链 · the audit chain
  results.ndjson     各版结果 · results with all their versions
  results/*.ndjson   各版结果的作品 · the works of each

本包审计链的末端 · head of the chain in this bundle:
  ${head}
`;
}
