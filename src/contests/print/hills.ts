/** Ridges from far to near: height of the base line and of the swell in parts of the picture's height, its ink. */
const ridges = [
  { base: 0.6, swell: 0.12, ink: '#8A7F78', waves: [2.1, 4.7, 9.1], at: 0.3 },
  { base: 0.68, swell: 0.13, ink: '#625C5A', waves: [1.7, 5.3, 8.3], at: 2.2 },
  { base: 0.77, swell: 0.11, ink: '#3F3F41', waves: [2.6, 4.1, 7.7], at: 4.4 },
  { base: 0.87, swell: 0.09, ink: '#24282D', waves: [1.9, 3.7, 6.9], at: 1.1 },
];

/**
 * The picture that paper and cards carry in place of a photograph: hills before a low sun, as on the landing.
 * @param veil from which height, as a part of the picture's, it darkens for the white letters below
 */
export function hillsSvg(width: number, height: number, veil = 0.3): string {
  const paths = ridges.map(({ base, swell, ink, waves, at }) => {
    const points = Array.from({ length: 121 }, (_, step) => {
      const x = step / 120;
      const rise = waves.reduce(
        (sum, wave, index) => sum + Math.sin(at + wave * x * Math.PI * 1.3 + index) / (index + 1.4),
        0,
      );
      return `${(x * width).toFixed(1)} ${((base - (swell * rise) / 1.6) * height).toFixed(1)}`;
    });
    return `<path fill="${ink}" d="M0 ${height}L${points.join('L')}L${width} ${height}z"/>`;
  });
  const [cx, cy] = [width * 0.62, height * 0.36];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><defs>` +
    `<linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#4A566A"/>` +
    `<stop offset=".3" stop-color="#8F8E8C"/><stop offset=".6" stop-color="#D9B48F"/><stop offset="1" stop-color="#E7C9A4"/></linearGradient>` +
    `<radialGradient id="g"><stop offset="0" stop-color="#FFF6E2"/><stop offset=".14" stop-color="#FFE9C6" stop-opacity=".8"/><stop offset=".45" stop-color="#F4CDA0" stop-opacity=".3"/>` +
    `<stop offset="1" stop-color="#F0C296" stop-opacity="0"/></radialGradient>` +
    `<linearGradient id="v" x1="0" y1="0" x2="0" y2="1"><stop offset="${veil}" stop-color="#0C0E10" stop-opacity="0"/>` +
    `<stop offset=".66" stop-color="#0C0E10" stop-opacity=".58"/><stop offset="1" stop-color="#0C0E10" stop-opacity=".9"/></linearGradient></defs>` +
    `<path fill="url(#s)" d="M0 0h${width}v${height}H0z"/>` +
    `<circle cx="${cx}" cy="${cy}" r="${height * 0.42}" fill="url(#g)"/>${paths.join('')}` +
    `<path fill="url(#v)" d="M0 0h${width}v${height}H0z"/></svg>`
  );
}
