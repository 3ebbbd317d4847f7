import { rangeWords } from '#services/availability/hours-words.ts'
import type { Db } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type Temporal, dateColumn } from '#services/kernel/time.ts'
import { planOf } from './keep-own-plan.server.ts'
import { goesOn, hoursOf, isStillOpen } from './own-plan.rules.ts'

const MOST = 200

/** Free support in one week of a person, by ISO day; what the reader may not see is not there. */
export async function weekPlans(db: Db, actor: Actor, personId: string, monday: Temporal.PlainDate) {
  const days = Array.from({ length: 7 }, (_, index) => monday.add({ days: index }))
  const rows = await db.asActor(actor, (tx) =>
    tx.ownPlan.findMany({
      where: {
        personId,
        firstOn: { lte: dateColumn(monday.add({ days: 6 })) },
        OR: [
          { weekly: true, OR: [{ lastOn: null }, { lastOn: { gte: dateColumn(monday) } }] },
          { weekly: false, firstOn: { gte: dateColumn(monday) } },
        ],
      },
      orderBy: [{ fromMinute: 'asc' }, { id: 'asc' }],
      take: MOST,
      include: {
        service: {
          include: {
            currentVersion: { select: { title: true } },
            provider: true,
            rules: true,
            exceptions: true,
          },
        },
      },
    }),
  )
  return (day: string) =>
    days.some((one) => one.toString() === day)
      ? rows.flatMap((row) => {
          const plan = planOf(row)
          if (!goesOn(plan, day)) return []
          const { service } = row
          const listed = service.state === 'published'
          return [
            {
              id: row.id,
              day,
              weekly: row.weekly,
              fromMinute: row.fromMinute,
              title: service.currentVersion?.title ?? '',
              href: listed ? `/services/${service.slug}` : null,
              time: rangeWords(row.fromMinute, row.untilMinute),
              provider: {
                id: service.provider.id,
                name: service.provider.name,
                kind: service.provider.kind,
                phone: service.provider.phone,
              },
              warning: !listed
                ? 'It is not listed any more. Ring them before you go.'
                : isStillOpen(hoursOf(service), plan, day)
                  ? null
                  : 'They say that they are closed then. Ring them before you go.',
            },
          ]
        })
      : []
}
