import type { Db } from '#services/db/client.server.ts'
import type { PackedCandidate } from '#services/discovery/facts.rules.ts'
import { chord, unitVector, type Point } from '#services/kernel/geo.ts'
import type { HoursAsked } from '#services/ports/search.ts'
import { WordTable } from './word-table.ts'

/** How facts are packed is the domain's business. */
export interface FactsLayout {
  factsBytes: number
  freeWeekBytes: number
  freeFrom(this: void, bytes: Uint8Array, at: number, hour: number): number
}

/** Everything is within reach of what happens online: longer than any line through the earth. */
const EVERYWHERE = 2
/** Bytes of x, y, z and how far they come. */
const PLACE_BYTES = 16
const AT_ONCE = 2_000

/** Number, facts, place, week, and the words with their length before them. */
const PACKED = `int4send(no) || facts || float4send(coalesce(cube_ll_coord(point, 1), 'NaN')::float4) || float4send(coalesce(cube_ll_coord(point, 2), 'NaN')::float4)
  || float4send(coalesce(cube_ll_coord(point, 3), 'NaN')::float4) || float4send(reach::float4) || coalesce(free_week, decode(repeat('ff', $1::int), 'hex'))
  || int4send(octet_length(tsvectorsend(document))) || tsvectorsend(document)`
