import type { Rng } from './prng.js';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

function code(rng: Rng, length: number): string {
  return Array.from({ length }, () => ALPHABET[rng.int(0, ALPHABET.length - 1)]).join('');
}

/** What the Douyin app puts on the clipboard when its user taps "copy link", in the shape of 2019 or of today. */
export function shareText(rng: Rng, author: string, title: string): string {
  const link = `https://v.douyin.com/${code(rng, 7)}/`;
  if (rng.chance(0.4)) {
    return `#在抖音，记录美好生活#${title} #幸福天元 #定格幸福社区 ${link} 复制此链接，打开【抖音短视频】，直接观看视频！`;
  }
  const lead = `${rng.int(0, 9)}.${String(rng.int(0, 99)).padStart(2, '0')}`;
  const tail = `${code(rng, 1)}@${code(rng, 1)}.${code(rng, 2)} ${String(rng.int(1, 12)).padStart(2, '0')}/${String(rng.int(1, 28)).padStart(2, '0')} ${code(rng, 3)}:/`;
  return `${lead} 复制打开抖音，看看【${author}的作品】${title} # 幸福社区 # 株洲天元 ${link} ${tail}`;
}
