import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  digitalSource,
  tiff,
  withExifSegment,
  withXmpSegment,
  xmp,
  type TiffDirectories,
} from '../fixtures/metadata.js';
import type { Client } from './support/client.js';
import { slug, startSite, type Site } from './support/site.js';
import { photo, send, settled } from './support/works.js';

let site: Site;
let entrant: Client;
let serial = 0;

beforeAll(async () => {
  site = await startSite();
  await site.dataSource.query(
    `UPDATE contests SET captured_from = '2019-06-01', captured_until = '2019-08-31' WHERE slug = $1`,
    [slug],
  );
  entrant = await site.entrant('王芳', '13800001111');
});
afterAll(() => site.close());

const degrees = (...parts: number[]): Array<readonly [number, number]> => parts.map((one) => [one, 1]);
const camera: TiffDirectories = {
  main: {
    0x010f: 'Canon',
    0x0110: 'Canon EOS 5D',
    0x0131: 'Adobe Photoshop 25.0',
    0x0132: '2019:09:01 08:00:00',
  },
  exif: {
    0x829a: [[1, 200]],
    0x829d: [[28, 10]],
    0x8827: [100],
    0x9003: '2019:08:30 10:11:12',
    0x920a: [[35, 1]],
    0xa434: 'EF35mm',
  },
  gps: { 1: 'N', 2: degrees(27, 49, 30), 3: 'E', 4: degrees(113, 4, 48) },
};

async function sent(content: Buffer, name = '照片.jpg') {
  serial += 1;
  const { body } = await send(entrant, {
    author: { name: `作者${serial}`, phone: `1390000${1000 + serial}` },
    files: [{ content, name }],
  });
  return (await settled(entrant, body.id)).body;
}
const onDesk = async (id: string) =>
  (await site.organiser.get(`/contests/${slug}/screening`)).body.items.find(
    (work: { id: string }) => work.id === id,
  );
const codes = (work: { media: { checks: { code: string }[] }[] }) =>
  work.media[0].checks.map(({ code }) => code);

describe('what a file says of itself', () => {
  it('is before the organisers, whole, and not before the entrant', async () => {
    const work = await sent(withExifSegment(await photo(), tiff(camera)));
    expect(work.media[0]).not.toHaveProperty('facts');
    // Where it was taken is told to whom the file belongs: their form fills in the place.
    expect(work.media[0].coordinates).toEqual({ lat: 27.825, lon: expect.closeTo(113.08) });
    expect(JSON.stringify(work)).not.toMatch(/Canon|EF35mm/);
    expect((await onDesk(work.id)).media[0].facts).toEqual({
      takenAt: '2019-08-30T10:11:12',
      camera: 'Canon EOS 5D',
      lens: 'EF35mm',
      exposure: { fNumber: 2.8, exposureTime: 0.005, iso: 100, focalLength: 35 },
      gps: { lat: 27.825, lon: expect.closeTo(113.08) },
      software: 'Adobe Photoshop 25.0',
      edits: { programs: ['Adobe Photoshop'], history: false, savedAt: '2019-09-01T08:00:00' },
      provenance: { c2pa: false, ai: null, mark: null, generator: null },
    });
    const decided = await site.organiser.post(`/submissions/${work.id}/screening`, { decision: 'accept' });
    expect(decided.body.media[0]).not.toHaveProperty('facts');
  });

  it('is nothing for a file that was processed before there were such facts', async () => {
    const work = await sent(await photo());
    await site.dataSource.query(`UPDATE media SET facts = '{"takenAt": null}' WHERE submission_id = $1`, [
      work.id,
    ]);
    expect((await onDesk(work.id)).media[0].facts).toMatchObject({ camera: null, edits: { programs: [] } });
    await site.dataSource.query(`UPDATE media SET facts = NULL WHERE submission_id = $1`, [work.id]);
    expect((await onDesk(work.id)).media[0].facts).toBeNull();
  });
});

describe('warnings', () => {
  const taken = async (written: string, zone = '') =>
    withExifSegment(await photo(), tiff({ exif: { 0x9003: written, 0x9011: zone } }));

  it('of the capture time are the same for entrant and desk, and refuse nothing', async () => {
    for (const [written, zone, code] of [
      ['2019:05:31 23:59:59', '', 'CAPTURED_EARLY'],
      ['2019:09:01 00:00:00', '', 'CAPTURED_LATE'],
      ['2019:08:31 20:00:00', '-04:00', 'CAPTURED_LATE'],
      ['2095:01:01 00:00:00', '', 'CAPTURED_IN_FUTURE'],
    ]) {
      const work = await sent(await taken(written, zone));
      expect({ written, status: work.status, codes: codes(work) }).toEqual({
        written,
        status: 'submitted',
        codes: ['TOO_SMALL', code],
      });
      expect(codes(await onDesk(work.id))).toEqual(['TOO_SMALL', code]);
    }
    expect(codes(await sent(await taken('2019:08:30 10:00:00')))).toEqual(['TOO_SMALL']);
  });

  it('of a model’s hand name what says so', async () => {
    const packet = xmp(
      `Iptc4xmpExt:DigitalSourceType="${digitalSource('trainedAlgorithmicMedia')}" xmp:CreatorTool="Midjourney"`,
    );
    const work = await sent(withXmpSegment(await photo(), packet));
    expect(work.media[0].checks).toContainEqual({
      code: 'AI_GENERATED',
      params: { mark: 'IPTC', generator: 'Midjourney' },
    });
  });

  it('of WeChat go by the name where it is WeChat’s', async () => {
    expect(codes(await sent(await photo(), 'mmexport1690000000000.jpg'))).toEqual([
      'TOO_SMALL',
      'WECHAT_COMPRESSED',
    ]);
    expect(codes(await sent(await photo()))).toEqual(['TOO_SMALL', 'NO_EXIF']);
  });

  it('follow a rule that everybody can read', async () => {
    const { body } = await site.visitor().get(`/contests/${slug}`);
    expect(body).toMatchObject({ capturedFrom: '2019-06-01', capturedUntil: '2019-08-31' });
  });
});
