/** One fund as the page shows it. Pure. */
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate } from '#services/kernel/time.ts'
import {
  type Forecast,
  type FundOutlook,
  type FundUse,
  type Warning,
  forecast,
  warnings,
} from './forecast.rules.ts'
import { receiptWords, receiptsOf } from './receipts.rules.ts'
import { HELD_WORDS } from './payer.rules.ts'
import type { JointFund } from './joint-funds.rules.ts'

const day = (date: Temporal.PlainDate): string => longDate(date, { year: false }).replace(/^\S+ /, '')
/** The year is said where it is not this one's neighbour by sense: always, when it differs. */
const dayIn = (date: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  date.year === today.year ? day(date) : longDate(date).replace(/^\S+ /, '')

const HELD_BY_HOLDER = ['individual_service_fund', 'direct_payment_managed_account']

/** 'Aldermere Council, on your card'; with the holder's name where somebody holds it. */
function heldWords({ allocation }: JointFund): string {
  if (allocation.stream.kind === 'own_money') return 'Your own money'
  const held = HELD_WORDS[allocation.deployment]
  const holder =
    HELD_BY_HOLDER.includes(allocation.deployment) && allocation.holder ? ` (${allocation.holder.name})` : ''
  return `${allocation.stream.funder}, ${held}${holder}`
}

/** What it can pay for first, then what it cannot and whose rule that is. */
function buysWords({ allocation }: JointFund): { can: string; also: string[]; cannot: string | null } {
  const { stream } = allocation
  const also: string[] = []
  if (stream.accreditedOnly) also.push('It pays accredited providers.')
  if (stream.unitCeilingPence !== null)
    also.push(`It pays up to ${pounds(stream.unitCeilingPence)} for each hour or visit.`)
  if (stream.area === 'council') also.push('It pays providers who work in your council’s area.')
  if (stream.kind !== 'own_money') also.push(receiptWords(receiptsOf(stream)))
  return {
    can: `It can pay for ${stream.canBuy.replace(/\.$/, '')}.`,
    also,
    cannot: stream.refusalReason === '' ? null : stream.refusalReason,
  }
}

/** What becomes of what is left: the rule that bites when a fund ends. */
const atItsEnd = ({ allocation: { stream } }: JointFund): string =>
  stream.kind === 'own_money'
    ? ''
    : stream.carryOver === 'all'
      ? ' What is left then goes into your next budget of this kind, if there is one.'
      : ` What is left then goes back to ${stream.funder}.`

const warningWords = (warning: Warning, fund: JointFund, today: Temporal.PlainDate) => {
  if (warning.kind === 'will_not_last')
    return {
      kind: warning.kind,
      title: 'It will not last.',
      words: `If your weeks go on like this, it runs out about ${day(warning.runsOutOn)}, and ${pounds(warning.short)} is missing by ${dayIn(fund.endsOn, today)}. You can change a visit, use another fund, or tell the council that this budget is too small.`,
    }
  const weeks = warning.weeks === 1 ? 'in one week' : `in ${String(warning.weeks)} weeks`
  return {
    kind: warning.kind,
    title: `This ends ${weeks}.`,
    words: `${pounds(warning.left)} of it has nothing planned for it yet.${atItsEnd(fund)}`,
  }
}

export interface FundView {
  id: string
  name: string
  detail: string
  agreed: number
  /** What has arrived; null where it all came at once. */
  received: number | null
  parts: { spent: number; setAside: number; left: number; keptBack: number; toCome: number }
  until: string
  begins: string | null
  next: { pence: number; on: string } | null
  nextWords: string | null
  planned: string | null
  contribution: string | null
  /** What the person pays into it: what has not come, or what is next. */
  payIn: { late: boolean; words: string } | null
  can: string
  also: string[]
  cannot: string | null
  chosen: string | null
  warnings: { kind: Warning['kind']; title: string; words: string }[]
}

/** What the council assessed: services/contributions is its one source. */
export interface Assessed {
  method: 'net_pay_in' | 'gross_invoice'
  weeklyPence: number
}

/** It is said beside the fund that it is paid towards: the council's own when it sends a bill, else a direct payment. */
function contributionWords(
  { allocation, payer, paidIn }: JointFund,
  assessed: Assessed | null,
): string | null {
  if (!assessed || allocation.stream.kind !== 'adult_social_care') return null
  const weekly = pounds(assessed.weeklyPence)
  if (assessed.method === 'gross_invoice')
    return payer.kind === 'council'
      ? `What you pay towards it: up to ${weekly} a week, never more than the care costs.`
      : null
  return payer.kind === 'council' || !paidIn ? null : `What you pay towards it: ${weekly} a week.`
}

function payInWords(fund: JointFund, today: Temporal.PlainDate): FundView['payIn'] {
  const { paidIn, balances } = fund
  if (!paidIn) return null
  if (paidIn.overdue > 0 && paidIn.overdueSince)
    return {
      late: true,
      words: `${pounds(balances.available)} now; your ${pounds(paidIn.overdue)} has not arrived. It was due on ${dayIn(paidIn.overdueSince, today)}.`,
    }
  return paidIn.next
    ? {
        late: false,
        words: `You pay in ${pounds(paidIn.next.pence)} on ${dayIn(paidIn.next.dueOn, today)}.`,
      }
    : null
}

/** What a forecast of one fund rests on. */
export function outlookOf(fund: JointFund, today: Temporal.PlainDate, use: FundUse): FundOutlook {
  const ahead = fund.booked.reduce((sum, pence) => sum + pence, 0)
  return {
    ...use,
    today,
    endsOn: fund.endsOn,
    left: fund.balances.available,
    setAside: fund.balances.held,
    promised: Math.max(0, fund.balances.held + fund.planned - ahead),
    toCome: fund.expected
      .filter((one) => one.dueOn.until(fund.endsOn).days >= 0)
      .reduce((sum, one) => sum + one.pence, 0),
    aheadFourWeeks: fund.aheadFourWeeks,
    booked: fund.booked,
    // Of money that came all at once, what the plan gives "each week" says nothing of when it is used.
    agreedWeekly: fund.allocation.cadence === 'once' ? 0 : fund.agreedWeekly,
  }
}

/** All of what came at once is used: that it does not last is no news. */
const usedUp = ({ allocation, balances, planned }: JointFund): boolean =>
  allocation.cadence === 'once' && balances.available === 0 && balances.held === 0 && planned === 0

export function fundView(
  fund: JointFund,
  today: Temporal.PlainDate,
  use: FundUse,
  assessed: Assessed | null = null,
): { view: FundView; outlook: FundOutlook; seen: Forecast | null } {
  const { allocation, balances } = fund
  const outlook = outlookOf(fund, today, use)
  const ended = today.until(fund.endsOn).days < 0
  const begun = today.until(fund.startsOn).days <= 0
  const seen = ended || !begun || usedUp(fund) ? null : forecast(outlook)
  const agreed = Number(allocation.agreedPence)
  const toCome = ended ? 0 : fund.expected.reduce((sum, one) => sum + one.pence, 0)
  const { next } = fund
  return {
    outlook,
    seen,
    view: {
      id: `f-${allocation.id}`,
      name: allocation.stream.name,
      detail: heldWords(fund),
      agreed,
      received: toCome > 0 || balances.funded !== agreed ? balances.funded : null,
      parts: {
        spent: balances.spent,
        setAside: balances.held,
        left: balances.available,
        keptBack: balances.ringFenced,
        toCome,
      },
      until: dayIn(fund.endsOn, today),
      begins: begun ? null : dayIn(fund.startsOn, today),
      next: next && !ended ? { pence: next.pence, on: dayIn(next.dueOn, today) } : null,
      nextWords: next && !ended ? `${pounds(next.pence)} on ${dayIn(next.dueOn, today)}` : null,
      planned:
        fund.planned > 0
          ? `${pounds(fund.planned)} of the money still to come is planned for visits that are asked for or booked.`
          : null,
      contribution: contributionWords(fund, assessed),
      payIn: ended ? null : payInWords(fund, today),
      ...buysWords(fund),
      chosen: chosenWords(fund),
      warnings: ended ? [] : warnings(outlook, seen).map((warning) => warningWords(warning, fund, today)),
    },
  }
}

/** The person's choice of how it is held, their reason, and who explained the others. */
function chosenWords({ allocation }: JointFund): string | null {
  if (allocation.stream.kind === 'own_money') return null
  const by = allocation.explainedBy ? ` ${allocation.explainedBy} explained the other ways.` : ''
  if (!allocation.chosen) return `This way of holding it was set for you.${by}`
  if (!allocation.chosenBecause && !by) return null
  const because = allocation.chosenBecause
    ? `You chose this way of holding it: “${allocation.chosenBecause.replace(/\.$/, '')}.”`
    : 'You chose this way of holding it.'
  return `${because}${by}`
}
