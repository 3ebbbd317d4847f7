import { createHash } from 'node:crypto'
import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import { finalQuote } from '#services/bookings/quote.rules.ts'
import { deliverByRecord, missByRecord } from '#services/bookings/record-visits.server.ts'
import { type Terms, termsSchema } from '#services/bookings/terms.schema.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type CsvProblem, readCsv } from '#services/kernel/csv.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, fromDate, isoText, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { MONITORING_COLUMNS, type MonitoringRow, judge, readMonitoring } from './monitoring-file.rules.ts'

const found = z.object({
  line: z.number(),
  id: z.string(),
  state: z.string(),
  minutes: z.number(),
  actualMinutes: z.number().nullable(),
  quotedPence: z.number(),
  startsAt: z.date(),
  paused: z.boolean(),
  missedSaid: z.boolean(),
  councilPays: z.boolean(),
  terms: z.unknown(),
  before: z.array(z.object({ minutes: z.number(), state: z.string() })),
})
type Found = z.infer<typeof found>

/** The visits of this council's people that the rows may mean. A row may mean none, or several. */
async function findVisits(tx: Tx, councilId: string, rows: readonly MonitoringRow[]): Promise<Found[]> {
  const byWhom = rows.flatMap(({ line, key }) => ('visitId' in key ? [] : [{ line, ...key }]))
  const byId = rows.flatMap(({ line, key }) => ('visitId' in key ? [{ line, ...key }] : []))
  return z.array(found).parse(
    await tx.$queryRaw`
      with named as (
        select w.line, v.id from unnest(${byId.map(({ line }) => line)}::int[], ${byId.map(({ visitId }) => visitId)}::uuid[]) as w (line, id)
        join visit v on v.id = w.id
        union
        select w.line, v.id
        from unnest(${byWhom.map(({ line }) => line)}::int[], ${byWhom.map(({ provider }) => provider)}::text[],
          ${byWhom.map(({ caseReference }) => caseReference)}::text[], ${byWhom.map(({ startsAt }) => startsAt)}::timestamptz[]) as w (line, provider, case_reference, starts_at)
        join lateral (
          select s.provider_id from council_supplier s where s.council_id = ${councilId}::uuid and s.number = w.provider
          union select o.id from provider o where lower(o.name) = lower(w.provider)
        ) o on true
        join lateral (
          select a.person_id from plan_line l join allocation a on a.id = l.allocation_id where l.case_reference = w.case_reference
          union select c.person_id from council_order c where c.council_id = ${councilId}::uuid and c.case_reference = w.case_reference
        ) n on true
        join visit v on v.person_id = n.person_id and v.provider_id = o.provider_id and v.starts_at = w.starts_at
      )
      select w.line, v.id::text, v.state::text, v.minutes, v.actual_minutes as "actualMinutes", v.quoted_pence as "quotedPence", v.starts_at as "startsAt",
        v.paused_at is not null as paused, v.missed_said_at is not null as "missedSaid", b.terms,
        coalesce((select bool_and(a.deployment in ('council_managed', 'adviser_held')) from funding_line f join allocation a on a.id = f.allocation_id
          where f.visit_id = v.id and f.state <> 'released'), false) as "councilPays",
        coalesce((select json_agg(json_build_object('minutes', m.minutes, 'state', m.state) order by i.imported_at desc, i.id desc)
          from monitoring_line m join monitoring_import i on i.id = m.import_id where m.visit_id = v.id), '[]') as before
      from named w join visit v on v.id = w.id join booking b on b.id = v.booking_id join person p on p.id = v.person_id
      where p.council_id = ${councilId}::uuid and b.state in ('accepted', 'paused', 'ended')
      order by w.line, v.id`,
  )
}

const ENDED = ['cancelled_free', 'missed_by_provider']
/** A visit that was cancelled and booked again at the same time is not meant twice. */
function theOne(candidates: readonly Found[]): Found | 'several' | null {
  const live = candidates.filter(({ state }) => !ENDED.includes(state))
  const [first, second] = live.length > 0 ? live : candidates
  return second ? 'several' : (first ?? null)
}

const costsMore =
  (visit: Found, terms: Terms) =>
  (minutes: number): boolean =>
    finalQuote(terms, fromDate(visit.startsAt), visit.minutes, minutes, true).total > visit.quotedPence

interface Line {
  visitId: string
  minutes: number
  state: 'applied' | 'waits'
  missed: boolean
  /** Its visit has to be moved. */
  moves: boolean
}

