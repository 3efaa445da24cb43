import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../audit/audit.service.js';
import { Category, type CategoryLimits } from '../category.entity.js';
import { Community } from '../community.entity.js';
import { Contest } from '../contest.entity.js';
import { Declaration } from '../declaration.entity.js';
import { PrizeTier } from '../prize-tier.entity.js';
import { Subject } from '../subject.entity.js';
import { declaration } from './declaration.js';
import { tianyuan2019 as facts } from './tianyuan-2019.js';

const megabyte = 1_000_000;

/** What the notice leaves to the organiser; each can be set. */
const photoLimits: CategoryLimits = {
  maxBytes: 50 * megabyte,
  maxFiles: 8,
  seriesMin: 3,
  seriesMax: 8,
  maxSeconds: 0,
  perAuthor: 5,
  minEdge: 1600,
};
const videoLimits: CategoryLimits = {
  maxBytes: 500 * megabyte,
  maxFiles: 1,
  seriesMin: 0,
  seriesMax: 0,
  maxSeconds: 600,
  perAuthor: 5,
  minEdge: 720,
};
const criteria = [
  { name: '主题', weight: 40, min: 0, max: 100, step: 1 },
  { name: '画面', weight: 30, min: 0, max: 100, step: 1 },
  { name: '创意', weight: 30, min: 0, max: 100, step: 1 },
];

/** Loads the Tianyuan contest where it isn't there yet; returns it, and whether it is new. */
export async function seedTianyuan(manager: EntityManager, dates: 'shift' | 'as-is', now: Date) {
  const existing = await manager.findOneBy(Contest, { slug: facts.slug });
  if (existing) {
    await commitSeed(manager, existing);
    return { contest: existing, created: false };
  }

  const closesAt = dates === 'as-is' ? new Date(facts.closesAt) : nextClosing(new Date(facts.closesAt), now);
  const opensAt = new Date(Math.min(now.getTime(), closesAt.getTime() - 21 * 86_400_000));
  const contest = await manager.save(
    manager.create(Contest, {
      slug: facts.slug,
      title: facts.title,
      fullTitle: facts.fullTitle,
      region: facts.region,
      theme: facts.theme,
      brief: facts.brief,
      timeZone: facts.timeZone,
      opensAt,
      closesAt,
      consentVersion: declaration.version,
      seed: randomBytes(32).toString('hex'),
    }),
  );
  await commitSeed(manager, contest);
  await manager.insert(Declaration, { contestId: contest.id, ...declaration });
  for (const [position, given] of facts.categories.entries()) {
    const media = given.media === 'video' ? 'video' : 'image';
    const category = await manager.save(
      manager.create(Category, {
        contestId: contest.id,
        position,
        key: given.key,
        name: given.name,
        media,
        entry: media === 'video' ? 'both' : 'file',
        limits: media === 'video' ? videoLimits : photoLimits,
        criteria,
        personLimit: 1,
        numberPrefix: String.fromCharCode(65 + position),
      }),
    );
    await manager.insert(
      PrizeTier,
      given.prizeTiers.map((tier, index) => ({ ...tier, categoryId: category.id, position: index })),
    );
  }
  await manager.insert(Community, [
    ...facts.communitiesNamedOnThatPage.map((full) => ({ contestId: contest.id, ...splitStreet(full) })),
    { contestId: contest.id, name: otherCommunity, street: '' },
  ]);
  await manager.insert(
    Subject,
    facts.subjects.map((name, position) => ({ contestId: contest.id, name, position })),
  );
  return { contest, created: true };
}

/** Before any work comes in the log holds the hash of the seed: nobody can choose another one later. */
async function commitSeed(manager: EntityManager, { id, seed }: Contest): Promise<void> {
  const action = 'contest.seed_committed';
  const [known] = await manager.query<unknown[]>(
    'SELECT FROM audit_entries WHERE contest_id = $1 AND action = $2 LIMIT 1',
    [id, action],
  );
  if (known) return;
  const seedHash = createHash('sha256').update(seed).digest('hex');
  await new AuditService().append(manager, { contestId: id, actorId: null, action, facts: { seedHash } });
}

/** A community that the list doesn't name; its own name is written in. */
export const otherCommunity = '其他';

/** The same day and hour in the first year in which it lies ahead. */
export function nextClosing(original: Date, now: Date): Date {
  const next = new Date(original);
  while (next <= now) next.setUTCFullYear(next.getUTCFullYear() + 1);
  return next;
}

function splitStreet(full: string): { street: string; name: string } {
  const match = /^(.+?(?:街道|镇|乡))(.+)$/.exec(full);
  return match ? { street: match[1], name: match[2] } : { street: '', name: full };
}
