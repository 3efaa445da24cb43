import { create } from 'qrcode';

/** Modules of white around the code; ISO/IEC 18004 asks for four. */
const quietZone = 4;

/**
 * A QR code as SVG: black on white whatever the page behind, with its quiet zone, readable with 15 % of it dirty or
 * torn. Square modules in one path, so that no viewer draws hair lines between them.
 */
export function qrSvg(text: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  const side = size + 2 * quietZone;
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let run = 0;
      while (column + run < size && data[row * size + column + run]) run += 1;
      if (run === 0) continue;
      path += `M${column + quietZone} ${row + quietZone}h${run}v1h-${run}z`;
      column += run;
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>`
  );
}
