import type { DataSource, EntityManager } from 'typeorm';
import type { StorageService } from '../storage/storage.service.js';
import { Media } from './media.entity.js';

/**
 * An upload holds this from before its original is taken into storage to its commit, and so does whoever removes
 * one that no row names: neither undoes the other. Held to the end of the transaction.
 */
export async function lockOriginal(manager: EntityManager, sha256: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [sha256]);
}

/** Removes an original unless a row names it; says whether it went. */
export async function removeUnnamed(
  dataSource: DataSource,
  storage: StorageService,
  sha256: string,
): Promise<boolean> {
  return dataSource.transaction(async (manager) => {
    await lockOriginal(manager, sha256);
    if (await manager.existsBy(Media, { sha256 })) return false;
    await storage.removeOriginal(sha256);
    return true;
  });
}
