import type { SandboxRows, SandboxStore } from './store.ts'

/** Beyond it the oldest of a kind are forgotten: a stand-in must not fill the machine. */
const KEPT = 10_000

interface Row {
  value: unknown
  group: string | null
}

/** In this process's memory, until it ends. Work that throws after a write leaves the write: look first, then write. */
export function memoryStore<Kinds extends object>(): SandboxStore<Kinds> {
  const kinds = new Map<string, Map<string, Row>>()
  const of = (kind: string): Map<string, Row> => {
    const rows = kinds.get(kind) ?? new Map<string, Row>()
    kinds.set(kind, rows)
    return rows
  }
  const rows: SandboxRows<Kinds> = {
    read(kind, id) {
      const row = of(kind).get(id)
      return Promise.resolve(row ? (structuredClone(row.value) as Kinds[typeof kind]) : null)
    },
    write(kind, id, value, group) {
      const all = of(kind)
      all.set(id, { value: structuredClone(value), group: group ?? all.get(id)?.group ?? null })
      if (all.size > KEPT)
        for (const oldest of all.keys()) {
          all.delete(oldest)
          break
        }
      return Promise.resolve()
    },
    remove(kind, ids) {
      for (const id of ids) of(kind).delete(id)
      return Promise.resolve()
    },
    list(kind, { group, newestFirst = false, after, limit }) {
      let found = [...of(kind)].filter(([, row]) => group === undefined || row.group === group)
      if (newestFirst) found.reverse()
      if (after) found = found.slice(found.findIndex(([id]) => id === after) + 1)
      return Promise.resolve(
        found.slice(0, limit).map(([, { value }]) => structuredClone(value) as Kinds[typeof kind]),
      )
    },
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    atOnce(work) {
      const mine = last.then(() => work(rows))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}
