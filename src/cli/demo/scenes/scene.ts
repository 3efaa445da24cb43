import type { Rng } from '../prng.js';
import type { Canvas } from '../paint/canvas.js';
import type { Light } from '../paint/light.js';

/** Paints one picture; all chance comes from `rng`, all colour from `light`. */
export type Scene = (c: Canvas, light: Light, rng: Rng) => Promise<void>;
