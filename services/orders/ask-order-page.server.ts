import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { dateColumn, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

/**
 * What a person asks the council to order, from a booking that it would have to pay for: the funds that it pays from, and
 * what was asked for already.
 * @throws SIGN_IN; NOT_FOUND for a booking that is not theirs; FORBIDDEN for a supporter without the scope `book`
 */
export async function askOrderPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, bookingId: string) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'book')
  const booking = await deps.db.prisma.booking.findFirst({
    where: { id: bookingId, personId },
    select: {
      id: true,
      categoryCode: true,
      providerId: true,
      provider: { select: { name: true } },
      version: { select: { title: true } },
      person: { select: { shortName: true, council: { select: { name: true, phone: true } } } },
    },
  })
  if (!booking) throw notFound()
  const today = dateColumn(londonDate(deps.clock.now()))
  const [category, funds, asked] = await Promise.all([
    deps.db.prisma.category.findUnique({ where: { code: booking.categoryCode }, select: { name: true } }),
    deps.db.prisma.allocation.findMany({
      where: { personId, deployment: { in: ['council_managed', 'adviser_held'] }, endsOn: { gte: today } },
      select: { id: true, stream: { select: { name: true } } },
      orderBy: [{ endsOn: 'asc' }, { id: 'asc' }],
      take: 20,
    }),
    deps.db.prisma.councilOrder.findFirst({
      where: {
        personId,
        providerId: booking.providerId,
        categoryCode: booking.categoryCode,
        state: 'asked',
      },
      select: { id: true },
    }),
  ])
  return {
    bookingId: booking.id,
    person: {
      id: personId,
      shortName: booking.person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    council: booking.person.council,
    provider: { id: booking.providerId, name: booking.provider.name },
    title: booking.version.title,
    category: { code: booking.categoryCode, name: category?.name ?? '' },
    funds: funds.map(({ id, stream }) => ({ id, name: stream.name })),
    waiting: asked !== null,
  }
}
