import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AuditText } from './audit-text.entity.js';
import { entryHash, genesis } from './chain.js';

export interface AuditRecord {
  contestId: string;
  actorId: string | null;
  /** `thing.happened`, in the past tense. */
  action: string;
  /** Ids and codes only. */
  facts: Record<string, unknown>;
  /** A person's words that belong to the entry: a reason, a name. */
  text?: string | null;
}

/** Appends to a contest's log inside the caller's transaction: what changes a result and its entry stand or fall together. */
@Injectable()
export class AuditService {
  async append(manager: EntityManager, record: AuditRecord): Promise<void> {
    await this.write(manager, record);
  }

  /**
   * The same for words that are told elsewhere, too: returns the hash by which they are found as long as nobody erased
   * them.
   */
  async appendWords(manager: EntityManager, record: AuditRecord & { text: string }): Promise<string> {
    return (await this.write(manager, record))!;
  }

  /** The words that still stand behind hashes. */
  async wordsOf(manager: EntityManager, hashes: readonly string[]): Promise<Map<string, string>> {
    const rows = await manager.query<{ text_hash: string; text: string }[]>(
      'SELECT text_hash, text FROM audit_texts WHERE text_hash = ANY($1)',
      [hashes],
    );
    return new Map(rows.map(({ text_hash: hash, text }) => [hash, text]));
  }

  private async write(manager: EntityManager, record: AuditRecord): Promise<string | null> {
    // Between two statements of its own nobody else may read the head: outside a transaction the chain would break.
    if (manager.queryRunner?.isTransactionActive !== true) {
      throw new Error('append needs the transaction of its change');
    }
    const [lock] = await manager.query<{ head: string; seq: number; at: Date }[]>(
      `INSERT INTO audit_heads (contest_id, seq, head) VALUES ($1, 1, $2)
       ON CONFLICT (contest_id) DO UPDATE SET seq = audit_heads.seq + 1
       RETURNING seq, head, date_trunc('milliseconds', dingge_now()) AS at`,
      [record.contestId, genesis],
    );
    const { seq, head, at } = lock;
    const entry = {
      contestId: record.contestId,
      seq,
      at: at.toISOString(),
      actorId: record.actorId,
      action: record.action,
      facts: record.facts,
      textHash: record.text ? await this.keepText(manager, record.contestId, record.text) : null,
      previousHash: head,
    };
    const hash = entryHash(entry);
    await manager.query(
      `WITH entry AS (
         INSERT INTO audit_entries (contest_id, seq, at, actor_id, action, facts, text_hash, previous_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))
       UPDATE audit_heads SET head = $9 WHERE contest_id = $1`,
      [
        entry.contestId,
        seq,
        at,
        entry.actorId,
        entry.action,
        JSON.stringify(entry.facts),
        entry.textHash,
        head,
        hash,
      ],
    );
    return entry.textHash;
  }

  /**
   * The last entry before a contest closed for works, or before an earlier moment: a head that all entrants made
   * together, and that nobody can choose after seeing marks.
   */
  async headAtClose(
    manager: EntityManager,
    contestId: string,
    earlier: Date,
  ): Promise<{ seq: number; hash: string }> {
    const [row] = await manager.query<{ seq: number; hash: string }[]>(
      `SELECT e.seq, e.hash FROM audit_entries e JOIN contests c ON c.id = e.contest_id
        WHERE e.contest_id = $1 AND e.at < LEAST(c.closes_at, $2) ORDER BY e.seq DESC LIMIT 1`,
      [contestId, earlier],
    );
    return row ?? { seq: 0, hash: genesis };
  }

  private async keepText(manager: EntityManager, contestId: string, text: string): Promise<string> {
    const salt = randomBytes(16).toString('hex');
    const textHash = createHash('sha256').update(salt).update(text).digest('hex');
    await manager.insert(AuditText, { textHash, contestId, salt, text });
    return textHash;
  }
}
