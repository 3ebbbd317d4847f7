import { z } from 'zod'
import { councilInView } from '#services/accounts/staff.policy.ts'
import { finalQuote } from '#services/bookings/quote.rules.ts'
import { termsSchema } from '#services/bookings/terms.schema.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile, csvNumber } from '#services/kernel/csv.ts'
import { duration, fromDate, inLondon, londonDate, longDate, visitTime } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const MOST = 200

/**
 * Files of actual times that were imported, and visits that were longer than booked and wait for somebody.
 * @throws SIGN_IN; NOT_FOUND for all but the council's finance
 */
export async function monitoringPage(deps: Pick<Deps, 'db'>, actor: Actor, council: string | null) {
  const { councilId } = councilInView(actor, 'money.read', council)
  const [imports, waiting] = await Promise.all([
    deps.db.prisma.monitoringImport.findMany({
      where: { councilId },
      orderBy: { importedAt: 'desc' },
      include: { _count: { select: { lines: true } } },
      take: 50,
    }),
    deps.db.prisma.monitoringLine.findMany({
      where: { state: 'waits', import: { councilId } },
      include: {
        visit: {
          select: {
            startsAt: true,
            endsAt: true,
            minutes: true,
            quotedPence: true,
            booking: {
              select: {
                terms: true,
                person: { select: { name: true } },
                provider: { select: { name: true } },
              },
            },
          },
        },
      },
      orderBy: { id: 'asc' },
      take: MOST,
    }),
  ])
  return {
    councilId,
    imports: imports.map((one) => ({
      id: one.id,
      fileName: one.fileName,
      day: londonDate(fromDate(one.importedAt)).toString(),
      importedOn: longDate(londonDate(fromDate(one.importedAt))),
      rows: one.rows,
      used: one._count.lines,
    })),
    waiting: waiting.map(({ id, minutes, visit }) => {
      const startsAt = fromDate(visit.startsAt)
      const terms = termsSchema.parse(visit.booking.terms)
      return {
        id,
        person: visit.booking.person.name,
        provider: visit.booking.provider.name,
        when: visitTime(startsAt, fromDate(visit.endsAt)),
        booked: duration(visit.minutes),
        was: duration(minutes),
        quoted: visit.quotedPence,
        cost: finalQuote(terms, startsAt, visit.minutes, minutes, true).total,
      }
    }),
  }
}

export async function importsCsv(deps: Pick<Deps, 'db'>, actor: Actor, council: string | null) {
  const { imports } = await monitoringPage(deps, actor, council)
  return {
    filename: 'monitoring-files.csv',
    csv: csvFile(
      ['File', 'Imported on', 'Lines', 'Used'],
      imports.map((one) => [one.fileName, one.day, csvNumber(one.rows), csvNumber(one.used)]),
    ),
  }
}

const row = z.object({
  id: z.string(),
  supplier: z.string().nullable(),
  provider: z.string(),
  caseReference: z.string().nullable(),
  startsAt: z.date(),
  minutes: z.number(),
})
const WEEKS = 6

/**
 * The visits of the last weeks that the council pays for and nobody has confirmed, as a file for the system that measures them: with
 * our reference of each, and no name of a person.
 */
export async function visitsToMonitorCsv(deps: Needs, actor: Actor, council: string | null) {
  const { councilId } = councilInView(actor, 'money.read', council)
  const now = deps.clock.now()
  const [from, until] = [
    new Date(now.subtract({ hours: WEEKS * 7 * 24 }).epochMilliseconds),
    new Date(now.epochMilliseconds),
  ]
  const visits = z.array(row).parse(
    await deps.db.prisma.$queryRaw`
      select v.id::text, s.number as supplier, o.name as provider, v.starts_at as "startsAt", v.minutes,
        (select l.case_reference from plan_line l join funding_line f on f.allocation_id = l.allocation_id
          where f.visit_id = v.id and l.case_reference is not null order by l.starts_on desc limit 1) as "caseReference"
      from visit v join person p on p.id = v.person_id join provider o on o.id = v.provider_id join booking b on b.id = v.booking_id
      left join council_supplier s on s.council_id = p.council_id and s.provider_id = v.provider_id
      where p.council_id = ${councilId}::uuid and b.state in ('accepted', 'paused', 'ended') and v.state in ('planned', 'started', 'delivered')
        and v.paused_at is null and v.starts_at between ${from} and ${until}
        and (select bool_and(a.deployment in ('council_managed', 'adviser_held')) from funding_line f join allocation a on a.id = f.allocation_id
          where f.visit_id = v.id and f.state <> 'released')
      order by v.starts_at, v.id limit 10000`,
  )
  return {
    filename: 'visits-to-monitor.csv',
    csv: csvFile(
      ['Visit', 'Provider', 'Case', 'Date', 'Start', 'Booked minutes', 'Minutes'],
      visits.map((one) => {
        const start = inLondon(fromDate(one.startsAt))
        return [
          one.id,
          one.supplier ?? one.provider,
          one.caseReference ?? '',
          start.toPlainDate().toString(),
          start.toPlainTime().toString().slice(0, 5),
          csvNumber(one.minutes),
          '',
        ]
      }),
    ),
  }
}
