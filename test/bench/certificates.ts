import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import type * as hills from '../../src/contests/print/hills.ts';
import type * as codes from '../../src/documents/qr.ts';
import type { Sheet } from '../../src/documents/typesetting/messages.ts';
import type * as setting from '../../src/documents/typesetting/typesetter.ts';
import type * as template from '../../src/exports/certificates/certificate-template.ts';
import type * as wording from '../../src/exports/certificates/certificate-words.ts';
import { built } from './lib/premises.ts';
import { printResult, printTable } from './lib/report.ts';

/**
 * The certificates of the Tianyuan contest, 99, each a PDF of its own with its photo: `npm run -s bench -- certificates [count]`.
 * The photos are of the size, in pixels and in bytes, that the store keeps (`preview`). The yardstick is the same number of the smallest pages that
 * can be set, by the same typesetter in the same process: what is above it is the certificate's own.
 */
const [count = 99] = process.argv.slice(2).map(Number);

const { Typesetter } = await built<typeof setting>('documents/typesetting/typesetter.js');
const { certificateTemplate } = await built<typeof template>('exports/certificates/certificate-template.js');
const { certificateFacts } = await built<typeof wording>('exports/certificates/certificate-words.js');
const { qrSvg } = await built<typeof codes>('documents/qr.js');
const { hillsSvg } = await built<typeof hills>('contests/print/hills.js');

const photos = await Promise.all(
  Array.from({ length: count }, async (_, index) =>
    sharp(Buffer.from(hillsSvg(1333, 2000, 0.9 - (index % 9) / 100)))
      // As fine as a real photo, which takes half a megabyte.
      .composite([{ input: await grain(), blend: 'overlay' }])
      .jpeg({ quality: 82 })
      .toBuffer(),
  ),
);
const sheets = photos.map((picture, index): Sheet => {
  const number = `2026-${String(index + 1).padStart(4, '0')}-K7Q4`;
  const award = {
    ...{
      submissionId: '',
      resultId: '',
      tierId: '',
      categoryKey: 'photo',
      personId: '',
      phone: '',
      community: '',
    },
    ...{
      category: '摄影作品',
      media: 'image' as const,
      tier: '优秀作品',
      amountYuan: 100,
      number: `A${index}`,
    },
    title: `晨雾中的黄山之${index}`,
    author: `王晓明${index}`,
  };
  const occasion = {
    ...{ contest: '定格·幸福社区', timeZone: 'Asia/Shanghai', issuer: '株洲市天元区文联', number },
    awardedAt: new Date('2026-11-23T04:00:00Z'),
  };
  const facts = certificateFacts(award, occasion, 'zh');
  const qr = qrSvg(`https://photo.example.org/check/${number}`);
  return {
    template: certificateTemplate,
    data: { ...facts, qr, picture: 'fill', mountHeight: 0, hills: '' },
    files: { picture },
    as: { kind: 'pdf' },
  };
});
const smallest = Array.from({ length: count }, (_, index): Sheet => ({
  template: '#set page(width: 297mm, height: 210mm)\n#json(bytes(sys.inputs.data)).n',
  data: { n: String(index) },
  as: { kind: 'pdf' },
}));

const typesetter = new Typesetter();
try {
  const first = await time([sheets[0]]);
  const bare = await time(smallest);
  const all = await time(sheets);
  printTable([
    [`${count} certificates`, 'seconds', 'ms each', 'MB'],
    ['the first, with its fonts', seconds(first.ms), '', ''],
    ['all', seconds(all.ms), (all.ms / count).toFixed(1), (all.bytes / 1e6).toFixed(1)],
    [
      'the smallest pages (yardstick)',
      seconds(bare.ms),
      (bare.ms / count).toFixed(1),
      (bare.bytes / 1e6).toFixed(1),
    ],
  ]);
  printResult(
    'certificates',
    { toSmallestPage: all.ms / bare.ms },
    {
      ...{ count, seconds: all.ms / 1000, firstMs: first.ms, eachMs: all.ms / count },
      bareSeconds: bare.ms / 1000,
      megabytes: all.bytes / 1e6,
    },
  );
} finally {
  typesetter.onApplicationShutdown();
}

function grain(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
  return sharp({ create: { width: 1333, height: 2000, channels: 3, background: '#808080', noise } })
    .png()
    .toBuffer();
}

async function time(documents: Sheet[]): Promise<{ ms: number; bytes: number }> {
  const begun = performance.now();
  let bytes = 0;
  for (const sheet of documents) bytes += (await typesetter.set(sheet)).bytes.length;
  return { ms: performance.now() - begun, bytes };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
