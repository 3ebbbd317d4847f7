import { z } from 'zod'
import { runScheduleNow } from '#services/jobs/run-schedule-now.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { clockTime, inLondon, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { nextVisitEnd } from './next-visit-end.server.ts'

export const DEMO_STEPS = ['hour', 'day', 'week', 'after_visit'] as const

export const moveDemoClockSchema = z.object({
  step: z.enum(DEMO_STEPS, { error: 'Choose how far to go' }),
  /** One visit to go past; the next one when it is left out. */
  visitId: z.uuid().optional(),
})

/** Beyond this the seeded year has nothing to show. */
const MOST_AHEAD_HOURS = 24 * 400

/**
 * Moves the demo's clock forward, never back, and starts all background work that is due by then.
 * @returns what the clock says now, in words
 * @throws NOT_FOUND when the demo is off; REFUSED_BY_RULE when there is no visit to go to or it went too far
 */
export async function moveDemoClock(
  deps: Deps,
  _actor: Actor,
  input: z.input<typeof moveDemoClockSchema>,
): Promise<string> {
  const demo = deps.clock.demo
  if (!deps.settings.demo || !demo) throw notFound()
  const { step, visitId } = moveDemoClockSchema.parse(input)
  const now = deps.clock.now()
  const ends = step === 'after_visit' ? await nextVisitEnd(deps, visitId) : null
  if (step === 'after_visit' && !ends)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'No agreed visit lies ahead. Ask for one, let the provider accept it, and come back.',
    )
  const hours = { hour: 1, day: 24, week: 168, after_visit: 0 }[step]
  // A minute on, so that the visit is over by any reading.
  const target = ends ? ends.add({ minutes: 1 }) : now.add({ hours })
  if (demo.offsetSeconds() / 3_600 + now.until(target).total('hours') > MOST_AHEAD_HOURS)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'The demo’s clock is as far ahead as it goes. Start the demo afresh to begin again.',
    )
  await demo.moveTo(target)
  await runScheduleNow(deps)
  const at = inLondon(deps.clock.now())
  return `${longDate(at.toPlainDate())}, ${clockTime(at.toPlainTime())}`
}
