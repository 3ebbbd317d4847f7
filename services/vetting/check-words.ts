import { type Temporal, longDate, plainDateOf } from '#services/kernel/time.ts'
import {
  type CheckKind,
  type CheckState,
  type Standing,
  STANDING_WORDS,
  checkName,
  levelName,
  standingOf,
} from './checks.rules.ts'

/** A check as pages show it. Dates are words. */
export interface CheckLine {
  id: string
  kind: CheckKind
  name: string
  state: CheckState
  standing: Standing
  words: string
  checked: string | null
  until: string | null
  reference: string | null
  level: string | null
  statement: string | null
  reason: string | null
}

interface Row {
  id: string
  kind: CheckKind
  state: CheckState
  reference: string | null
  level: string | null
  statement: string | null
  reason: string | null
  checkedOn: Date | null
  expiresOn: Date | null
}

export function checkLine(row: Row, today: Temporal.PlainDate): CheckLine {
  const until = row.expiresOn ? plainDateOf(row.expiresOn) : null
  const daysLeft = until ? today.until(until, { largestUnit: 'days' }).days : null
  const standing = standingOf(row.state, daysLeft)
  return {
    id: row.id,
    kind: row.kind,
    name: checkName(row.kind),
    state: row.state,
    standing,
    words: STANDING_WORDS[standing],
    checked: row.checkedOn ? longDate(plainDateOf(row.checkedOn)) : null,
    until: until ? longDate(until) : null,
    reference: row.reference,
    level: levelName(row.level),
    statement: row.statement,
    reason: row.state === 'refused' ? row.reason : null,
  }
}
