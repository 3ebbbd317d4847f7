/**
 * London's clock in plain milliseconds, for paths that turn many moments into wall times. Temporal knows the rules and is
 * asked once for each stretch between two clock changes; what lies in a stretch that is known is arithmetic.
 */
import { Temporal } from 'temporal-polyfill'

export const LONDON = 'Europe/London'
export const DAY_MS = 86_400_000

interface Stretch {
  from: number
  until: number
  offset: number
}
const known: Stretch[] = []

function stretchAt(epochMs: number): Stretch {
  const at = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(LONDON)
  // 'previous' is strictly before: a moment later finds the change that happens at this very moment.
  const before = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  const after = at.getTimeZoneTransition('next')
  return {
    from: before?.epochMilliseconds ?? -Infinity,
    until: after?.epochMilliseconds ?? Infinity,
    offset: at.offsetNanoseconds / 1_000_000,
  }
}

/** How far London's wall clock is ahead of UTC at a moment, in milliseconds. */
export function londonOffset(epochMs: number): number {
  for (const stretch of known) if (stretch.from <= epochMs && epochMs < stretch.until) return stretch.offset
  const found = stretchAt(epochMs)
  // Two a year: the bound is centuries, and is there only so that odd input cannot grow it.
  if (known.length >= 600) known.length = 0
  known.unshift(found)
  return found.offset
}

/** The day in London at a moment, counted from 1 January 1970. */
export const londonDay = (epochMs: number): number => Math.floor((epochMs + londonOffset(epochMs)) / DAY_MS)

/**
 * The moments at which London's wall clock shows this (given as if it were UTC), in order: none when the clocks skip it, two when
 * it comes twice.
 */
export function momentsOfWall(wallMs: number): number[] {
  const found = [wallMs - londonOffset(wallMs - DAY_MS), wallMs - londonOffset(wallMs + DAY_MS)].filter(
    (moment) => moment + londonOffset(moment) === wallMs,
  )
  return [...new Set(found)].sort((a, b) => a - b)
}
