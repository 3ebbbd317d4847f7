import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { Temporal, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { lastDayOf } from './hours.rules.ts'
import { pagePerson } from './person-words.server.ts'
import { readPayingFunds } from './terms.server.ts'
import { periodWords, sheetStanding } from './words.ts'

export type AssistantsPage = Awaited<ReturnType<typeof assistantsPage>>

/**
 * Everybody whom a person employs, with what waits for a press, and the funds that could pay for somebody.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter without the scope `see_money`
 */
export async function assistantsPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const today = londonDate(deps.clock.now())
  const { prisma } = deps.db
  const [person, rows, funds] = await Promise.all([
    pagePerson(prisma, actor, personId),
    prisma.employment.findMany({
      where: { personId },
      orderBy: [{ endsOn: { sort: 'desc', nulls: 'first' } }, { startsOn: 'desc' }],
      take: 100,
      include: {
        allocation: { select: { stream: { select: { name: true } } } },
        timesheets: {
          where: { state: { not: 'paid' } },
          orderBy: { periodStartsOn: 'asc' },
          take: 6,
          include: { result: { select: { timesheetId: true } } },
        },
      },
    }),
    readPayingFunds(prisma, personId, today),
  ])
  return {
    person,
    mayManage: may(actor, personId, 'manage_money'),
    funds: funds.filter(({ refuses }) => refuses === null).map(({ id, name }) => ({ id, name })),
    assistants: rows.map((row) => {
      const employed = { startsOn: plainDateOf(row.startsOn), endsOn: row.endsOn && plainDateOf(row.endsOn) }
      const ended = employed.endsOn !== null && Temporal.PlainDate.compare(employed.endsOn, today) < 0
      return {
        id: row.id,
        name: row.assistantName,
        fund: row.allocation.stream.name,
        since: longDate(employed.startsOn),
        ended: ended && employed.endsOn ? longDate(employed.endsOn) : null,
        sheets: row.timesheets.map((sheet) => {
          const period = {
            startsOn: plainDateOf(sheet.periodStartsOn),
            endsOn: plainDateOf(sheet.periodEndsOn),
          }
          const over = Temporal.PlainDate.compare(today, lastDayOf(period, employed)) >= 0
          return {
            id: sheet.id,
            period: periodWords(period),
            ...sheetStanding({ state: sheet.state, worked: sheet.result !== null, over }, 'employer'),
          }
        }),
      }
    }),
  }
}
