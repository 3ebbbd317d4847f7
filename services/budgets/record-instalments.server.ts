import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireText, textOf } from '#services/bank/read-bank-file.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { readCsv } from '#services/kernel/csv.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { shortReference } from '#services/kernel/ids.ts'
import { parsePounds, pence } from '#services/kernel/money.ts'
import { Temporal, fromDate, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { NOT_THE_COUNCILS, requireInstalmentWorker } from './council-instalments.policy.ts'
import {
  INSTALMENT_COLUMNS,
  type KnownInstalment,
  type Refused,
  readInstalmentRows,
  sameReference,
} from './instalment-file.rules.ts'
import { arriveInstalment } from './receive-instalments.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export const recordInstalmentsSchema = z.object({
  instalmentIds: z.array(z.uuid()).min(1, 'Choose what was paid').max(100),
  on: z.iso.date({ error: 'Enter the day on which it was paid' }),
  /** As typed; empty when each was paid as it was due. */
  amount: z.string(),
})

const refuse = (field: string, sentence: string): never => {
  throw new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })
}

/** Of a council's own schemes, where the money travels, and which the person does not pay in themselves. */
const theirs = (councilIds: readonly string[]) => ({
  deployment: { notIn: ['council_managed' as const, 'adviser_held' as const] },
  towardsId: null,
  stream: { councilId: { in: [...councilIds] }, kind: { notIn: [...NOT_THE_COUNCILS] } },
})

/**
 * Finance says by hand that instalments were paid on a day. What was recorded meanwhile is left as it is.
 * @returns how many arrived now
 * @throws SIGN_IN, NOT_FOUND, SECOND_STEP; INVALID beside a field: a day to come, an amount that is none, one amount for several
 */
export async function recordInstalments(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof recordInstalmentsSchema>,
): Promise<number> {
  const councilIds = requireInstalmentWorker(actor)
  const { instalmentIds, on, amount } = recordInstalmentsSchema.parse(input)
  const now = deps.clock.now()
  const day = Temporal.PlainDate.from(on)
  const today = londonDate(now)
  if (today.until(day).days > 0) refuse('on', 'This day is in the future. Enter the day on which it was paid')
  if (day.until(today).days > 366) refuse('on', 'This is more than a year ago. Enter a day of the last year')
  const came = amount.trim() === '' ? null : parsePounds(amount)
  if (amount.trim() !== '' && (came === null || came <= 0))
    refuse('amount', 'Enter an amount such as 420 or 420.00')
  const ids = [...new Set(instalmentIds)].sort()
  if (came !== null && ids.length > 1)
    refuse('amount', 'One amount is of one payment. Tick that one alone, or leave the amount empty')
  return deps.db.tx(async (tx) => {
    const known = await tx.instalment.count({ where: { id: { in: ids }, allocation: theirs(councilIds) } })
    if (known !== ids.length) throw notFound()
    let arrived = 0
    for (const id of ids) {
      const done = await arriveInstalment(tx, now, actor, id, {
        source: 'hand',
        on: day,
        ...(came === null ? {} : { pence: came }),
      })
      if (done) arrived += 1
    }
    return arrived
  })
}

export interface InstalmentsImported {
  /** Rows that could be read. */
  rows: number
  arrived: number
  /** Of those that arrived: paid another sum than was due. */
  different: number
  known: number
  refused: Refused[]
}

/** A row an instalment: so many fit one file and one transaction. */
const MOST_ROWS = 2_000

/**
 * Finance brings the file of direct payments that were sent: reference of the fund, day, amount. The same file twice changes
 * nothing; rows that are double, unknown or cannot be read are named by their line, and the others count all the same.
 * @throws SIGN_IN, NOT_FOUND, SECOND_STEP; INVALID beside `file` when it is no CSV or lacks a column
 */
