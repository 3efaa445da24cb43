import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Person } from '../accounts/access.js';
import { AuditService } from '../audit/audit.service.js';
import type { Category } from '../contests/category.entity.js';
import { canonicalJson } from '../audit/chain.js';
import type { Override } from './arithmetic/allocation.js';
import type { RecordedOverride } from './content.js';
import { resultProblem } from './errors.js';

export type GivenOverride = Override & { reason: string };

/** What the organiser decides against the order. The words of a reason stand in the log, where they can be erased. */
@Injectable()
export class OverridesService {
  constructor(private readonly audit: AuditService) {}

  /** One that stood in an earlier run, word for word, isn't logged again. */
  async record(
    manager: EntityManager,
    person: Person,
    category: Category,
    given: readonly GivenOverride[],
  ): Promise<RecordedOverride[]> {
    const tiers = new Set(category.prizeTiers.map(({ id }) => id));
    const recorded: RecordedOverride[] = [];
    for (const { reason, ...override } of given) {
      if (override.do !== 'out' && !tiers.has(override.tier)) {
        throw resultProblem('RESULT.OVERRIDE_IMPOSSIBLE');
      }
      const facts = { category: category.id, ...override };
      const reasonHash =
        (await this.known(manager, category.contestId, facts, reason)) ??
        (await this.audit.appendWords(manager, {
          contestId: category.contestId,
          actorId: person.account.id,
          action: 'result.overridden',
          facts,
          text: reason,
        }));
      recorded.push({ ...override, reasonHash });
    }
    return recorded;
  }

  private async known(
    manager: EntityManager,
    contestId: string,
    facts: Record<string, unknown>,
    reason: string,
  ): Promise<string | null> {
    const [row] = await manager.query<{ hash: string }[]>(
      `SELECT e.text_hash AS hash FROM audit_entries e JOIN audit_texts t ON t.text_hash = e.text_hash
        WHERE e.contest_id = $1 AND e.action = 'result.overridden' AND e.facts = $2::jsonb AND t.text = $3
        LIMIT 1`,
      [contestId, canonicalJson(facts), reason],
    );
    return row?.hash ?? null;
  }
}
