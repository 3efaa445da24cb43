import { rmSync } from 'node:fs';

export default async function stop() {
  const { postgres, dataDir } = globalThis.dinggeTestPostgres;
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