const SEEN = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen`
const READ = `SELECT max(no) AS last, string_agg(p, '') AS rows FROM (SELECT no, ${PACKED} AS p FROM search_key WHERE no > $2 ORDER BY no LIMIT ${String(AT_ONCE)}) s`
const CHANGED = `${SEEN}, (SELECT string_agg(${PACKED}, '') FROM search_key WHERE changed >= $2::text::xid8) AS rows,
  (SELECT array_agg(no) FROM search_gone WHERE changed >= $2::text::xid8) AS gone`

interface ReadRow {
  last: number | null
  rows: Buffer | null
}
interface ChangedRow {
  seen: string
  rows: Buffer | null
  gone: number[] | null
}

/** What the words of a search are matched and ranked by, in PostgreSQL's form. */
export interface Words {
  match: string
  rank: string | null
}

/** Rows of the table with what a search worked out for each: its rank by the words, its distance. */
export interface Rows {
  length: number
  at: Int32Array
  rank: Float32Array | null
  chord: Float32Array | null
}

/**
 * What every entry is found, filtered, counted and ranked by, in this process: some 140 bytes each and its words. Before each search it
 * takes in what has changed since the last one, so that a price is never older than the search that shows it.
 */
export class EntryTable {
  private readonly db: Db
  private readonly layout: FactsLayout
  private readonly week: number
  private room = 0
  private length = 0
  private nos = new Int32Array(0)
  private facts = new Uint8Array(0)
  private view = new DataView(this.facts.buffer)
  /** x, y, z and reach, four a row. */
  private place = new Float32Array(0)
  private weeks = new Uint8Array(0)
  private rowOf = new Map<number, number>()
  private free: number[] = []
  private words = new WordTable()
  /** The oldest transaction that was at work when this was read; null before it was. */
  private seen: string | null = null
  private running: Promise<void> | null = null
  private next: Promise<void> | null = null

  constructor(db: Db, layout: FactsLayout) {
    this.db = db
    this.layout = layout
    this.week = layout.freeWeekBytes
  }

  /** Takes in all that was committed before it was called; those who ask at the same time wait for one answer. */
  refresh(): Promise<void> {
    if (this.running) {
      this.next ??= this.running
        .catch(() => undefined)
        .then(() => {
          this.next = null
          return this.refresh()
        })
      return this.next
    }
    if (this.words.worn) this.startAnew()
    this.running = (this.seen === null ? this.readAll() : this.readChanged(this.seen)).finally(() => {
      this.running = null
    })
    return this.running
  }

  private async readAll(): Promise<void> {
    const [first] = await this.db.query<{ seen: string }>('search_seen', SEEN, [])
    let after = 0
    for (;;) {
      const [row] = await this.db.query<ReadRow>('search_read', READ, [this.week, after])
      this.putAll(row?.rows ?? null)
      if (row?.last === null || row?.last === undefined) break
      after = row.last
    }
    this.seen = first?.seen ?? null
  }

  private async readChanged(since: string): Promise<void> {
    const [row] = await this.db.query<ChangedRow>('search_changed', CHANGED, [this.week, since])
    if (!row) return
    this.putAll(row.rows)
    for (const no of row.gone ?? []) this.remove(no)
    this.seen = row.seen
  }

  private putAll(rows: Buffer | null): void {
    if (!rows) return
    const { factsBytes } = this.layout
    const each = 4 + factsBytes + PLACE_BYTES + this.week
    for (let from = 0; from < rows.length;) {
      const no = rows.readInt32BE(from)
      const row = this.rowOf.get(no) ?? this.rowFor(no)
      const place = from + 4 + factsBytes
      this.facts.set(rows.subarray(from + 4, place), row * factsBytes)
      for (let i = 0; i < 4; i += 1) this.place[row * 4 + i] = rows.readFloatBE(place + i * 4)
      this.weeks.set(rows.subarray(place + PLACE_BYTES, from + each), row * this.week)
      this.words.put(row, rows, from + each + 4)
      from += each + 4 + rows.readInt32BE(from + each)
    }
  }

  /** A row that nothing stands in. */
  private rowFor(no: number): number {
    const row = this.free.pop() ?? this.length
    if (row === this.length) {
      this.grow(row + 1)
      this.length += 1
    }
    this.nos[row] = no
    this.rowOf.set(no, row)
    return row
  }

  /** Everything is read again, without what entries that were written anew have left behind. */
  private startAnew(): void {
    this.seen = null
    this.length = 0
    this.free = []
    this.rowOf.clear()
    this.words = new WordTable()
    this.words.reserve(this.room)
  }

  /** Its row stays empty until another entry needs one. */
  private remove(no: number): void {
    const row = this.rowOf.get(no)
    if (row === undefined) return
    this.words.forget(row)
    this.nos[row] = 0
    this.rowOf.delete(no)
    this.free.push(row)
  }

  private grow(needed: number): void {
    if (needed <= this.room) return
    this.room = Math.max(1_024, 2 * this.room, needed)
    const into = <Kind extends Int32Array | Uint8Array | Float32Array>(bigger: Kind, old: Kind): Kind => {
      bigger.set(old)
      return bigger
    }
    this.nos = into(new Int32Array(this.room), this.nos)
    this.facts = into(new Uint8Array(this.room * this.layout.factsBytes), this.facts)
    this.view = new DataView(this.facts.buffer)
    this.place = into(new Float32Array(this.room * 4), this.place)
    this.weeks = into(new Uint8Array(this.room * this.week), this.weeks)
    this.words.reserve(this.room)
  }

  /**
   * The rows that the words and the place let through.
   * @param words null for any
   * @param near a point, and how far from it a venue may be
   */
  choose(words: Words | null, near: { point: Point; metres: number } | null): Rows {
    const found = words && this.words.find(words.match, words.rank)
    const most = found ? found.rows.length : this.length
    const rows: Rows = {
      length: 0,
      at: new Int32Array(most),
      rank: found ? new Float32Array(most) : null,
      chord: near ? new Float32Array(most) : null,
    }
    const [x = 0, y = 0, z = 0] = near ? unitVector(near.point) : []
    const within = near ? chord(near.metres) : 0
    // Every search goes through this for every row that its words let through: no calls, and roots only of what stays.
    const { nos, place } = this
    let length = 0
    for (let index = 0; index < most; index += 1) {
      const row = found ? (found.rows[index] ?? 0) : index
      if (nos[row] === 0) continue
      if (rows.chord) {
        const at = row * 4
        const dx = (place[at] ?? 0) - x
        const dy = (place[at + 1] ?? 0) - y
        const dz = (place[at + 2] ?? 0) - z
        const square = dx * dx + dy * dy + dz * dz
        const reach = place[at + 3] ?? 0
        const far = reach > 0 ? reach : within
        // What has no point is no number, and within nothing.
        if (reach !== EVERYWHERE && !(square <= far * far)) continue
        rows.chord[length] = square >= 0 ? Math.sqrt(square) : -1
      }
      rows.at[length] = row
      if (found && rows.rank) rows.rank[length] = found.rank[row] ?? 0
      length += 1
    }
    rows.length = length
    return rows
  }

  /** Chosen rows, as the domain reads them. */
  candidates(
    rows: Rows,
    hours: HoursAsked | null,
  ): { length: number; read: (index: number, into: PackedCandidate) => void } {
    const { factsBytes } = this.layout
    return {
      length: rows.length,
      read: (index, into) => {
        const row = rows.at[index] ?? 0
        into.set(this.view, row * factsBytes)
        into.no = this.nos[row] ?? 0
        into.rank = rows.rank ? (rows.rank[index] ?? 0) : 0
        into.chord = rows.chord ? (rows.chord[index] ?? -1) : -1
        if (hours) into.freeDays = this.freeDays(row, hours)
      },
    }
  }

  /** Bits of the weekdays on which an entry is free in these hours, every week from that day on. */
  private freeDays(row: number, { from, until, all, startingDay }: HoursAsked): number {
    const at = row * this.week
    const monday = ((this.weeks[at] ?? 0) << 8) | (this.weeks[at + 1] ?? 0)
    // All ones: no hours are kept.
    if (monday === 0xffff) return 0
    let days = 0
    for (let day = 0; day < 7; day += 1) {
      // The first such weekday on or after the day asked for, counted in weeks from that Monday; later than is known counts as the last.
      const week = Math.min(7, Math.max(0, Math.ceil((startingDay - monday - day) / 7)))
      let free = 0
      for (let hour = from; hour < until; hour += 1)
        if (this.layout.freeFrom(this.weeks, at, day * 24 + hour) <= week) free += 1
      if (all ? free === until - from : free > 0) days |= 1 << day
    }
    return days
  }
}
