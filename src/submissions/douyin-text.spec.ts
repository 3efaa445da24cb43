import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { namesVideo, readDouyinText, type DouyinKind, type DouyinText } from './douyin-text.js';

type Sample = [text: string, kind: DouyinKind, found?: Partial<DouyinText>];

const id = '7252695782170873088';
const short = (shortCode: string): Partial<DouyinText> => ({
  link: `https://v.douyin.com/${shortCode}/`,
  shortCode,
  videoId: null,
});
const long = (page: 'video' | 'note', videoId = id): Partial<DouyinText> => ({
  link: `https://www.douyin.com/${page}/${videoId}`,
  videoId,
  shortCode: null,
});
const nothing: Partial<DouyinText> = { link: null, videoId: null, shortCode: null };

/** In the shapes of the app's texts since 2019; codes and names are made up or public. */
const shared: Sample[] = [
  [
    '3.00 复制打开抖音，看看【刘建华的作品】湘江晨渡 # 幸福社区 # 株洲天元 https://v.douyin.com/iRNBho6u/ 04/18 xXx:/ ',
    'short',
    { ...short('iRNBho6u'), handle: '刘建华', hashtags: ['幸福社区', '株洲天元'], missing: ['videoId'] },
  ],
  [
    '2.00 复制打开抖音，看看【一昂杨_的作品】艾特一位你的兄弟# 清纯甜美 # 是你喜欢的类... https://v.douyin.com/iYVcy3HJ/ G@I.ip 01/07 daa:/',
    'short',
    { ...short('iYVcy3HJ'), handle: '一昂杨_', hashtags: ['清纯甜美'] },
  ],
  [
    '2.35 ygO:/ 10/27 w@F.uF 提问：怎么叫醒？ # 万万没想到 # 大学生  https://v.douyin.com/mdnl1aVTNUg/ 复制此链接，打开Dou音搜索，直接观看视频！',
    'short',
    {
      ...short('mdnl1aVTNUg'),
      handle: null,
      hashtags: ['万万没想到', '大学生'],
      missing: ['videoId', 'handle'],
    },
  ],
  [
    '7.15 对了我买了小丸子# 甜妹 # 09  https://v.douyin.com/irXxc3GY/ 复制此链接，打开抖音搜索，直接观看视频！ 01/14 H@V.Ym AGV:/',
    'short',
    { ...short('irXxc3GY'), hashtags: ['甜妹', '09'] },
  ],
  [
    '1.74 aAG:/ :3pm 社区里的一天  https://v.douyin.com/i_WuLosoDww/ 复制此链接，打开Dou音搜索，直接观看视频！',
    'short',
    { ...short('i_WuLosoDww'), hashtags: [], missing: ['videoId', 'handle', 'hashtags'] },
  ],
  [
    '3.33 08/10 rEH:/ 邻里  https://v.douyin.com/i193-6eUp6E/ 复制此链接，打开Dou音搜索！',
    'short',
    short('i193-6eUp6E'),
  ],
  [
    '0.02 P@x.FH 05/09 :6pm ATl:/ 又到夏天 #幸福天元 https://v.douyin.com/vknKdeN_naU/ 复制此链接，打开Dou音搜索，直接观看视频！',
    'short',
    { ...short('vknKdeN_naU'), hashtags: ['幸福天元'] },
  ],
  [
    '4.33 复制打开抖音，看看【陈师傅的修表铺的作品】老街 https://v.douyin.com/mUXkHOWXC_8/ r@e.OK 01/30 oQK:/ #',
    'short',
    { ...short('mUXkHOWXC_8'), handle: '陈师傅的修表铺', hashtags: [] },
  ],
  [
    '5.31 复制打开抖音，看看【王小燕的图文作品】东湖社区的早晨 https://v.douyin.com/kXyZ1234/ 02/03 V@y.tE eBg:/',
    'short',
    { ...short('kXyZ1234'), handle: '王小燕' },
  ],
  [
    '#在抖音，记录美好生活#男人还是不要自着 http://v.douyin.com/F3hbQx/ 复制此链接，打开【抖音短视频】，直接观看视频！',
    'short',
    { ...short('F3hbQx'), handle: null, hashtags: [] },
  ],
  [
    '#在抖音，记录美好生活##热门 #办公室 #搞笑 也许还有好事发生😌@抖音小助手 http://v.douyin.com/BNtvpQ/ 复制此链接，打开【抖音短视频】，直接观看视频！',
    'short',
    { ...short('BNtvpQ'), handle: null, hashtags: ['热门', '办公室', '搞笑'] },
  ],
  [
    '#在抖音，记录美好生活# #火影忍者  #阿祖v 可以满足我吗? http://v.douyin.com/Pos3sr/ 复制此链接，打开【抖音短视频】，直接观看视频！',
    'short',
    { ...short('Pos3sr'), hashtags: ['火影忍者', '阿祖v'] },
  ],
  [
    '听说这里的傍晚最美 @天元摄影老李 #定格幸福社区 https://v.douyin.com/JYNyMo6/',
    'short',
    { ...short('JYNyMo6'), handle: '天元摄影老李', hashtags: ['定格幸福社区'] },
  ],
  ['👨‍👩‍👧‍👦🎉🎉 全家福 🏳️‍🌈 https://v.douyin.com/iLghPWL1/ 🎉🎉', 'short', short('iLghPWL1')],
];

