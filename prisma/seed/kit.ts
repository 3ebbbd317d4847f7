import type { Tx } from '#services/db/client.server.ts'
import { metresBetween, type Point } from '#services/kernel/geo.ts'
import { dateColumn, LONDON, Temporal } from '#services/kernel/time.ts'

/** The same seed, the same borough: every choice and every id comes from here. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** Whole, both ends included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** One of them, in proportion to its weight. */
  weighted<T>(from: readonly (readonly [T, number])[]): T
  shuffled<T>(from: readonly T[]): T[]
}

/** mulberry32: small, quick, good enough to make a borough. */
export function random(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(from: readonly T[]): T => {
    const one = from[int(0, from.length - 1)]
    if (one === undefined) throw new RangeError('Nothing to pick from')
    return one
  }
  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    weighted(from) {
      let left = next() * from.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of from) {
        left -= weight
        if (left < 0) return value
      }
      return pick(from)[0]
    },
    shuffled(from) {
      const all = [...from]
      for (let i = all.length - 1; i > 0; i -= 1) {
        const j = int(0, i)
        const a = all[i] as (typeof all)[number]
        all[i] = all[j] as (typeof all)[number]
        all[j] = a
      }
      return all
    },
  }
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** UUIDv7 of a given moment, so that newest-first by id is right for history too. */
export function idMaker(rng: Random): (atMs: number) => string {
  return (atMs) => {
    const time = Math.floor(atMs).toString(16).padStart(12, '0')
    const a = Math.floor(rng.next() * 4096)
    const bytes = Array.from({ length: 8 }, () => Math.floor(rng.next() * 256))
    bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x80
    const b = bytes.map((byte) => HEX[byte]).join('')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a.toString(16).padStart(3, '0')}-${b.slice(0, 4)}-${b.slice(4)}`
  }
}

/** What every part of the seeding shares. */
export interface Kit {
  rng: Random
  id: (atMs: number) => string
  now: Temporal.Instant
  nowMs: number
  today: Temporal.PlainDate
}

export function makeKit(now: Temporal.Instant, seed = 20_261_121): Kit {
  const rng = random(seed)
  return {
    rng,
    // Ids draw from their own stream, so that adding a row somewhere does not move the whole borough.
    id: idMaker(random(seed ^ 0x5bd1e995)),
    now,
    nowMs: now.epochMilliseconds,
    today: now.toZonedDateTimeISO(LONDON).toPlainDate(),
  }
}

/** A kit with a stream of choices of its own, for a part that may grow. */
export const branch = (kit: Kit, salt: number): Kit => ({ ...kit, rng: random(20_261_121 + salt * 7_919) })

const noons = new Map<string, number>()

/**
 * Milliseconds of a London wall time. Counted from noon, which no clock change moves: nothing here happens in the small
 * hours of the two nights that are an hour longer or shorter.
 */
export function wallMs(day: Temporal.PlainDate, minuteOfDay: number): number {
  const iso = day.toString()
  let noon = noons.get(iso)
  if (noon === undefined) {
    noon = day.toZonedDateTime({ timeZone: LONDON, plainTime: '12:00' }).epochMilliseconds
    noons.set(iso, noon)
  }
  return noon + (minuteOfDay - 720) * 60_000
}

export const dayOf = (ms: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(LONDON).toPlainDate()
export const column = (day: Temporal.PlainDate): Date => dateColumn(day)
export const at = (ms: number): Date => new Date(ms)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const slugOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** A point within `metres` of another, spread evenly. */
export function near(rng: Random, point: Point, metres: number): Point {
  const far = Math.sqrt(rng.next()) * metres
  const turn = rng.next() * 2 * Math.PI
  const lat = point.lat + (far * Math.cos(turn)) / 111_320
  const lon = point.lon + (far * Math.sin(turn)) / (111_320 * Math.cos((point.lat * Math.PI) / 180))
  return { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)) }
}

export { metresBetween, type Point }

const snake = (name: string): string =>
  name
    .replace(/([A-Z])/g, '_$1')
    .replace(/([a-z])(\d)/g, '$1_$2')
    .toLowerCase()
const STATEMENT_ROWS = 2_000

/**
 * Writes rows set-based: one statement for some thousand of them. Keys are the model's; all rows have the same ones.
 */
export async function insertRows<Row extends object>(
  tx: Tx,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  const first = rows[0]
  if (!first) return
  const keys = Object.keys(first)
  const columns = keys.map((key) => `"${snake(key)}"`).join(', ')
  const names = new Map(keys.map((key) => [key, snake(key)]))
  for (let from = 0; from < rows.length; from += STATEMENT_ROWS) {
    const part = rows.slice(from, from + STATEMENT_ROWS).map((row) => {
      const out: Record<string, unknown> = {}
      for (const [key, value] of Object.entries(row)) {
        const name = names.get(key)
        if (!name) throw new Error(`${table}: a row has "${key}", the first one has not`)
        out[name] = value
      }
      return out
    })
    await tx.$executeRawUnsafe(
      `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      JSON.stringify(part),
    )
  }
}
