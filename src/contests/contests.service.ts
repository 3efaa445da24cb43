import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Category, requiresLink } from './category.entity.js';
import { Contest } from './contest.entity.js';
import { Declaration, type DeclarationWords } from './declaration.entity.js';
import type { ContestDto, ContestListDto, Phase } from './dto.js';
import { contestProblem } from './errors.js';

/** Contests as they are set up, and where they stand by the database's clock. */
@Injectable()
export class ContestsService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  lookUp(slug: string): Promise<Contest | null> {
    return this.dataSource.manager.findOneBy(Contest, { slug });
  }

  async findBySlug(slug: string, manager: EntityManager = this.dataSource.manager): Promise<Contest> {
    const contest = await manager.findOneBy(Contest, { slug });
    if (!contest) throw contestProblem('CONTEST.NOT_FOUND');
    return contest;
  }

  async findById(id: string, manager: EntityManager = this.dataSource.manager): Promise<Contest> {
    const contest = await manager.findOneBy(Contest, { id });
    if (!contest) throw contestProblem('CONTEST.NOT_FOUND');
    return contest;
  }

  /** The contest that a bare address means: the first that is open, else the one that closed last. */
  async front(): Promise<Contest | null> {
    const [front] = await this.dataSource.query<{ slug: string }[]>(
      `SELECT c.slug FROM contests c
        ORDER BY (c.opens_at <= dingge_now() AND c.closes_at > dingge_now() AND c.judging_since IS NULL) DESC,
                 c.closes_at DESC LIMIT 1`,
    );
    return front ? this.findBySlug(front.slug) : null;
  }

  async findCategory(contestId: string, key: string, manager: EntityManager = this.dataSource.manager) {
    const category = await manager.findOne(Category, {
      where: { contestId, key },
      relations: { prizeTiers: true },
    });
    if (!category) throw contestProblem('CONTEST.CATEGORY_UNKNOWN', { category: key.slice(0, 40) });
    category.prizeTiers.sort((a, b) => a.position - b.position);
    return category;
  }

  async findCategoryById(id: string, manager: EntityManager = this.dataSource.manager): Promise<Category> {
    const category = await manager.findOneOrFail(Category, {
      where: { id },
      relations: { prizeTiers: true },
    });
    category.prizeTiers.sort((a, b) => a.position - b.position);
    return category;
  }

  /** Judging has begun: the first round opened. */
  async markJudging(manager: EntityManager, id: string): Promise<void> {
    await manager.query(
      'UPDATE contests SET judging_since = COALESCE(judging_since, dingge_now()) WHERE id = $1',
      [id],
    );
  }

  /** Every category has a locked result. */
  async markDecided(manager: EntityManager, id: string): Promise<void> {
    await manager.query('UPDATE contests SET decided_at = COALESCE(decided_at, dingge_now()) WHERE id = $1', [
      id,
    ]);
  }

  private async declaration({ id, consentVersion }: Contest): Promise<DeclarationWords> {
    const found = await this.dataSource.manager.findOneBy(Declaration, {
      contestId: id,
      version: consentVersion,
    });
    return found?.words ?? { zh: [], en: [] };
  }

  async list(): Promise<ContestListDto> {
    const rows = await this.dataSource.query<(Standing & { slug: string; title: string; region: string })[]>(
      `SELECT c.slug, c.title, c.region, ${standingColumns} FROM contests c ORDER BY c.closes_at DESC`,
    );
    return {
      items: rows.map(({ slug, title, region, ...standing }) => ({
        slug,
        title,
        region,
        phase: phaseOf(standing),
      })),
    };
  }

  async show(slug: string): Promise<ContestDto> {
    const contest = await this.dataSource.manager.findOne(Contest, {
      where: { slug },
      relations: { categories: { prizeTiers: true }, communities: true, subjects: true },
    });
    if (!contest) throw contestProblem('CONTEST.NOT_FOUND');
    const [standing] = await this.dataSource.query<(Standing & { now: Date; submissions: number | null })[]>(
      `SELECT dingge_now() AS now, ${standingColumns},
              (SELECT sum(k.last_number)::int FROM categories k WHERE k.contest_id = c.id) AS submissions
         FROM contests c WHERE c.id = $1`,
      [contest.id],
    );
    return {
      id: contest.id,
      slug: contest.slug,
      title: contest.title,
      fullTitle: contest.fullTitle,
      region: contest.region,
      theme: contest.theme,
      brief: contest.brief,
      timeZone: contest.timeZone,
      opensAt: contest.opensAt.toISOString(),
      closesAt: contest.closesAt.toISOString(),
      uploadGraceSeconds: contest.uploadGraceSeconds,
      judgingSince: contest.judgingSince?.toISOString() ?? null,
      decidedAt: contest.decidedAt?.toISOString() ?? null,
      capturedFrom: contest.capturedFrom,
      capturedUntil: contest.capturedUntil,
      now: standing.now.toISOString(),
      phase: phaseOf(standing),
      gallery: contest.gallery,
      counts: { submissions: standing.submissions ?? 0 },
      consentVersion: contest.consentVersion,
      declaration: await this.declaration(contest),
      seedHash: createHash('sha256').update(contest.seed).digest('hex'),
      categories: contest.categories
        .sort((a, b) => a.position - b.position)
        .map((category) => ({
          id: category.id,
          key: category.key,
          name: category.name,
          media: category.media,
          entry: category.entry,
          linkRequired: requiresLink(category),
          limits: category.limits,
          onePrizePerPerson: category.personLimit === 1,
          criteria: category.criteria,
          prizeTiers: category.prizeTiers
            .sort((a, b) => a.position - b.position)
            .map((tier) => ({
              id: tier.id,
              name: tier.name,
              quota: tier.quota,
              amountYuan: tier.amountYuan,
            })),
        })),
      communities: contest.communities
        .sort((a, b) => a.name.localeCompare(b.name, 'zh'))
        .map(({ id, name, street }) => ({ id, name, street })),
      subjects: contest.subjects
        .sort((a, b) => a.position - b.position)
        .map(({ id, name }) => ({ id, name })),
    };
  }
}

interface Standing {
  opened: boolean;
  closed: boolean;
  judging: boolean;
  decided: boolean;
}

const standingColumns = `
  c.opens_at <= dingge_now() AS opened, c.closes_at <= dingge_now() AS closed,
  c.judging_since IS NOT NULL AS judging, c.decided_at IS NOT NULL AS decided`;

function phaseOf(standing: Standing): Phase {
  if (standing.decided) return 'decided';
  if (standing.judging) return 'judging';
  if (standing.closed) return 'closed';
  return standing.opened ? 'open' : 'upcoming';
}
