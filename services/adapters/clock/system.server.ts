import { Temporal } from '#services/kernel/time.ts'
import type { Clock } from '#services/ports/clock.ts'

/** The machine's own clock. */
export const systemClock = (): Clock => ({ now: () => Temporal.Now.instant() })
