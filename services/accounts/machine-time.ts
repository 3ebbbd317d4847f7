import type { Temporal } from '#services/kernel/time.ts'
import type { Clock } from '#services/ports/clock.ts'

/**
 * The machine's own time. Codes, sessions and locks are about the real world: moving the demo's clock by a week
 * must neither end a session nor bring an old code back.
 */
export const machineNow = (clock: Clock): Temporal.Instant =>
  clock.now().subtract({ seconds: clock.demo?.offsetSeconds() ?? 0 })
