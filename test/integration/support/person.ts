import { tiff, withExifSegment } from '../../fixtures/metadata.js';
import { photo } from './works.js';

/** Words in every field that tells of a person. */
export function canariesOf(seed: string, digit: number) {
  return {
    account: `${seed}账号`,
    phone: `1367777${digit}001`,
    email: `${seed.toLowerCase()}-mail@canary.example`,
    author: `${seed}作者`,
    authorPhone: `1367777${digit}002`,
    title: `${seed}标题`,
    story: `${seed}故事`,
    place: `${seed}地点`,
    file: `${seed}-file.jpg`,
    camera: `${seed}Camera`,
    text: `${seed}口令`,
    handle: `${seed}抖音号`,
    code: `i${seed}Kj7`,
    reason: `${seed}原因`,
  };
}
export type Canaries = ReturnType<typeof canariesOf>;
export const words = (canary: Canaries) => Object.values(canary);

export const pictureOf = async (canary: Canaries) =>
  withExifSegment(
    await photo(),
    tiff({
      main: { 0x010f: canary.camera, 0x0110: canary.camera },
      gps: { 1: 'N', 2: degrees(27, 49, 30), 3: 'E', 4: degrees(113, 4, 48) },
    }),
  );
const degrees = (...parts: number[]): Array<readonly [number, number]> => parts.map((one) => [one, 1]);

export const workOf = async (canary: Canaries, index = 0) => ({
  title: canary.title,
  story: canary.story,
  takenPlace: canary.place,
  takenOn: '2019-08-29',
  author: { name: canary.author, phone: canary.authorPhone },
  authorAgreed: 'true',
  douyinText: `${canary.text}【${canary.handle}的作品】https://v.douyin.com/${canary.code}${index}/`,
  files: [{ content: await pictureOf(canary), name: canary.file }],
});
