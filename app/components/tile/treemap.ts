export interface Box {
  x: number
  y: number
  w: number
  h: number
}

/**
 * Squarified treemap: the same items, largest first, each with a rectangle inside the box whose area is in
 * proportion to its value. Items of no value are left out.
 * Source: Bruls, Huizing, van Wijk, "Squarified Treemaps" (2000).
 */
export function treemap<T extends { value: number }>(items: readonly T[], box: Box): (T & Box)[] {
  const left = items.filter((item) => item.value > 0).sort((a, b) => b.value - a.value)
  const total = left.reduce((sum, item) => sum + item.value, 0)
  const scale = (box.w * box.h) / total
  const out: (T & Box)[] = []
  let { x, y, w, h } = box
  let start = 0
  while (start < left.length) {
    const side = Math.min(w, h)
    const end = endOfRow(left, start, scale, side)
    const row = left.slice(start, end)
    const area = row.reduce((sum, item) => sum + item.value * scale, 0)
    const thick = area / side
    const across = w >= h
    let at = 0
    for (const item of row) {
      const long = (item.value * scale) / thick
      out.push(
        across ? { ...item, x, y: y + at, w: thick, h: long } : { ...item, x: x + at, y, w: long, h: thick },
      )
      at += long
    }
    if (across) {
      x += thick
      w -= thick
    } else {
      y += thick
      h -= thick
    }
    start = end
  }
  return out
}

/** Takes items into a row for as long as its worst shape gets no worse. */
function endOfRow(items: readonly { value: number }[], start: number, scale: number, side: number): number {
  const first = items[start]
  if (!first) return start
  const largest = first.value * scale
  let area = largest
  let worst = worstRatio(largest, largest, area, side)
  let end = start + 1
  for (let next = items[end]; next; next = items[end]) {
    const size = next.value * scale
    const after = worstRatio(largest, size, area + size, side)
    if (after > worst) break
    area += size
    worst = after
    end += 1
  }
  return end
}

/** A row is sorted, so its worst shape is that of its largest or its smallest piece. */
function worstRatio(largest: number, smallest: number, area: number, side: number): number {
  const square = area * area
  const sides = side * side
  return Math.max((sides * largest) / square, square / (sides * smallest))
}
