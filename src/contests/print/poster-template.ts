import { preamble } from './markup.js';

/** A3, upright: the picture with the title above, prizes at the left, code and dates at the right, the full title below. */
export const posterTemplate =
  preamble +
  String.raw`
#set document(title: d.title, author: ())
#set page(width: 297mm, height: 420mm, margin: 0mm, fill: paper)

#block(width: 100%, height: 196mm, clip: true)[
  #place(top + left, image(bytes(d.hills), width: 297mm, height: 196mm))
  #place(top + left, dx: 22mm, dy: 16mm, text(size: 17pt, fill: white, tracking: 0.35em)[#d.brand])
  #place(bottom + left, dx: 22mm, dy: -15mm, block(width: 253mm)[
    #set text(fill: white)
    #if d.region != "" [#text(size: 20pt, tracking: 0.2em)[#d.region] #v(3mm, weak: true)]
    #fitted(88mm, (112pt, 96pt, 84pt, 72pt, 62pt, 54pt, 46pt, 40pt, 34pt, 28pt, 22pt), size => {
      text(size: size, weight: 700, d.title)
    })
    #if d.sentence != "" {
      v(4mm, weak: true)
      fitted(30mm, (19pt, 17pt, 15pt, 13pt, 11pt, 9pt), size => text(size: size, d.sentence))
    }
  ])
]

#let heading(words) = text(size: 27pt, weight: 700, words)
#let total = if d.total == "" { none } else { text(size: 14pt, fill: ink2, d.total) }

#place(top + left, dx: 22mm, dy: 212mm, block(width: 150mm, height: 154mm, clip: true)[
  #heading(d.prizesHeading)
  #v(2.5mm, weak: true)
  #total
  #v(6mm, weak: true)
  #fitted(124mm, (24pt, 21pt, 18pt, 16pt, 14pt, 12pt, 10pt, 8pt, 6.5pt), size => {
    set text(size: size)
    for (position, category) in d.categories.enumerate() {
      if position > 0 { v(1.3em, weak: true) }
      text(fill: ink2, size: 0.82em, category.name)
      v(0.5em, weak: true)
      for (index, tier) in category.tiers.enumerate() {
        std.line(length: 100%, stroke: 0.6pt + line)
        v(0.36em, weak: true)
        grid(columns: (1fr, auto, 6em), align: (left, right, right), column-gutter: 0.6em,
          text(weight: if index == 0 { 700 } else { 400 }, tier.name),
          text(fill: ink2, tier.quota),
          text(fill: if index == 0 { seal } else { ink }, tier.amount))
        v(0.36em, weak: true)
      }
      std.line(length: 100%, stroke: 0.6pt + line)
    }
  })
])

#place(top + right, dx: -22mm, dy: 212mm, block(width: 84mm, height: 154mm, clip: true)[
  #set align(left)
  #image(bytes(d.qr), width: 84mm)
  #v(4mm, weak: true)
  #align(center, text(size: 24pt, weight: 700, d.scan))
  #v(2.5mm, weak: true)
  #align(center, fitted(9mm, (11pt, 9pt, 7pt, 5pt), size => text(size: size, fill: ink2, d.url)))
  #v(9mm, weak: true)
  #std.line(length: 100%, stroke: 1.2pt + seal)
  #v(3.5mm, weak: true)
  #text(size: 14pt, fill: ink2, d.entryHeading)
  #v(2.5mm, weak: true)
  #fitted(18mm, (19pt, 17pt, 15pt, 12pt), size => text(size: size, weight: 700, d.dates))
])

#place(bottom + left, dx: 22mm, dy: -14mm, block(width: 253mm)[
  #std.line(length: 100%, stroke: 0.6pt + line)
  #v(4mm, weak: true)
  #fitted(20mm, (13pt, 11pt, 9pt, 7pt), size => text(size: size, fill: ink2, d.fullTitle))
])
`;
