import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { Temporal, londonDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { hoursWords, lastDayOf, noHours } from './hours.rules.ts'
import { readHours } from './read-hours.server.ts'
import { periodWords, sheetStanding } from './words.ts'

/** More pay periods than three years have. */
const MOST = 40

/**
 * An assistant's own pay periods, by who employs them, newest first. Nothing else of the employer is on it.
 * @throws SIGN_IN; FORBIDDEN while acting for somebody
 */
export async function myHoursPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actor.actingFor)
    throw new DomainError(
      'FORBIDDEN',
      `You are acting for ${actor.actingFor.personName}. Go back to your own pages to see your own hours.`,
    )
  const today = londonDate(deps.clock.now())
  const { prisma } = deps.db
  const rows = await prisma.employment.findMany({
    where: { assistantUserId: actor.userId },
    orderBy: { startsOn: 'desc' },
    take: MOST,
    include: {
      person: { select: { shortName: true } },
      timesheets: { orderBy: { periodStartsOn: 'desc' }, take: MOST },
    },
  })
  const hours = await readHours(
    prisma,
    rows.flatMap(({ timesheets }) => timesheets.map(({ id }) => id)),
  )
  return {
    jobs: rows.map((row) => {
      const employed = { startsOn: plainDateOf(row.startsOn), endsOn: row.endsOn && plainDateOf(row.endsOn) }
      return {
        id: row.id,
        employer: row.person.shortName,
        sheets: row.timesheets.map((sheet) => {
          const period = {
            startsOn: plainDateOf(sheet.periodStartsOn),
            endsOn: plainDateOf(sheet.periodEndsOn),
          }
          const sum = hours.get(sheet.id) ?? noHours()
          const over = Temporal.PlainDate.compare(today, lastDayOf(period, employed)) >= 0
          return {
            id: sheet.id,
            period: periodWords(period),
            hours: sum.worked + sum.holiday + sum.sick > 0 ? hoursWords(sum) : null,
            ...sheetStanding({ state: sheet.state, worked: false, over }, 'assistant'),
          }
        }),
      }
    }),
  }
}

/** Whether somebody has hours to write down as an assistant: for a link on their own pages. */
export async function isSomebodysAssistant(deps: Pick<Deps, 'db'>, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'user' || actor.actingFor) return false
  return (await deps.db.prisma.employment.count({ where: { assistantUserId: actor.userId } })) > 0
}
