/** Things that happen, in the order in which they happen. What lies after `until` has not happened yet. */
export interface Timeline {
  at(ms: number, what: () => void): void
  play(until: number): void
}

interface Entry {
  ms: number
  n: number
  what: () => void
}
const before = (a: Entry, b: Entry): boolean => a.ms < b.ms || (a.ms === b.ms && a.n < b.n)

/** A binary heap: what happens may bring about more that happens later. */
export function timeline(): Timeline {
  const heap: Entry[] = []
  let count = 0
  const get = (index: number): Entry => heap[index] as Entry
  const swap = (a: number, b: number): void => {
    const entry = get(a)
    heap[a] = get(b)
    heap[b] = entry
  }
  const pop = (): Entry | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    heap[0] = last
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2]
      let least = index
      if (left < heap.length && before(get(left), get(least))) least = left
      if (right < heap.length && before(get(right), get(least))) least = right
      if (least === index) break
      swap(index, least)
      index = least
    }
    return first
  }
  return {
    at(ms, what) {
      heap.push({ ms, n: (count += 1), what })
      for (let index = heap.length - 1; index > 0;) {
        const parent = (index - 1) >> 1
        if (before(get(parent), get(index))) break
        swap(index, parent)
        index = parent
      }
    },
    play(until) {
      for (let entry = heap[0]; entry && entry.ms <= until; entry = heap[0]) pop()?.what()
    },
  }
}