export async function importInstalments(
  deps: Needs,
  actor: Actor,
  file: { content: Uint8Array },
): Promise<InstalmentsImported> {
  const councilIds = requireInstalmentWorker(actor)
  const now = deps.clock.now()
  requireText(file.content)
  const table = readCsv(textOf(file.content), INSTALMENT_COLUMNS, { mostRows: MOST_ROWS })
  return deps.db.tx(async (tx) => {
    const funds = await fundsByReference(
      tx,
      councilIds,
      new Set(table.rows.map(({ cells }) => sameReference(cells.reference))),
    )
    const read = readInstalmentRows(table.rows, funds, londonDate(now))
    let arrived = 0
    let different = 0
    for (const one of [...read.arrive].sort((a, b) => (a.instalmentId < b.instalmentId ? -1 : 1))) {
      const done = await arriveInstalment(tx, now, actor, one.instalmentId, {
        source: 'file',
        pence: pence(one.pence),
        on: one.on,
      })
      if (!done) continue
      arrived += 1
      if (one.pence !== one.due) different += 1
    }
    const refused = [
      ...table.problems.map(({ line, says }) => ({
        line,
        why: says.charAt(0).toLowerCase() + says.slice(1).replace(/\.$/, ''),
      })),
      ...read.refused,
    ].sort((a, b) => a.line - b.line)
    await recordAudit(tx, now, actor, {
      action: 'instalments.imported',
      subjectType: 'council',
      subjectId: councilIds[0] ?? '',
      facts: {
        rows: table.rows.length,
        arrived,
        different,
        known: read.known.length,
        refused: refused.length,
      },
    })
    return { rows: table.rows.length, arrived, different, known: read.known.length, refused }
  })
}

/** Funds of these councils by their reference, with what came lately and what is still to come, in the order of their days. */
async function fundsByReference(
  tx: Tx,
  councilIds: readonly string[],
  wanted: ReadonlySet<string>,
): Promise<Map<string, KnownInstalment[] | null>> {
  const ids = await tx.allocation.findMany({
    where: theirs(councilIds),
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 50_000,
  })
  const result = new Map<string, KnownInstalment[] | null>()
  const referenceOf = new Map<string, string>()
  for (const { id } of ids) {
    const reference = sameReference(shortReference(id))
    if (!wanted.has(reference)) continue
    // Two funds of one short name, which is rare: a person says which.
    result.set(reference, result.has(reference) ? null : [])
    referenceOf.set(id, reference)
  }
  const rows = await tx.instalment.findMany({
    where: { allocationId: { in: [...referenceOf.keys()] } },
    orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
    take: 50_000,
  })
  for (const row of rows)
    result.get(referenceOf.get(row.allocationId) ?? '')?.push({
      id: row.id,
      allocationId: row.allocationId,
      dueOn: plainDateOf(row.dueOn).toString(),
      pence: row.pence,
      arrived: row.arrivedAt
        ? { on: londonDate(fromDate(row.arrivedAt)).toString(), pence: row.arrivedPence ?? row.pence }
        : null,
    })
  return result
}

export const arrivalSettingSchema = z.object({
  councilId: z.uuid(),
  arrive: z.enum(['schedule', 'recorded'], { error: 'Choose how it is known' }),
})

/**
 * How a council's direct payments are known to arrive: on their day, or when finance or a file says so.
 * @throws SIGN_IN, NOT_FOUND for another council, SECOND_STEP
 */
export async function chooseArrival(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof arrivalSettingSchema>,
): Promise<void> {
  const councilIds = requireInstalmentWorker(actor)
  const { councilId, arrive } = arrivalSettingSchema.parse(input)
  if (!councilIds.includes(councilId)) throw notFound()
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await tx.councilMoney.upsert({
      where: { councilId },
      create: { councilId, instalmentsArrive: arrive, updatedAt: toDate(now) },
      update: { instalmentsArrive: arrive, updatedAt: toDate(now) },
      select: { councilId: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'council.instalments_arrive',
      subjectType: 'council',
      subjectId: councilId,
      forPersonId: null,
      facts: { arrive },
    })
  })
}
