/** How wide the columns of a table are. Pure: how wide a text is comes from outside. */

/** A figure, a day or a reference: broken over two lines it is read wrong. */
const WHOLE = /^(−?-?£[\d,]+\.\d\d|\d{1,2} [A-Za-z]{3,9} \d{4}|[A-Z0-9]{4} [A-Z0-9]{4})$/

/** The least that a text needs so that none of its words, and no figure, day or reference, is broken. */
export function leastWidth(text: string, widthOf: (text: string) => number): number {
  const parts = WHOLE.test(text) ? [text] : text.split(/\s+/)
  return parts.reduce((most, part) => Math.max(most, widthOf(part)), 0)
}

/**
 * The page's width by shares, where no column is narrower than the least it needs; the others give way. Where all of them together
 * need more than there is, the shares stand.
 * @param least of each column, with its padding
 */
export function columnWidths(shares: readonly number[], least: readonly number[], page: number): number[] {
  const needed = least.reduce((sum, one) => sum + one, 0)
  const byShare = (of: readonly number[], width: number): number[] => {
    const whole = of.reduce((sum, share) => sum + share, 0)
    return of.map((share) => (whole === 0 ? 0 : (share / whole) * width))
  }
  if (needed > page) return byShare(shares, page)
  const fixed = new Set<number>()
  for (;;) {
    const left = page - [...fixed].reduce((sum, i) => sum + (least[i] ?? 0), 0)
    const widths = byShare(
      shares.map((share, i) => (fixed.has(i) ? 0 : share)),
      left,
    ).map((width, i) => (fixed.has(i) ? (least[i] ?? 0) : width))
    const tooNarrow = widths.findIndex((width, i) => !fixed.has(i) && width < (least[i] ?? 0))
    if (tooNarrow < 0) return widths
    widths.forEach((width, i) => {
      if (!fixed.has(i) && width < (least[i] ?? 0)) fixed.add(i)
    })
  }
}