const links: Sample[] = [
  ['https://v.douyin.com/iRNBho6u/', 'short', short('iRNBho6u')],
  ['https://v.douyin.com/iRNBho6u', 'short', short('iRNBho6u')],
  ['v.douyin.com/iRNBho6u/', 'short', short('iRNBho6u')],
  ['链接v.douyin.com/iRNBho6u，谢谢', 'short', short('iRNBho6u')],
  ['HTTPS://V.DOUYIN.COM/iRNBho6u/', 'short', short('iRNBho6u')],
  ['（https://v.douyin.com/iRNBho6u/）。', 'short', short('iRNBho6u')],
  ['「https://v.douyin.com/iRNBho6u」！', 'short', short('iRNBho6u')],
  ['看这里：https://v.douyin.com/iRNBho6u复制此链接', 'short', short('iRNBho6u')],
  ['ｈｔｔｐｓ：／／ｖ．ｄｏｕｙｉｎ．ｃｏｍ／ｉＲＮＢｈｏ６ｕ／', 'short', short('iRNBho6u')],
  ['v。douyin。com/iRNBho6u/', 'short', short('iRNBho6u')],
  ['这里很美。https://v.douyin.com/iRNBho6u/', 'short', short('iRNBho6u')],
  [`https://www.douyin.com/video/${id}`, 'video', { ...long('video'), missing: ['handle', 'hashtags'] }],
  [
    `https://www.douyin.com/video/${id}/?previous_page=app_code_link&utm_source=copy#x`,
    'video',
    long('video'),
  ],
  [`douyin.com/video/${id}。`, 'video', long('video')],
  [
    `https://www.iesdouyin.com/share/video/${id}/?region=CN&mid=68&u_code=0&with_sec_did=1`,
    'video',
    long('video'),
  ],
  [`https://m.douyin.com/share/video/${id}`, 'video', long('video')],
  [`https://www.douyin.com/note/${id}`, 'note', long('note')],
  [`https://www.iesdouyin.com/share/note/${id}/`, 'note', long('note')],
  [`https://www.iesdouyin.com/share/slides/${id}/`, 'note', long('note')],
  [`https://www.douyin.com/user/MS4wLjABAAAAK8yyhMzdNAty?modal_id=${id}`, 'video', long('video')],
  [`https://www.douyin.com/user/MS4wLjABAAAAK8yyhMzdNAty?vid=${id}`, 'video', long('video')],
  [`https://www.douyin.com/discover?modal_id=${id}&type=general`, 'video', long('video')],
  [`https://www.douyin.com/jingxuan?modal_id=${id}`, 'video', long('video')],
  [`https://www.douyin.com/?aweme_id=${id}`, 'video', long('video')],
  [`https%3A%2F%2Fwww.douyin.com%2Fvideo%2F${id}`, 'video', long('video')],
  [`snssdk1128://aweme/detail/${id}?refer=web`, 'video', long('video')],
  ['6714101618352131339', 'video', long('video', '6714101618352131339')],
  [`作品号：${id}（自己拍的）`, 'video', long('video')],
  ['７２５２６９５７８２１７０８７３０８８', 'video', long('video')],
];

