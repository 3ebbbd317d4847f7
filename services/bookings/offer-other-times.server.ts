import type { z } from 'zod'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { counterOffer } from './answer-request.server.ts'
import { readAskFacts } from './askable.server.ts'
import { requireProvider } from './bookings.policy.ts'
import type { counterSchema } from './provider-forms.schema.ts'
import { type DateProblem, propose } from './proposal.rules.ts'
import { choicesOf, readTimes } from './start-draft.server.ts'
import { termsSchema } from './terms.schema.ts'

const WHY: Record<DateProblem, string> = {
  skipped: 'the clocks go forward over this time',
  repeated: 'the clocks go back and this time comes twice',
  no_such_date: 'this date does not exist',
  no_such_time: 'this time does not exist',
  past: 'this has passed',
  too_soon: 'this is sooner than the notice in your listing',
  closed: 'your hours for this support do not cover it',
  full: 'nobody in your team is free then',
}
/** Named one by one; more are counted. */
const NAMED = 3

/**
 * The provider offers other times, which are checked first, because an offer that could not be taken helps nobody.
 * @throws INVALID beside the date when any of them could not be kept; STALE_STATE when new bookings are stopped or it was
 *   answered meanwhile
 */
export async function offerOtherTimes(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { bookingId: string; offer: z.output<typeof counterSchema> },
): Promise<void> {
  const { message, ...times } = input.offer
  const booking = await deps.db.prisma.booking.findUnique({
    where: { id: input.bookingId },
    select: { id: true, personId: true, providerId: true, state: true, terms: true },
  })
  if (!booking || booking.state === 'draft') throw notFound()
  requireProvider(actor, booking.providerId, 'answer')
  const now = deps.clock.now()
  if (booking.state === 'requested') {
    const typed = { ...times, personId: booking.personId, note: '' }
    const choices = choicesOf(readTimes(typed, termsSchema.parse(booking.terms), now))
    const facts = await readAskFacts(deps.db, booking.id, booking.personId, now.toString(), choices)
    if (!facts) throw notFound()
    const { refused, stopped } = propose(facts, now)
    if (stopped === 'not_offered' || stopped === 'not_bookable')
      throw new DomainError(
        'STALE_STATE',
        'This support takes no new bookings just now, so they could not say yes to another time. Open it again first, or answer this request as it is.',
      )
    if (refused.length > 0) {
      const named = refused.slice(0, NAMED).map(({ date, problem }) => {
        const day = longDate(Temporal.PlainDate.from(date), { year: false })
        return `${day}: ${WHY[problem]}.`
      })
      const more =
        refused.length > NAMED ? ` ${String(refused.length - NAMED)} more dates do not work either.` : ''
      const sentence = `Choose other times. ${named.join(' ')}${more}`
      throw new DomainError('INVALID', sentence, { fields: { date: [sentence] } })
    }
  }
  await counterOffer(deps, actor, { bookingId: booking.id, times: { ...times, note: '' }, message })
}
