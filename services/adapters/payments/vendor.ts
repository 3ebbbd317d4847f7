import { Temporal } from '#services/kernel/time.ts'

/** Vendors count seconds since 1970. */
export const fromSeconds = (seconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Math.round(seconds * 1000))
export const toSeconds = (instant: Temporal.Instant): number => Math.floor(instant.epochMilliseconds / 1000)

/** A vendor's word in a table of ours; what is not in it is null, also 'constructor'. */
export const known = <Value>(
  table: Readonly<Record<string, Value>>,
  word: string | null | undefined,
): Value | null => (typeof word === 'string' && Object.hasOwn(table, word) ? (table[word] ?? null) : null)
