import type { Finish } from './finish.js';
import { rgb, type Rgb, type Stops } from './color.js';

/** The hour and the weather: every colour a scene needs, so that one scene is many pictures. */
export interface Light {
  /** From the zenith (0) to the horizon (1). */
  readonly sky: Stops;
  readonly sun: Rgb;
  /** How bright the sun or moon stands in the sky, 0 = hidden. */
  readonly sunPower: number;
  /** What distance turns things into. */
  readonly haze: Rgb;
  /** Things near and in shade. */
  readonly near: Rgb;
  readonly foliage: Rgb;
  /** Walls and skin in this light are multiplied by it. */
  readonly white: Rgb;
  /** 0 by day, 1 at night: lamps are on. */
  readonly dark: number;
  readonly finish: Finish;
}

function light(
  sky: readonly string[],
  sun: string,
  sunPower: number,
  haze: string,
  near: string,
  foliage: string,
  white: string,
  dark: number,
  finish: Finish,
): Light {
  const stops = sky.map((hex, i) => [i / (sky.length - 1), rgb(hex)] as const);
  return {
    sky: stops,
    sun: rgb(sun),
    sunPower,
    haze: rgb(haze),
    near: rgb(near),
    foliage: rgb(foliage),
    white: rgb(white),
    dark,
    finish,
  };
}

const WARM: Finish = { shadows: [0.012, 0.004, 0.02], highlights: [0.03, 0.008, -0.025], contrast: 0.08 };
const COOL: Finish = { shadows: [-0.012, 0.0, 0.03], highlights: [0.012, 0.006, -0.01], contrast: 0.07 };
const CLEAR: Finish = { shadows: [0, 0.004, 0.014], highlights: [0.012, 0.006, -0.008], contrast: 0.1 };
const NIGHT: Finish = {
  shadows: [0.0, 0.006, 0.03],
  highlights: [0.02, 0.006, -0.015],
  bloom: 0.75,
  vignette: 0.26,
};

/** The hours of the day that scenes are painted in. */
export const LIGHTS = {
  dawnPeach: light(
    ['#7390ad', '#a9b4bd', '#e4c3ae', '#fbdcb4'],
    '#fff0cf',
    1,
    '#efcfb3',
    '#27303a',
    '#3f5148',
    '#ffe6cf',
    0.1,
    WARM,
  ),
  dawnMist: light(
    ['#8fa9ba', '#b3c3c9', '#d6dbd6', '#efe8d8'],
    '#fff6e2',
    0.7,
    '#dfe2dc',
    '#2b3a3d',
    '#4b6358',
    '#f3f1e8',
    0,
    { ...COOL, contrast: 0.04, saturation: 0.96 },
  ),
  dawnTeal: light(
    ['#2f5068', '#5b8494', '#a8bfb6', '#f3d9a8'],
    '#ffe3a6',
    1,
    '#b8c8ba',
    '#14262d',
    '#27463f',
    '#f7e4c4',
    0.15,
    WARM,
  ),
  noonClear: light(
    ['#2f6fb0', '#5b9bd0', '#9cc6e4', '#d8e9ef'],
    '#fffdf2',
    0.5,
    '#cfe0e8',
    '#2c4033',
    '#4d7a3f',
    '#fffbf2',
    0,
    CLEAR,
  ),
  noonSoft: light(
    ['#6f9dc0', '#98bccf', '#c6dadd', '#e9eee6'],
    '#fffaf0',
    0.45,
    '#d9e2e0',
    '#33463a',
    '#5d8450',
    '#fdf9ef',
    0,
    { ...CLEAR, contrast: 0.06 },
  ),
  golden: light(
    ['#5b7f9f', '#a3a8a2', '#ecc084', '#ffdc93'],
    '#ffe9b0',
    1.15,
    '#f3c98d',
    '#2d2a22',
    '#5c6531',
    '#ffe2b0',
    0.05,
    WARM,
  ),
  amber: light(
    ['#6d5a63', '#b07a5c', '#f0a24f', '#ffd07a'],
    '#fff0b8',
    1.2,
    '#f0ac62',
    '#2a1d1c',
    '#4f4526',
    '#ffd29a',
    0.15,
    { ...WARM, contrast: 0.1 },
  ),
  rose: light(
    ['#4a5b86', '#8c7a9e', '#dd9a9a', '#ffc9a0'],
    '#ffd8b0',
    1,
    '#d9a2a0',
    '#231f30',
    '#3c4340',
    '#ffd6c4',
    0.3,
    { ...WARM, saturation: 1.08 },
  ),
  duskViolet: light(
    ['#1f2748', '#4a4679', '#a0678f', '#f2a277'],
    '#ffbf8c',
    0.7,
    '#9b6d8c',
    '#12121f',
    '#242b30',
    '#c9b4c9',
    0.65,
    { ...COOL, bloom: 0.5 },
  ),
  duskBlue: light(
    ['#0f2140', '#27466e', '#5f7f9e', '#e2b48a'],
    '#ffc890',
    0.5,
    '#5d7690',
    '#0b141f',
    '#1c2c2c',
    '#a9bacd',
    0.75,
    { ...NIGHT, bloom: 0.55 },
  ),
  nightBlue: light(
    ['#060b1a', '#0e1a36', '#1d2f55', '#3d4468'],
    '#f3efe0',
    0.5,
    '#26335a',
    '#05080f',
    '#10191c',
    '#7a88a8',
    1,
    NIGHT,
  ),
  nightTeal: light(
    ['#04100f', '#08211f', '#12403b', '#3f6553'],
    '#f5ead0',
    0.4,
    '#1c4a45',
    '#030a0b',
    '#0d1f1a',
    '#7fa39a',
    1,
    NIGHT,
  ),
  nightWarm: light(
    ['#0d0a14', '#1d1424', '#3a2230', '#6b3d36'],
    '#ffd9a0',
    0.3,
    '#4a2b32',
    '#08060a',
    '#17130f',
    '#b08a70',
    1,
    { ...NIGHT, highlights: [0.04, 0.01, -0.03] },
  ),
  rain: light(
    ['#4d5a62', '#6a777c', '#8b9799', '#a9b1ae'],
    '#e6e8e2',
    0.15,
    '#98a4a6',
    '#1c2326',
    '#33443d',
    '#cfd4d0',
    0.4,
    { ...COOL, saturation: 0.9, bloom: 0.5 },
  ),
} as const satisfies Record<string, Light>;

export type LightName = keyof typeof LIGHTS;
