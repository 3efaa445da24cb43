import type { Rgb } from '../../../fixtures/bad-media.js';
import { patchPlace } from '../../../fixtures/chart.js';
import { deltaE, labOf } from '../../../fixtures/colour.js';
import { colourAt, coloursOf } from './workshop.js';

/** The colour of a patch of the chart in a picture. */
export const patchColour = (file: string, index: number): Promise<[number, number, number]> =>
  colourAt(file, ...patchPlace(index));

/** The largest CIEDE2000 between the chart in any of these files and the colours that it must have. */
export async function chartDifference(
  files: readonly { file: string }[],
  expected: readonly Rgb[],
): Promise<number> {
  let most = 0;
  for (const { file } of files) {
    const colours = await coloursOf(file);
    for (const [index, colour] of expected.entries()) {
      most = Math.max(most, deltaE(labOf(colours(...patchPlace(index))), labOf(colour)));
    }
  }
  return most;
}
