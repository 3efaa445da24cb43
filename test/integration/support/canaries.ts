import { aigcLabel, manifestStore, tiff, withExifSegment, withManifest } from '../../fixtures/metadata.js';
import { photo, type WorkForm } from './works.js';

/** Words that stand in every field which tells who made a work or in what order: no judge may ever see one. */
export const canary = {
  author: '金丝雀作者',
  account: '金丝雀账号',
  phone: '13877770001',
  file: 'jinsique-file.jpg',
  community: '金丝雀社区',
  douyin: '金丝雀口令',
  douyinCode: 'iJinsique1',
  douyinHandle: '金丝雀抖音',
  douyinTag: '金丝雀话题',
  takenPlace: '金丝雀地点',
  takenOn: '2019-08-29',
  camera: 'JinsiqueCamera',
  lens: 'JinsiqueLens',
  software: 'JinsiqueSoftware',
  generator: 'JinsiqueAI',
  takenAt: '2019-08-30T10:11',
  place: '27.825',
};

/** A photo large enough to have a picture of whole size, whose every fact is a canary: camera, time, place, program, and the label of a generator. */
async function tellingPhoto(): Promise<Buffer> {
  const block = tiff({
    main: { 0x010f: canary.camera, 0x0110: canary.camera, 0x0131: canary.software },
    exif: {
      0x829a: [[1, 200]],
      0x9003: '2019:08:30 10:11:12',
      0x9011: '+08:00',
      0x9286: Buffer.from(aigcLabel('1', canary.generator)),
      0xa434: canary.lens,
    },
    gps: { 1: 'N', 2: degrees(27, 49, 30), 3: 'E', 4: degrees(113, 4, 48) },
  });
  const store = manifestStore({ generator: canary.generator, actions: [] });
  return withManifest(withExifSegment(await photo(2100, 1400), block), store);
}
const degrees = (...parts: number[]): Array<readonly [number, number]> => parts.map((one) => [one, 1]);

/** A work that tells who made it in everything that is typed or sent. */
export async function tellingWork(index: number): Promise<WorkForm> {
  return {
    title: `作品${index}`,
    community: '其他',
    communityName: canary.community,
    takenOn: canary.takenOn,
    takenPlace: canary.takenPlace,
    douyinText: `${canary.douyin}【${canary.douyinHandle}的作品】#${canary.douyinTag} https://v.douyin.com/${canary.douyinCode}${index}/`,
    author: { name: `${canary.author}${index}`, phone: `1387777000${index}` },
    files: [{ content: await tellingPhoto(), name: canary.file }],
  };
}
