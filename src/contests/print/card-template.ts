import { preamble } from './markup.js';

/** What a shared link shows; points are pixels of the usual 1200 × 630, or of a square for WeChat's thumbnail. */
export const cardTemplate =
  preamble +
  String.raw`
#let wide = d.width > d.height
#let edge = if wide { 72pt } else { 48pt }
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 0pt)
#place(top + left, image(bytes(d.hills), width: 100%, height: 100%))
#set text(fill: white)
#place(top + left, dx: edge, dy: edge * 0.7, text(size: 28pt, tracking: 0.35em)[#d.brand])
#place(bottom + left, dx: edge, dy: -edge * 0.75, block(width: 100% - 2 * edge)[
  #if wide and d.region != "" [#text(size: 27pt, tracking: 0.2em)[#d.region] #v(10pt, weak: true)]
  #fitted(if wide { 250pt } else { 300pt }, (110pt, 96pt, 84pt, 72pt, 62pt, 54pt, 46pt, 40pt, 34pt, 28pt, 24pt), size => {
    text(size: size, weight: 700, d.title)
  })
  #v(18pt, weak: true)
  #fitted(70pt, if wide { (30pt, 26pt, 22pt, 18pt) } else { (27pt, 24pt, 20pt, 16pt) }, size => text(size: size, d.summary))
])
`;
