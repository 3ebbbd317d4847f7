export interface FirstOf {
  /** Whether anything with this key could still be among them. */
  admits(key: number): boolean
  put(key: number, score: number, draw: number, no: number, index: number): void
  inOrder(): number[]
}

/** Keeps the first `room` of what is put in, by key, then score, then the day's draw, then number. */
export function firstOf(room: number): FirstOf {
  // A heap whose root is the last one kept: most entries fail one comparison with it and are gone.
  const heap: [key: number, score: number, draw: number, no: number, index: number][] = []
  type Item = (typeof heap)[number]
  const before = (a: Item, b: Item): boolean => {
    for (let i = 0; i < 3; i += 1) if (a[i] !== b[i]) return (a[i] ?? 0) > (b[i] ?? 0)
    return a[3] < b[3]
  }
  const at = (i: number): Item => heap[i] as Item
  const swap = (i: number, j: number): void => {
    const kept = at(i)
    heap[i] = at(j)
    heap[j] = kept
  }
  function sink(): void {
    for (let i = 0; ;) {
      let worst = i
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && before(at(worst), at(child))) worst = child
      if (worst === i) return
      swap(i, worst)
      i = worst
    }
  }
  function rise(): void {
    for (let i = heap.length - 1; i > 0;) {
      const parent = (i - 1) >> 1
      if (!before(at(parent), at(i))) return
      swap(i, parent)
      i = parent
    }
  }
  return {
    admits: (key) => heap.length < room || (room > 0 && key >= at(0)[0]),
    put(key, score, draw, no, index) {
      if (room === 0) return
      if (heap.length === room) {
        const last = at(0)
        if (key < last[0] || (key === last[0] && score < last[1])) return
        const item: Item = [key, score, draw, no, index]
        if (!before(item, last)) return
        heap[0] = item
        sink()
        return
      }
      heap.push([key, score, draw, no, index])
      rise()
    },
    inOrder: () => [...heap].sort((a, b) => (before(a, b) ? -1 : 1)).map(([, , , , index]) => index),
  }
}
