import type { Tx } from '#services/db/client.server.ts'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { system } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { allocationAdjusted } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'

const AT_ONCE = 200
/** A visit or purchase of a voucher's last days is settled, or given up, well within this. */
const LOOKED_AT_FOR = 400

/**
 * Job: what is left of a voucher goes back to its funder the day after its last one. What is set aside stays, for visits
 * that are still to be settled and purchases still to be paid; what they free later goes back on the day after that.
 * A voucher whose rules carry it over is left alone.
 * @returns how many vouchers gave something back
 */
export async function endVouchers(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const today = londonDate(now)
  let done = 0
  let after: string | null = null
  for (;;) {
    const ended: Awaited<ReturnType<typeof readEnded>> = await readEnded(deps.db.prisma, today, after)
    const balances = await readBalances(
      deps.db.prisma,
      ended.map(({ id }) => id),
    )
    for (const voucher of ended)
      if ((balances.get(voucher.id)?.available ?? 0) > 0 && (await giveBack(deps, now, voucher))) done += 1
    const last = ended.at(-1)
    if (!last || ended.length < AT_ONCE) return done
    after = last.id
  }
}

const readEnded = (tx: Tx, today: Temporal.PlainDate, after: string | null) =>
  tx.allocation.findMany({
    where: {
      stream: { kind: 'voucher', carryOver: 'none' },
      endsOn: { lt: dateColumn(today), gte: dateColumn(today.subtract({ days: LOOKED_AT_FOR })) },
      ...(after ? { id: { gt: after } } : {}),
    },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
    select: { id: true, personId: true, endsOn: true, stream: { select: { name: true, funder: true } } },
  })
type Ended = Awaited<ReturnType<typeof readEnded>>[number]

async function giveBack(deps: Pick<Deps, 'db'>, now: Temporal.Instant, voucher: Ended): Promise<boolean> {
  const actor = system('end_vouchers')
  const { name, funder } = voucher.stream
  try {
    return await deps.db.tx(async (tx) => {
      const left = (await readBalances(tx, [voucher.id])).get(voucher.id)?.available ?? pence(0)
      if (left === 0) return false
      const journal = {
        // Once a day at most: two runs at once give back once.
        ...allocationAdjusted(`voucher_ended:${voucher.id}:${londonDate(now).toString()}`, voucher.id, left),
        note: 'it ended, and what was left went back',
      }
      const [posted] = await postJournals(tx, now, actor, [journal])
      if (!posted?.created) return false
      await recordAudit(tx, now, actor, {
        action: 'voucher.ended',
        subjectType: 'allocation',
        subjectId: voucher.id,
        forPersonId: voucher.personId,
        facts: { pence: left },
      })
      await tell(tx, now, [
        {
          to: { personId: voucher.personId },
          kind: 'budget.voucher_ended',
          title: `${name} has ended`,
          body: `${pounds(left)} was not used by ${longDate(plainDateOf(voucher.endsOn))} and went back to ${funder}. What is booked with it still stands.`,
          path: `/my/money/vouchers/${voucher.id}`,
          subjectId: voucher.id,
        },
      ])
      return true
    })
  } catch (error) {
    // Something else moved its money at this moment, or more came free today: tomorrow's run sees how it stands.
    if (isDomainError(error)) return false
    throw error
  }
}
