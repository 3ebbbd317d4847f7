import type { Temporal } from '#services/kernel/time.ts'

/** The only source of "now". The demo's clock can be moved forward; nothing else may. */
export interface Clock {
  now(): Temporal.Instant
  /** Learns of a move made by another process. Called once before each request and each job, never by use cases. */
  refresh?(): Promise<void>
  /** Only there while the demo is on. */
  demo?: {
    offsetSeconds(): number
    /** Moves forward to `instant`; a time already past changes nothing. */
    moveTo(instant: Temporal.Instant): Promise<void>
  }
}
