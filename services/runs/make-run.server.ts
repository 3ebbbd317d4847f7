import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { startPayments } from '#services/settlement/payments.server.ts'
import { type DueGroup, groupDue, isPayable } from './due.rules.ts'
import { readDue } from './read-due.server.ts'
import { makeRunSchema } from './run.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface RunMade {
  runId: string
  number: number
  lines: number
  /** Pence. */
  total: number
}

/**
 * Makes a payment run: one payment for each provider, person and order that can be paid, for days up to and including
 * `untilDay`. What it was made with (supplier, order, cost code, case, account) is kept with it. Nothing leaves yet, and what
 * is in it is in no other payment until it is approved and paid, or abandoned.
 *
 * @param input.untilDay ISO date, not after today
 * @throws NOT_FOUND for all but the council's finance; INVALID; STALE_STATE when some of it was taken into another payment
 *   meanwhile: then nothing is made
 */
export async function makeRun(
  deps: Needs,
  given: Actor,
  input: { councilId: string; untilDay: string; providerIds: readonly string[] },
): Promise<RunMade> {
  const actor = requireStaffOf(given, 'money.work', input.councilId)
  const { untilDay, providerIds } = parseInput(makeRunSchema, input)
  const now = deps.clock.now()
  const until = Temporal.PlainDate.from(untilDay)
  const today = londonDate(now)
  if (Temporal.PlainDate.compare(until, today) > 0)
    throw invalid({ untilDay: [`Today is ${longDate(today)}. Choose that day or an earlier one.`] })
  return deps.db.tx(async (tx) => {
    // Whoever makes a run of this council at the same moment waits here, and gets the next number.
    await tx.$queryRaw`select 1 from council where id = ${input.councilId}::uuid for update`
    const chosen = new Set(providerIds)
    const groups = groupDue(await readDue(tx, input.councilId, until, now)).filter(
      (group) => isPayable(group) && chosen.has(group.providerId),
    )
    if (groups.length === 0)
      throw new DomainError('INVALID', 'Nothing of what you chose can be paid. Nothing was made.', {
        fields: { providerIds: ['Nothing of what you chose can be paid.'] },
      })
    const last = await tx.paymentRun.aggregate({
      where: { councilId: input.councilId },
      _max: { number: true },
    })
    const run = { id: newId(), number: (last._max.number ?? 0) + 1 }
    await tx.paymentRun.create({
      data: {
        ...run,
        councilId: input.councilId,
        untilDay: dateColumn(until),
        madeById: actor.userId,
        madeAt: toDate(now),
      },
    })
    const total = await fill(tx, now, actor, input.councilId, run.id, groups)
    await recordAudit(tx, now, actor, {
      action: 'run.made',
      subjectType: 'payment_run',
      subjectId: run.id,
      forPersonId: null,
      facts: { number: run.number, lines: groups.length, total },
    })
    return { runId: run.id, number: run.number, lines: groups.length, total }
  })
}

/** Starts the payments of a run, and keeps what each was made with. @returns the sum in pence */
async function fill(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  councilId: string,
  runId: string,
  groups: readonly DueGroup[],
): Promise<number> {
  const started = await startPayments(
    tx,
    now,
    actor,
    groups.map((group) => ({
      method: group.pence === 0 ? ('set_off' as const) : ('payment_run' as const),
      payer: { kind: 'council' as const, id: councilId },
      providerId: group.providerId,
      personId: group.personId,
      payableIds: group.payableIds,
      runId,
      orderId: group.orderId,
    })),
  )
  const kept = groups.map((group, index) => ({
    payment_id: started[index]?.id ?? '',
    position: index + 1,
    supplier_number: group.supplier ?? '',
    order_number: group.order ?? '',
    cost_code: group.costCode ?? '',
    case_reference: group.caseReference ?? '',
    payee_id: group.payeeId,
  }))
  await tx.$executeRaw`
    insert into run_line (payment_id, run_id, position, supplier_number, order_number, cost_code, case_reference, payee_id)
    select r.payment_id, ${runId}::uuid, r.position, r.supplier_number, r.order_number, r.cost_code, r.case_reference, r.payee_id
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as r (payment_id uuid, position int, supplier_number text, order_number text,
      cost_code text, case_reference text, payee_id uuid)`
  await tx.$executeRaw`
    update payable b set order_id = p.order_id from payment p
    where p.run_id = ${runId}::uuid and p.order_id is not null and b.payment_id = p.id and b.order_id is distinct from p.order_id`
  return started.reduce((sum, one) => sum + one.pence, 0)
}
