/** A file of actual times: what a row says, and what it means for the visit that it is about. Pure. */
import type { CsvProblem } from '#services/kernel/csv.ts'
import { isId } from '#services/kernel/ids.ts'
import { duration, readWallTime } from '#services/kernel/time.ts'

export const MONITORING_COLUMNS = {
  visit: ['Visit', 'Visit reference', 'Visit id'],
  provider: ['Provider', 'Supplier', 'Supplier number'],
  case: ['Case', 'Case reference', 'Person'],
  date: ['Date', 'Day', 'Visit date'],
  start: ['Start', 'Start time', 'Planned start'],
  minutes: ['Minutes', 'Actual minutes', 'Duration'],
} as const
export type MonitoringKey = keyof typeof MONITORING_COLUMNS

/** Which visit a row means: by our own reference, or by who, whose and when. */
export type VisitKey = { visitId: string } | { provider: string; caseReference: string; startsAt: string }
export interface MonitoringRow {
  line: number
  key: VisitKey
  /** Nought when nobody came. */
  minutes: number
}

const isoDay = (text: string): string | null => {
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  if (british)
    return `${british[3] ?? ''}-${(british[2] ?? '').padStart(2, '0')}-${(british[1] ?? '').padStart(2, '0')}`
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null
}
const clockOf = (text: string): string | null => {
  const match = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(text)
  return match ? `${(match[1] ?? '').padStart(2, '0')}:${match[2] ?? ''}` : null
}

function keyOf(cells: Record<MonitoringKey, string>): VisitKey | string {
  if (cells.visit !== '')
    return isId(cells.visit)
      ? { visitId: cells.visit.toLowerCase() }
      : `“${cells.visit.slice(0, 40)}” is no visit reference.`
  if (cells.provider === '' || cells.case === '' || cells.date === '' || cells.start === '')
    return 'It names no visit: give the visit reference, or provider, case, date and start.'
  const [day, clock] = [isoDay(cells.date), clockOf(cells.start)]
  if (!day) return `“${cells.date.slice(0, 20)}” is no date. Write it like 2026-11-30 or 30/11/2026.`
  if (!clock) return `“${cells.start.slice(0, 20)}” is no time. Write it like 09:30.`
  const when = readWallTime(day, clock)
  if (when.ok)
    return { provider: cells.provider, caseReference: cells.case, startsAt: when.instant.toString() }
  if (when.why === 'skipped') return 'The clocks go forward over this time. Give the visit reference instead.'
  if (when.why === 'repeated')
    return 'The clocks go back and this time comes twice. Give the visit reference instead.'
  return when.why === 'no_such_date'
    ? `There is no ${cells.date.slice(0, 20)}.`
    : `There is no ${cells.start.slice(0, 20)}.`
}

/** Rows as the file has them, and those that cannot be read, each with why. */
export function readMonitoring(rows: readonly { line: number; cells: Record<MonitoringKey, string> }[]): {
  rows: MonitoringRow[]
  problems: CsvProblem[]
} {
  const read: MonitoringRow[] = []
  const problems: CsvProblem[] = []
  for (const { line, cells } of rows) {
    const key = keyOf(cells)
    if (typeof key === 'string') problems.push({ line, says: key })
    else if (!/^\d{1,4}$/.test(cells.minutes) || Number(cells.minutes) > 1440)
      problems.push({
        line,
        says: `“${cells.minutes.slice(0, 20)}” is no number of minutes. Write whole minutes from 0 to 1440.`,
      })
    else read.push({ line, key, minutes: Number(cells.minutes) })
  }
  return { rows: read, problems }
}

export interface MonitoredVisit {
  state: string
  /** Booked. */
  minutes: number
  /** What the provider said, if they said it. */
  actualMinutes: number | null
  begun: boolean
  paused: boolean
  /** The council pays for all of it. */
  councilPays: boolean
  missedSaid: boolean
  /** What earlier files said of it, newest first. */
  before: readonly { minutes: number; state: string }[]
}

/**
 * apply: it counts with so many minutes (missed: nobody came); waits: longer than booked, somebody approves; already: it was said
 * before; leave: it cannot be used, and why.
 */
export type Judgement =
  | { kind: 'apply' | 'waits'; minutes: number; moves: boolean }
  | { kind: 'missed' }
  | { kind: 'already' }
  | { kind: 'leave'; says: string }

const STOOD: Record<string, string> = {
  disputed: 'The person says that something was different. Settle it with both sides first.',
  confirmed: 'It was confirmed already.',
  settled: 'It was settled already. If it was wrong, it is put right by a refund.',
  cancelled_free: 'It was cancelled.',
  missed_by_provider: 'It counts as missed already.',
}

/** @param costsMore whether so many minutes cost more than was quoted, by the visit's terms */
export function judge(
  visit: MonitoredVisit,
  minutes: number,
  costsMore: (minutes: number) => boolean,
): Judgement {
  if (visit.before[0]?.minutes === minutes) return { kind: 'already' }
  if (!visit.councilPays)
    return {
      kind: 'leave',
      says: 'The council does not pay for all of it, so the person says how long it was.',
    }
  if (visit.before[0]?.state === 'waits')
    return {
      kind: 'leave',
      says: `An earlier file said ${duration(visit.before[0].minutes)}, which waits for somebody to approve it. Decide that first.`,
    }
  const stands = STOOD[visit.state]
  if (stands) return { kind: 'leave', says: stands }
  if (visit.paused) return { kind: 'leave', says: 'It is paused, so nobody was to come.' }
  if (!visit.begun) return { kind: 'leave', says: 'It has not begun yet.' }
  if (minutes === 0)
    return visit.state === 'planned'
      ? { kind: 'missed' }
      : {
          kind: 'leave',
          says: 'The file says that nobody came; the provider says that they did. Settle it with them first.',
        }
  if (visit.missedSaid && visit.before[0]?.minutes !== 0)
    return { kind: 'leave', says: 'The person says that nobody came. Settle it with both sides first.' }
  // A provider cannot be paid for more than they say themselves.
  const said = visit.state === 'delivered' ? Math.min(minutes, visit.actualMinutes ?? minutes) : minutes
  if (said > visit.minutes && costsMore(said)) return { kind: 'waits', minutes: said, moves: true }
  return {
    kind: 'apply',
    minutes: said,
    moves: visit.state !== 'delivered' || said !== visit.actualMinutes,
  }
}
