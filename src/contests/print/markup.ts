/**
 * What the templates share: the tokens of the screen in print, and `fitted`, which sets a text in the largest of the
 * given sizes at which it keeps to a height. Whatever people wrote comes from `d`, never from the markup.
 */
export const preamble = String.raw`
#let d = json(bytes(sys.inputs.data))
#let paper = rgb("#FAF9F6")
#let line = rgb("#D3CFC5")
#let ink = rgb("#1B1B19")
#let ink2 = rgb("#5B5A55")
#let seal = rgb("#A8322A")
#set text(font: "Noto Serif SC", lang: d.lang, fill: ink, fallback: false, top-edge: 0.88em, bottom-edge: -0.12em)
// By itself the font sets ’ and “ ” as wide as a Chinese character, in the middle of English words too.
#set text(features: if d.lang == "en" { ("pwid",) } else { () })
#set par(leading: 0.42em, justify: false, linebreaks: "optimized")
// A word longer than a line, such as an address, breaks anywhere.
#show regex("[^\s\p{Han}]{16,}"): it => it.text.clusters().join(sym.zws)
// A hash breaks too, and is still copied out of the document as it is: letters with a break between them are not.
#let fingerprint(hash) = hash.clusters().chunks(8).map(part => box(part.join())).join()
#let fitted(max, sizes, make) = layout(area => {
  let chosen = sizes.last()
  for size in sizes {
    if measure(block(width: area.width, make(size))).height <= max { chosen = size; break }
  }
  let made = block(width: area.width, make(chosen))
  if measure(made).height <= max { made } else { block(width: area.width, height: max, clip: true, make(chosen)) }
})
`;