/** What each row does, and which rows do nothing, each with why. */
function weigh(
  rows: readonly MonitoringRow[],
  visits: readonly Found[],
  now: Temporal.Instant,
): { lines: Line[]; already: number; problems: CsvProblem[] } {
  const byLine = new Map<number, Found[]>()
  for (const visit of visits) byLine.set(visit.line, [...(byLine.get(visit.line) ?? []), visit])
  const lines = new Map<string, Line>()
  const said = new Map<string, { line: number; minutes: number }>()
  const contradicted = new Set<string>()
  const problems: CsvProblem[] = []
  let already = 0
  for (const row of rows) {
    const visit = theOne(byLine.get(row.line) ?? [])
    const leave = (says: string): void => {
      problems.push({ line: row.line, says })
    }
    if (visit === null) {
      leave('No visit of your people that is booked fits this.')
      continue
    }
    if (visit === 'several') {
      leave('Several visits fit this. Give the visit reference.')
      continue
    }
    const before = said.get(visit.id)
    if (before) {
      if (before.minutes === row.minutes)
        leave(`It is in the file twice (line ${String(before.line)}); it counts once.`)
      else {
        contradicted.add(visit.id)
        leave(`Line ${String(before.line)} says another time for this visit. Neither counts.`)
      }
      continue
    }
    said.set(visit.id, { line: row.line, minutes: row.minutes })
    const terms = termsSchema.parse(visit.terms)
    const judged = judge(
      { ...visit, begun: visit.startsAt.getTime() <= now.epochMilliseconds },
      row.minutes,
      costsMore(visit, terms),
    )
    if (judged.kind === 'already') already += 1
    else if (judged.kind === 'leave') leave(judged.says)
    else
      lines.set(visit.id, {
        visitId: visit.id,
        minutes: judged.kind === 'missed' ? 0 : judged.minutes,
        state: judged.kind === 'waits' ? 'waits' : 'applied',
        missed: judged.kind === 'missed',
        moves: judged.kind === 'apply' && judged.moves,
      })
  }
  return { lines: [...lines.values()].filter(({ visitId }) => !contradicted.has(visitId)), already, problems }
}

export interface MonitoringRead {
  /** Null when the same file was imported before: nothing changed. */
  importId: string | null
  delivered: number
  missed: number
  waits: number
  /** Said before with the same minutes. */
  already: number
  problems: CsvProblem[]
}

/**
 * Imports a file of actual times (CSV: Visit, or Provider, Case, Date and Start; Minutes, 0 when nobody came) for visits that the council
 * pays for. As booked or shorter: it counts. Longer, and dearer for it: it waits until somebody approves it. What cannot be used
 * is named and left out. The same file, or the same line in another one, changes nothing.
 *
 * @throws NOT_FOUND for all but the council's finance; INVALID when it is no such file; STALE_STATE when one of the visits
 *   changed at the same moment: then nothing is done
 */
export async function importMonitoring(
  deps: Pick<Deps, 'db' | 'clock'>,
  given: Actor,
  input: { councilId: string; fileName: string; text: string },
): Promise<MonitoringRead> {
  const actor = requireStaffOf(given, 'money.work', input.councilId)
  const table = readCsv(input.text, MONITORING_COLUMNS, {
    optional: ['visit', 'provider', 'case', 'date', 'start'],
    mostRows: 5_000,
  })
  const file = readMonitoring(table.rows)
  const digest = createHash('sha256').update(input.text).digest('hex')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const council = await tx.council.findUniqueOrThrow({
      where: { id: input.councilId },
      select: { name: true },
    })
    // Two files at the same moment take turns: the second sees what the first one said.
    await tx.$queryRaw`select 1 from council where id = ${input.councilId}::uuid for update`
    const same = await tx.monitoringImport.count({ where: { councilId: input.councilId, digest } })
    if (same > 0)
      return { importId: null, delivered: 0, missed: 0, waits: 0, already: file.rows.length, problems: [] }
    const weighed = weigh(file.rows, await findVisits(tx, input.councilId, file.rows), now)
    const { lines } = weighed
    const importId = newId()
    await tx.monitoringImport.create({
      data: {
        id: importId,
        councilId: input.councilId,
        fileName: input.fileName.slice(0, 120),
        digest,
        rows: table.rows.length + table.problems.length,
        importedById: actor.userId,
        importedAt: isoText(now),
      },
    })
    await tx.monitoringLine.createMany({
      data: lines.map(({ visitId, minutes, state }) => ({
        id: newId(),
        importId,
        visitId,
        minutes,
        state,
        ...(state === 'applied' ? { decidedById: actor.userId, decidedAt: toDate(now) } : {}),
      })),
    })
    const counts = lines.filter((one) => one.state === 'applied' && !one.missed)
    await deliverByRecord(
      tx,
      now,
      actor,
      council.name,
      counts.filter(({ moves }) => moves),
    )
    const missed = lines.filter((one) => one.missed).map(({ visitId }) => visitId)
    await missByRecord(tx, now, actor, council.name, missed)
    await recordAudit(tx, now, actor, {
      action: 'monitoring.imported',
      subjectType: 'monitoring_import',
      subjectId: importId,
      forPersonId: null,
      facts: { rows: table.rows.length, delivered: counts.length, missed: missed.length },
    })
    return {
      importId,
      delivered: counts.length,
      missed: missed.length,
      waits: lines.filter(({ state }) => state === 'waits').length,
      already: weighed.already,
      problems: [...table.problems, ...file.problems, ...weighed.problems].sort((a, b) => a.line - b.line),
    }
  })
}