const several: Sample[] = [
  [
    `https://v.douyin.com/iRNBho6u/ 和 https://www.douyin.com/video/${id}`,
    'short',
    { ...short('iRNBho6u'), furtherWorks: 1 },
  ],
  [
    `我的主页 https://www.douyin.com/user/MS4wLjABAAAA 作品 https://www.douyin.com/video/${id}`,
    'video',
    { ...long('video'), furtherWorks: 0 },
  ],
  [
    `https://b23.tv/abc https://v.douyin.com/iRNBho6u/ https://v.douyin.com/iRNBho6u`,
    'short',
    { furtherWorks: 0 },
  ],
];

const noWorks: Sample[] = [
  [
    '',
    'none',
    { ...nothing, handle: null, hashtags: [], missing: ['link', 'videoId', 'handle', 'hashtags'] },
  ],
  ['我在抖音发了，搜“天元老李”就能看到', 'none', nothing],
  ['@天元老李 #幸福社区', 'none', { ...nothing, handle: '天元老李', hashtags: ['幸福社区'] }],
  ['抖音号 1234567890，电话 13800000001', 'none', nothing],
  ['卡号 6217001234567890123', 'none', nothing],
  ['72526957821708730881234', 'none', nothing],
  ['7.66 B@T.IP 03/03 baN/: :4pm 《可惜春风不懂我伤悲》完整版# 可惜春风不懂我伤悲', 'code', nothing],
  [
    '9- 长按复制此条消息，打开抖音搜索，查看TA的更多作品。 https://v.douyin.com/GWZM5YWSYuY/ 0@8.com :1pm',
    'profile',
    nothing,
  ],
  [
    '2- #在抖音，记录美好生活#【冯小姐】正在直播，来和我一起支持Ta吧。复制下方链接，打开【抖音】，直接观看直播！ https://v.douyin.com/iM4JkjjK/ 8@3.com :0pm',
    'live',
    nothing,
  ],
  ['https://www.douyin.com/user/MS4wLjABAAAAK8yyhMzdNAty', 'profile', nothing],
  ['https://www.iesdouyin.com/share/user/64269185197?sec_uid=MS4wLjABAAAA', 'profile', nothing],
  ['https://live.douyin.com/741891423654', 'live', nothing],
  ['https://webcast.amemv.com/douyin/webcast/reflow/7689131924585270067?iid=MS4w', 'live', nothing],
  ['https://www.douyin.com/search/株洲', 'other', nothing],
  ['https://www.douyin.com/video/12345', 'other', nothing],
  ['https://v.douyin.com/', 'other', nothing],
  ['https://www.kuaishou.com/f/X34s4ikwqfv7vZN', 'foreign', nothing],
  [`https://www.tiktok.com/@somebody/video/${id}`, 'foreign', nothing],
];

