import type { Tx } from '#services/db/client.server.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { plainDateOf, type Temporal } from '#services/kernel/time.ts'
import { type Owed, collectable, owedByWeek } from './owed.rules.ts'

/** Twenty years of weeks. */
const MOST_WEEKS = 1_100
const MOST = 200

export interface WeekRow {
  id: string
  monday: string
  charged: number
  costPence: number
  assessedPence: number
  chargedPence: number
  round: number
}

export interface Standing {
  owed: Owed<WeekRow>
  payments: Awaited<ReturnType<typeof readPayments>>
  disputes: Awaited<ReturnType<typeof readDisputes>>
  /** Said to be sent, or being collected. */
  onItsWay: Pence
  /** The unpaid part of what the person says is wrong, until that is answered. */
  disputed: Pence
  /** What may be asked for now. */
  collectable: Pence
}

const readPayments = (tx: Tx, personId: string, councilId: string) =>
  tx.contributionPayment.findMany({
    where: { personId, councilId },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
const readDisputes = (tx: Tx, personId: string, councilId: string) =>
  tx.contributionDispute.findMany({
    where: { personId, councilId },
    orderBy: [{ raisedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })

/** How a person stands with a council for council-paid care: what each week came to, what of it is owed, and why it waits. */
export async function readStanding(
  tx: Tx,
  personId: string,
  councilId: string,
  today: Temporal.PlainDate,
): Promise<Standing> {
  const rows = await tx.contributionWeek.findMany({
    where: { personId, councilId },
    orderBy: { weekStartsOn: 'desc' },
    take: MOST_WEEKS,
  })
  const paid = await tx.contributionPayment.aggregate({
    where: { personId, councilId, state: 'confirmed' },
    _sum: { pence: true },
  })
  const letGo = await tx.contributionDispute.aggregate({
    where: { personId, councilId, kind: 'write_off', state: 'agreed' },
    _sum: { pence: true },
  })
  const moving = await tx.contributionPayment.aggregate({
    where: {
      personId,
      councilId,
      OR: [
        { state: { in: ['sent', 'needs_you'] } },
        // A transfer that is only meant to be made is not on its way; a collection that was announced is.
        { state: 'started', method: { in: ['card', 'direct_debit'] } },
      ],
    },
    _sum: { pence: true },
  })
  const payments = await readPayments(tx, personId, councilId)
  const disputes = await readDisputes(tx, personId, councilId)
  const owed = owedByWeek(
    rows.map(({ id, weekStartsOn, costPence, assessedPence, chargedPence, round }) => ({
      id,
      monday: plainDateOf(weekStartsOn).toString(),
      charged: chargedPence,
      costPence,
      assessedPence,
      chargedPence,
      round,
    })),
    (paid._sum.pence ?? 0) + (letGo._sum.pence ?? 0),
    today.toString(),
  )
  const disputed = disputedPart(owed, disputes)
  const onItsWay = pence(moving._sum.pence ?? 0)
  return {
    owed,
    payments,
    disputes,
    onItsWay,
    disputed,
    collectable: collectable(owed.total, onItsWay, disputed),
  }
}

/** What is not collected meanwhile: the unpaid part of each week that is questioned, or what was owed when all was. */
function disputedPart(
  owed: Owed<WeekRow>,
  disputes: readonly { kind: string; state: string; pence: number; weekStartsOn: Date | null }[],
): Pence {
  const open = disputes.filter(({ kind, state }) => kind === 'dispute' && state === 'open')
  const sum = open.reduce((all, one) => all + unpaidPartOf(owed, one), 0)
  return pence(Math.min(owed.total, sum))
}

/** The part of a question that is still unpaid. */
export function unpaidPartOf(
  owed: Owed<WeekRow>,
  dispute: { pence: number; weekStartsOn: Date | null },
): Pence {
  if (!dispute.weekStartsOn) return pence(Math.min(owed.total, dispute.pence))
  const monday = plainDateOf(dispute.weekStartsOn).toString()
  return owed.weeks.find((week) => week.monday === monday)?.owed ?? pence(0)
}
