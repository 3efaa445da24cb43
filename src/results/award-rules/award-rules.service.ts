import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Person } from '../../accounts/access.js';
import { AuditService } from '../../audit/audit.service.js';
import { Category } from '../../contests/category.entity.js';
import { Contest } from '../../contests/contest.entity.js';
import { ContestsService } from '../../contests/contests.service.js';
import { PrizeTier } from '../../contests/prize-tier.entity.js';
import { resultProblem } from '../errors.js';
import type { AwardRulesView, SetAwardRulesDto } from './award-rules-dto.js';

type CategoryRules = NonNullable<SetAwardRulesDto['categories']>[number];

/** How a contest gives its prizes: set before judging begins, and frozen with it. */
@Injectable()
export class AwardRulesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly contests: ContestsService,
    private readonly audit: AuditService,
  ) {}

  async show(contestId: string): Promise<AwardRulesView> {
    const { manager } = this.dataSource;
    const contest = await this.contests.findById(contestId);
    const categories = await manager.find(Category, {
      where: { contestId },
      relations: { prizeTiers: true },
      order: { position: 'ASC', prizeTiers: { position: 'ASC' } },
    });
    const begun = await this.begun(manager, contestId);
    return {
      personLimit: contest.personLimit,
      secondLock: contest.secondLock,
      categories: categories.map(({ id, key, name, personLimit, quotaTies, promotion, prizeTiers }) => ({
        ...{ key, name, personLimit, quotaTies, promotion },
        frozenAt: begun.get(id)?.toISOString() ?? null,
        tiers: prizeTiers.map((tier) => ({
          ...{ id: tier.id, name: tier.name, quota: tier.quota, amountYuan: tier.amountYuan },
          floor: tier.floor === null ? null : Number(tier.floor),
          personLimit: tier.personLimit,
        })),
      })),
    };
  }

  async set(person: Person, contestId: string, given: SetAwardRulesDto): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // The lock that opening a round takes: rules change before it, or not at all.
      await manager.query('SELECT FROM categories WHERE contest_id = $1 ORDER BY id FOR UPDATE', [contestId]);
      const begun = await this.begun(manager, contestId);
      const { personLimit, secondLock, categories = [] } = given;
      if (begun.size > 0 && (personLimit !== undefined || secondLock !== undefined)) {
        throw resultProblem('RESULT.RULES_FROZEN');
      }
      await update(manager, Contest, contestId, { personLimit, secondLock });
      for (const rules of categories) await this.setCategory(manager, contestId, begun, rules);
      const action = 'contest.award_rules_set';
      await this.audit.append(manager, {
        contestId,
        actorId: person.account.id,
        action,
        facts: { rules: given },
      });
    });
  }

  private async setCategory(
    manager: EntityManager,
    contestId: string,
    begun: ReadonlyMap<string, Date>,
    { key, tiers = [], ...rules }: CategoryRules,
  ): Promise<void> {
    const category = await this.contests.findCategory(contestId, key, manager);
    if (begun.has(category.id)) throw resultProblem('RESULT.RULES_FROZEN');
    await update(manager, Category, category.id, rules);
    for (const { id, floor, personLimit } of tiers) {
      if (!category.prizeTiers.some((tier) => tier.id === id)) throw resultProblem('RESULT.TIER_UNKNOWN');
      const written = floor === undefined || floor === null ? floor : String(floor);
      await update(manager, PrizeTier, id, { floor: written, personLimit });
    }
  }

  /** When the first round opened, of categories of which one has. */
  private async begun(manager: EntityManager, contestId: string): Promise<Map<string, Date>> {
    const rows = await manager.query<{ id: string; since: Date }[]>(
      `SELECT category_id AS id, min(opened_at) AS since FROM rounds
        WHERE contest_id = $1 AND status <> 'draft' GROUP BY category_id`,
      [contestId],
    );
    return new Map(rows.map(({ id, since }) => [id, since]));
  }
}

/** Of the fields that were given. */
async function update(
  manager: EntityManager,
  entity: typeof Contest | typeof Category | typeof PrizeTier,
  id: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (Object.keys(set).length > 0) await manager.update(entity, { id }, set);
}
