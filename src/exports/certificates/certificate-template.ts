import { preamble } from '../../contests/print/markup.js';

/** A4, on its side: the work at the left, at the right what is certified, with a code that leads to where it can be checked. */
export const certificateTemplate =
  preamble +
  String.raw`
#let gold = rgb("#A07E45")
#let sheet = rgb("#FCF9F2")
#set document(title: d.heading, author: ())
#set page(width: 297mm, height: 210mm, margin: 0mm, fill: sheet)
#place(top + left, dx: 8.8mm, dy: 8.8mm, rect(width: 279.4mm, height: 192.4mm, stroke: 0.5pt + gold))
#place(top + left, dx: 11.2mm, dy: 11.2mm, rect(width: 274.6mm, height: 187.6mm, stroke: 1.3pt + gold))

// A picture that is nearly as upright as its place fills it; any other is shown whole, as on a mount.
#place(top + left, dx: 11.4mm, dy: 11.4mm, box(width: 96mm, height: 187.2mm, clip: true, fill: rgb("#EFEBE2"), {
  if d.picture == "hills" { image(bytes(d.hills), width: 96mm, height: 187.2mm) }
  else if d.picture == "fill" { image("/picture", width: 100%, height: 100%, fit: "cover") }
  else { align(center + horizon, box(stroke: 0.4pt + line, fill: white, inset: 3mm, image("/picture", width: 80mm, height: d.mountHeight * 1mm, fit: "contain"))) }
}))
#place(top + left, dx: 107.4mm, dy: 11.4mm, std.line(angle: 90deg, length: 187.2mm, stroke: 0.5pt + gold))

#let beside(dy, body) = place(top + left, dx: 117.5mm, dy: dy, block(width: 157mm, body))
#let spaced(em, words) = text(tracking: em, words)

#beside(25mm, align(center, fitted(11mm, (13pt, 11.5pt, 10pt, 8.5pt, 7pt), size => text(size: size, fill: gold, spaced(0.22em, d.contest)))))
#beside(39mm, align(center, text(size: d.headingSize * 1pt, weight: 700, fill: seal, spaced(d.headingTracking * 1em, d.heading))))
#beside(60mm, align(center, text(size: 9.5pt, fill: gold, spaced(0.32em, d.subheading))))

#beside(76mm, fitted(78mm, (16.5pt, 15pt, 13.5pt, 12pt, 10.5pt, 9pt, 8pt), size => {
  set text(size: size)
  set par(leading: 0.95em, justify: true)
  block(below: 1.1em, { text(size: 1.2em, weight: 700, d.name); d.greeting })
  par(first-line-indent: (amount: d.indent * 1em, all: true), { d.before; text(weight: 700, d.work); d.after })
  v(0.5em)
  align(center, fitted(22mm, (2.1em, 1.8em, 1.5em, 1.2em, 1em), it => text(size: it, weight: 700, fill: seal, spaced(d.tierTracking * 1em, d.tier))))
  v(0.3em)
  par(first-line-indent: (amount: d.indent * 1em, all: true), d.closing)
}))

#place(bottom + left, dx: 117.5mm, dy: -21mm, image(bytes(d.qr), width: 20mm))
#place(bottom + left, dx: 140mm, dy: -21.5mm, block(width: 62mm, {
  set text(size: 7.5pt, fill: ink2)
  set par(leading: 0.6em)
  d.numberLine
  linebreak()
  d.checkLine
}))
#place(bottom + right, dx: -22.5mm, dy: -22mm, block(width: 78mm, {
  set align(right)
  fitted(13mm, (12.5pt, 11pt, 9.5pt, 8pt), size => text(size: size, d.issuer))
  v(3.2mm, weak: true)
  text(size: 12pt, d.date)
}))
// A name seal of the contest, square and without a star: what an office stamps over it is round.
#place(bottom + right, dx: -21mm, dy: -19.5mm, rotate(-4deg, box(width: 24mm, height: 24mm, stroke: 1.1pt + seal.transparentize(42%), radius: 1.2mm, align(center + horizon, {
  set text(fill: seal.transparentize(42%), weight: 700)
  set par(leading: 0.2em)
  for (index, row) in d.seal.enumerate() {
    if index > 0 { linebreak() }
    text(size: calc.min(30, 58 / calc.max(d.seal.len(), row.clusters().len())) * 1pt, row)
  }
}))))
`;
