import { categoryOf } from '#services/catalogue/categories.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId, shortReference } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { statementLines } from './statement-lines.server.ts'
import { type PersonFund, readFunds } from './read-funds.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const MOST_LINES = 200

export interface VoucherView {
  id: string
  /** To read out on the telephone. */
  number: string
  name: string
  funder: string
  /** All in pence. */
  value: number
  used: number
  setAside: number
  left: number
  /** What was not used by its end, and went back to the funder. */
  wentBack: number
  until: string
  standing: { tone: 'plain' | 'asked' | 'done' | 'stop'; words: string }
  usable: boolean
  canBuy: string
  cannot: string
  /** Plain names of the kinds of support it pays for; empty: any that its rules do not name. */
  kinds: string[]
}

function voucherOf(fund: PersonFund, today: Temporal.PlainDate): VoucherView {
  const { allocation, balances } = fund
  const { stream } = allocation
  const value = Number(allocation.agreedPence)
  const ended = today.until(fund.endsOn).days < 0
  const begun = today.until(fund.startsOn).days <= 0
  return {
    id: allocation.id,
    number: shortReference(allocation.id),
    name: stream.name,
    funder: stream.funder,
    value,
    used: balances.spent,
    setAside: balances.held,
    left: balances.available,
    wentBack: ended ? Math.max(0, value - balances.funded) : 0,
    until: longDate(fund.endsOn),
    standing: standingOf(fund, { ended, begun }),
    usable: begun && !ended && balances.available > 0,
    canBuy: `It can pay for ${stream.canBuy.replace(/\.$/, '')}.`,
    cannot: stream.refusalReason,
    kinds: stream.allowedCategories.map((code) => categoryOf(code).name),
  }
}

function standingOf(
  { balances, startsOn, endsOn }: PersonFund,
  { ended, begun }: { ended: boolean; begun: boolean },
): VoucherView['standing'] {
  if (ended) return { tone: 'stop', words: `It ended on ${longDate(endsOn)}` }
  if (!begun) return { tone: 'plain', words: `It begins on ${longDate(startsOn)}` }
  if (balances.available === 0)
    return { tone: 'plain', words: balances.held > 0 ? 'All used or set aside' : 'All used' }
  return { tone: 'done', words: `${pounds(balances.available)} left, until ${longDate(endsOn)}` }
}

const newestFirst = (a: PersonFund, b: PersonFund): number =>
  a.endsOn.toString() < b.endsOn.toString() ? 1 : -1

async function vouchersOf(deps: Needs, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const now = deps.clock.now()
  const [person, funds] = await Promise.all([
    deps.db.prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { name: true, shortName: true },
    }),
    readFunds(deps.db.prisma, personId, now),
  ])
  const today = londonDate(now)
  return {
    today,
    person: { ...person, self: !(actor.kind === 'user' && actor.actingFor) },
    vouchers: funds.filter(({ allocation }) => allocation.stream.kind === 'voucher').sort(newestFirst),
  }
}

/** All vouchers of a person. @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without the scope `see_money` */
export async function vouchersPage(deps: Needs, actor: Actor) {
  const { today, person, vouchers } = await vouchersOf(deps, actor)
  return { person, vouchers: vouchers.map((fund) => voucherOf(fund, today)) }
}

/**
 * One voucher, to read or to print: its value, what is left, until when, what it can buy, and what it paid for so far.
 * @throws as `vouchersPage`; NOT_FOUND for what is no voucher of theirs
 */
export async function voucherPage(deps: Needs, actor: Actor, allocationId: string) {
  const { today, person, vouchers } = await vouchersOf(deps, actor)
  const fund = isId(allocationId)
    ? vouchers.find(({ allocation }) => allocation.id === allocationId)
    : undefined
  if (!fund) throw notFound()
  const { lines } = await statementLines(
    deps.db.prisma,
    [fund],
    { from: null, until: null },
    { moved: true, limit: MOST_LINES, offset: 0 },
  )
  return { person, today: longDate(today), voucher: voucherOf(fund, today), lines }
}
