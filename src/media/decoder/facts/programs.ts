import type { Ai } from './source-types.js';

export interface Program {
  name: string;
  /** What it means that a file names this program as its maker. */
  ai: Ai;
}

type Row = readonly [pattern: RegExp, name: string, ai?: Exclude<Ai, null>];

/**
 * Programs by what they write into Software, CreatorTool, Make, a history of edits or a video's tags. A camera's own
 * software is not here: its files are as taken. The first match counts, generators before editors of the same house.
 *
 * Sources: the programs' own files as exiftool shows them; for ByteDance's video tags (`vicut`, `TEEditor`,
 * `te_is_reencode`) and Meitu's (`Artist`, `BeautyInfo`) files of theirs that lie open on the web.
 */
const table: readonly Row[] = [
  [/\bDALL[·.\-\s]?E\b/i, 'DALL·E', 'generated'],
  [/\bChatGPT\b|\bGPT-4o\b|\bgpt-image/i, 'ChatGPT', 'generated'],
  [/\bSora\b/, 'Sora', 'generated'],
  [/\bMidjourney\b/i, 'Midjourney', 'generated'],
  [/\bFirefly\b/i, 'Adobe Firefly', 'generated'],
  [/stable[\s_-]?diffusion|\bAUTOMATIC1111\b|\bsd-webui\b/i, 'Stable Diffusion', 'generated'],
  [/\bComfyUI\b/i, 'ComfyUI', 'generated'],
  [/\bInvokeAI\b/i, 'InvokeAI', 'generated'],
  [/\bFooocus\b/i, 'Fooocus', 'generated'],
  [/\bNovelAI\b/i, 'NovelAI', 'generated'],
  [/\bDraw Things\b/i, 'Draw Things', 'generated'],
  [/\bIdeogram\b/i, 'Ideogram', 'generated'],
  [/\bLeonardo\.?ai\b/i, 'Leonardo.Ai', 'generated'],
  [/\bFLUX\.?[12]\b|Black Forest Labs/i, 'FLUX', 'generated'],
  [/\bGemini\b|nano[\s-]?banana|made with google ai/i, 'Google AI', 'generated'],
  [/\bVeo\s?\d|Google Veo/i, 'Google Veo', 'generated'],
  [/\bImage Playground\b/i, 'Apple Image Playground', 'generated'],
  [/\bBing Image Creator\b|\bMicrosoft Designer\b/i, 'Microsoft Designer', 'generated'],
  [/即梦|\bJimeng\b|\bDreamina\b|\bSeedream\b|\bSeedance\b/i, '即梦', 'generated'],
  [/豆包|\bDoubao\b/i, '豆包', 'generated'],
  [/星绘/, '星绘', 'generated'],
  [/文心一格|文心一言|\bERNIE[\s-]?(ViLG|Image|Bot)/i, '文心', 'generated'],
  [/通义万相|\bWanx(iang)?\b|\bTongyi\b|\bQwen[\s-]?Image\b|通义千问/i, '通义', 'generated'],
  [/可灵|\bKling\b|可图|\bKolors\b/i, '可灵', 'generated'],
  [/海螺|\bHailuo\b/i, '海螺', 'generated'],
  [/\bVidu\b/i, 'Vidu', 'generated'],
  [/腾讯混元|\bHunyuan\b|腾讯元宝/i, '腾讯混元', 'generated'],
  [/智谱清言|\bCogView\b|\bCogVideo/i, '智谱', 'generated'],
  [/秒画|商汤日日新/, '秒画', 'generated'],
  [/讯飞星火|讯飞绘镜/, '讯飞星火', 'generated'],
  [/\bLiblibAI\b|哩布哩布/i, 'LiblibAI', 'generated'],
  [/美图设计室|\bWHEE\b/i, '美图 WHEE', 'generated'],

  [/\bLightroom\b/i, 'Adobe Lightroom'],
  [/\bCamera Raw\b/i, 'Adobe Camera Raw'],
  [/\bPhotoshop\b/i, 'Adobe Photoshop'],
  [/\bPremiere\b/i, 'Adobe Premiere'],
  [/\bAfter Effects\b/i, 'Adobe After Effects'],
  [/\bCapture One\b/i, 'Capture One'],
  [/\bDxO\b/, 'DxO PhotoLab'],
  [/\bLuminar\b/i, 'Luminar'],
  [/\bTopaz\b/i, 'Topaz'],
  [/\bAffinity\b/i, 'Affinity Photo'],
  [/\bGIMP\b/i, 'GIMP'],
  [/\bdarktable\b/i, 'darktable'],
  [/\bRawTherapee\b/i, 'RawTherapee'],
  [/\bPixelmator\b/i, 'Pixelmator'],
  [/\bACDSee\b/i, 'ACDSee'],
  [/\bpaint\.net\b/i, 'Paint.NET'],
  [/\bPicasa\b/i, 'Picasa'],
  [/\bSnapseed\b/i, 'Snapseed'],
  [/\bVSCO\b/i, 'VSCO'],
  [/\bPicsArt\b/i, 'Picsart'],
  [/\bCanva\b/, 'Canva'],
  [/美图秀秀|\bMeitu\b|\bmeitu/i, '美图秀秀'],
  [/美颜相机|\bBeautyCam\b|\bBeautyPlus\b/i, '美颜相机'],
  [/醒图|\bXingtu\b|\bHypic\b|"product"\s*:\s*"retouch"/i, '醒图'],
  [/剪映|\bJianying\b|\bCapCut\b|\bvicut\b|"product"\s*:\s*"lv"/i, '剪映'],
  [/\bTEEditor\b|te_is_reencode/, '剪映或抖音'],
  [/黄油相机|\bbutter\s?camera\b/i, '黄油相机'],
  [/轻颜|\bUlike\b/i, '轻颜相机'],
  [/\bB612\b/, 'B612'],
  [/\bFaceu\b|激萌/i, 'Faceu 激萌'],
  [/泼辣修图|\bPolarr\b/i, '泼辣修图'],
  [/光影魔术手|\bnEO iMAGING\b/i, '光影魔术手'],
  [/快影|\bKwaiYing\b/i, '快影'],
  [/\bDaVinci Resolve\b/i, 'DaVinci Resolve'],
  [/\bFinal Cut\b/i, 'Final Cut Pro'],
  [/\biMovie\b/, 'iMovie'],
  [/\bInShot\b/i, 'InShot'],
];

/** The program that a text names, or null. Long texts are no names: only their beginning is looked at. */
export function programIn(text: string): Program | null {
  const beginning = text.slice(0, 4000);
  for (const [pattern, name, ai] of table) if (pattern.test(beginning)) return { name, ai: ai ?? null };
  return null;
}
