import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Noto Serif SC in the two weights that documents use; every letter of one is in the other. */
export function fontFiles(from = import.meta.url): string[] {
  const folder = dirname(
    createRequire(fileURLToPath(from)).resolve('@expo-google-fonts/noto-serif-sc/package.json'),
  );
  return ['400Regular', '700Bold'].map((weight) => join(folder, weight, `NotoSerifSC_${weight}.ttf`));
}
