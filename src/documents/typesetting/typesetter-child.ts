import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { charactersOf, settable } from './coverage.js';
import { fontFiles } from './fonts.js';
import type { FromTypesetter, Sheet, ToTypesetter, Typeset } from './messages.js';

/** Generations of kept layouts: the same document again costs nothing, and memory doesn't grow with the others. */
const keptGenerations = 3;

const fonts = fontFiles();
const has = charactersOf(readFileSync(fonts[0]));
// A folder that isn't there: a template reads nothing but its data, and the pictures that come with it.
const workspace = join(import.meta.dirname, 'no-files');
const compiler = NodeCompiler.create({
  workspace,
  fontArgs: [{ fontPaths: fonts.map((file) => dirname(file)) }],
});

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('SIGINT', () => undefined);
process.on('message', (question: ToTypesetter) => {
  answer(question).then(tell, (error: unknown) =>
    tell({ failed: error instanceof Error ? error.message : String(error) }),
  );
});

async function answer(question: ToTypesetter): Promise<FromTypesetter> {
  if ('texts' in question) return { missing: question.texts.map((text) => settable(text, has).missing) };
  try {
    for (const [name, bytes] of Object.entries(question.files ?? {})) {
      compiler.mapShadow(join(workspace, name), Buffer.from(bytes));
    }
    return { done: await set(question) };
  } finally {
    compiler.resetShadow();
  }
}

async function set({ template, data, as }: Sheet): Promise<Typeset> {
  const { data: clean, missing } = settable(data, has);
  const result = compiler.compile({
    mainFileContent: template,
    inputs: { data: JSON.stringify(clean) },
  });
  const document = result.result;
  if (!document) throw new Error(JSON.stringify(result.takeDiagnostics()?.shortDiagnostics ?? 'no document'));
  // Letters are outlines in the SVG: sharp needs no font.
  const bytes =
    as.kind === 'pdf'
      ? compiler.pdf(document)
      : await sharp(Buffer.from(compiler.plainSvg(document)))
          .resize({ width: as.width })
          .jpeg({ quality: 88, chromaSubsampling: '4:4:4', mozjpeg: true })
          .toBuffer();
  compiler.evictCache(keptGenerations);
  return { bytes, pages: document.numOfPages, missing };
}

function tell(message: FromTypesetter): void {
  process.send?.(message);
}