const lookAlikes: Sample[] = [
  [`https://douyin.com.evil.example/video/${id}`, 'foreign', nothing],
  ['https://v.douyin.com.cn/iRNBho6u/', 'foreign', nothing],
  [`https://www.evildouyin.com/video/${id}`, 'foreign', nothing],
  ['https://v-douyin.com/iRNBho6u/', 'foreign', nothing],
  ['https://v.douyin.com@evil.example/iRNBho6u/', 'foreign', nothing],
  ['https://v.douyin.com:443@evil.example/iRNBho6u/', 'foreign', nothing],
  ['https://evil.example/?u=https://v.douyin.com/iRNBho6u/', 'foreign', nothing],
  ['https://evil.example/https://v.douyin.com/iRNBho6u/', 'foreign', nothing],
  ['https://evil.example\\@v.douyin.com/iRNBho6u/', 'foreign', nothing],
  ['https://еv.douyin.com/iRNBho6u/', 'none', nothing],
  ['https://dоuyin.com/iRNBho6u/', 'none', nothing],
  ['https://v。douyin。com。evil。example/iRNBho6u/', 'foreign', nothing],
  ['someone@v.douyin.com/iRNBho6u', 'none', nothing],
];

describe('readDouyinText', () => {
  const all = { shared, links, several, noWorks, lookAlikes };
  it.each(
    Object.entries(all).flatMap(([group, samples]) => samples.map((sample) => [group, ...sample] as const)),
  )('%s: %s', (_group, text, kind, found = {}) => {
    expect(readDouyinText(text)).toMatchObject({ kind, ...found });
  });

  it('says of every work what it lacks, and of nothing that a link is there which is none', () => {
    for (const [text] of Object.values(all).flat()) {
      const read = readDouyinText(text);
      expect(read.missing.includes('link')).toBe(read.link === null);
      expect(read.missing.includes('videoId')).toBe(read.videoId === null);
      expect(namesVideo(read)).toBe(['video', 'short'].includes(read.kind));
      if (namesVideo(read)) expect(read.link).not.toBeNull();
    }
  });
});

describe('whatever is pasted', () => {
  const pieces = [
    ...['https://', 'http://', 'v.douyin.com', 'www.douyin.com', 'douyin.com.', 'a.b', 'live.douyin.com'],
    ...[
      '/video/',
      '/share/',
      '?modal_id=',
      '#',
      '＃ ',
      '@',
      '【',
      '】',
      '的作品】',
      '.',
      '。',
      '/',
      '%',
      ':',
      '\\',
    ],
    ...[
      '0',
      '1.23 ',
      '7252695782170873088',
      'abc',
      '株洲',
      '在抖音，记录美好生活#',
      '…',
      ' ',
      '\n',
      '\u200d',
      '\ud83c',
    ],
  ];
  const pasted = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5000 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 500 }).map((parts) => parts.join('').slice(0, 5000)),
  );
  const safeLink = /^https:\/\/(?:v\.douyin\.com\/[\w-]{4,24}\/|www\.douyin\.com\/(?:video|note)\/\d{19})$/;

  it('is read without an error, and gives no link but Douyin’s own', () => {
    fc.assert(
      fc.property(pasted, (text) => {
        const { link, hashtags, handle } = readDouyinText(text);
        expect(link ?? 'https://v.douyin.com/none/').toMatch(safeLink);
        expect(hashtags.length).toBeLessThanOrEqual(30);
        expect(handle === null || text.includes(handle)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('reads the same with words around it', () => {
    const code = fc.stringMatching(/^[A-Za-z0-9_]{5,11}$/);
    fc.assert(
      fc.property(code, fc.constantFrom('，', '。', ' ', '\n', '！', '」', '）'), (shortCode, behind) => {
        const text = `3.00 复制打开抖音，看看【某某的作品】https://v.douyin.com/${shortCode}${behind}xXx:/`;
        expect(readDouyinText(text)).toMatchObject({ kind: 'short', shortCode, handle: '某某' });
      }),
    );
  });

  // Anything that took time by the square of the length would not come back from these today.
  it.each(pieces.flatMap((piece) => [piece, `${piece}a`, `@${piece}/`]))(
    'ends soon: %j again and again',
    (piece) => {
      const text = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(readDouyinText(text).hashtags.length).toBeLessThanOrEqual(30);
    },
  );
});
