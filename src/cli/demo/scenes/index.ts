import type { LightName } from '../paint/light.js';
import * as city from './city.js';
import { facade } from './facade.js';
import * as gatherings from './gatherings.js';
import * as nature from './nature.js';
import * as outdoors from './outdoors.js';
import * as places from './places.js';
import * as quiet from './quiet.js';
import type { Scene } from './scene.js';
import * as street from './street.js';

/** Every scene by name, with the hours that suit it. */
export const SCENES = {
  river: {
    paint: nature.river,
    lights: ['dawnPeach', 'amber', 'duskBlue', 'dawnTeal', 'rose', 'golden', 'dawnMist'],
  },
  hills: {
    paint: nature.hills,
    lights: ['dawnMist', 'rose', 'dawnTeal', 'golden', 'nightTeal', 'dawnPeach', 'noonSoft'],
  },
  paddy: { paint: nature.paddy, lights: ['golden', 'noonClear', 'dawnTeal', 'amber', 'noonSoft'] },
  kites: { paint: outdoors.kites, lights: ['noonClear', 'amber', 'noonSoft', 'golden', 'rose'] },
  oldTree: { paint: outdoors.oldTree, lights: ['golden', 'noonSoft', 'amber', 'dawnMist', 'rose'] },
  riverside: {
    paint: city.riverside,
    lights: ['nightBlue', 'duskViolet', 'golden', 'duskBlue', 'nightTeal', 'rose'],
  },
  bridge: { paint: city.bridge, lights: ['duskBlue', 'amber', 'dawnMist', 'duskViolet', 'rose', 'dawnTeal'] },
  fireworks: { paint: city.fireworks, lights: ['nightBlue', 'nightWarm', 'nightTeal'] },
  facade: { paint: facade, lights: ['duskBlue', 'golden', 'nightWarm', 'duskViolet', 'noonSoft'] },
  lanterns: { paint: street.lanterns, lights: ['nightWarm', 'duskViolet', 'nightBlue', 'duskBlue'] },
  dancing: { paint: gatherings.dancing, lights: ['duskViolet', 'rose', 'duskBlue', 'nightWarm'] },
  rainyWindow: { paint: street.rainyWindow, lights: ['nightBlue', 'nightWarm', 'rain', 'nightTeal'] },
  volunteers: { paint: gatherings.volunteers, lights: ['golden', 'noonSoft', 'amber', 'noonClear'] },
  lotus: { paint: quiet.lotus, lights: ['noonSoft', 'golden', 'dawnTeal', 'dawnMist', 'noonClear'] },
  courtyard: { paint: places.courtyard, lights: ['noonSoft', 'duskBlue', 'golden', 'dawnMist', 'nightBlue'] },
  readingRoom: { paint: quiet.readingRoom, lights: ['golden', 'noonSoft', 'amber', 'dawnPeach'] },
  market: { paint: places.market, lights: ['noonSoft', 'golden', 'noonClear', 'dawnPeach'] },
} as const satisfies Record<string, { paint: Scene; lights: readonly LightName[] }>;

export type SceneName = keyof typeof SCENES;

export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];
