import type { Temporal } from '#services/kernel/time.ts'

/** The only source of "now". The demo's clock can be moved forward; nothing else may. */
export interface Clock {
  now(): Temporal.Instant
}
