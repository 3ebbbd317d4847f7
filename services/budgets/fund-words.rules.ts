/** One fund as the page shows it. Pure. */
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate } from '#services/kernel/time.ts'
import { type Forecast, type FundOutlook, type Warning, forecast, warnings } from './forecast.rules.ts'
import { HELD_WORDS } from './payer.rules.ts'
import type { PersonFund } from './read-funds.server.ts'

const day = (date: Temporal.PlainDate): string => longDate(date, { year: false }).replace(/^\S+ /, '')
/** The year is said where it is not this one's neighbour by sense: always, when it differs. */
const dayIn = (date: Temporal.PlainDate, today: Temporal.PlainDate): string =>
  date.year === today.year ? day(date) : longDate(date).replace(/^\S+ /, '')

const HELD_BY_HOLDER = ['individual_service_fund', 'direct_payment_managed_account']

/** 'Aldermere Council, on your card'; with the holder's name where somebody holds it. */
function heldWords({ allocation }: PersonFund): string {
  if (allocation.stream.kind === 'own_money') return 'Your own money'
  const held = HELD_WORDS[allocation.deployment]
  const holder =
    HELD_BY_HOLDER.includes(allocation.deployment) && allocation.holder ? ` (${allocation.holder.name})` : ''
  return `${allocation.stream.funder}, ${held}${holder}`
}

/** What it can pay for first, then what it cannot and whose rule that is. */
function buysWords({ allocation }: PersonFund): { can: string; also: string[]; cannot: string | null } {
  const { stream } = allocation
  const also: string[] = []
  if (stream.accreditedOnly) also.push('It pays accredited providers.')
  if (stream.unitCeilingPence !== null)
    also.push(`It pays up to ${pounds(stream.unitCeilingPence)} for each hour or visit.`)
  return {
    can: `It can pay for ${stream.canBuy.replace(/\.$/, '')}.`,
    also,
    cannot: stream.refusalReason === '' ? null : stream.refusalReason,
  }
}

const warningWords = (warning: Warning, fund: PersonFund, today: Temporal.PlainDate) => {
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
    words: `${pounds(warning.left)} of it has nothing planned for it yet.`,
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
  can: string
  also: string[]
  cannot: string | null
  chosen: string | null
  warnings: { kind: Warning['kind']; title: string; words: string }[]
}

export function outlookOf(fund: PersonFund, today: Temporal.PlainDate, spentFourWeeks: number): FundOutlook {
  return {
    today,
    endsOn: fund.endsOn,
    left: fund.balances.available,
    setAside: fund.balances.held,
    toCome: fund.expected
      .filter((one) => one.dueOn.until(fund.endsOn).days >= 0)
      .reduce((sum, one) => sum + one.pence, 0),
    aheadFourWeeks: fund.aheadFourWeeks,
    spentFourWeeks,
  }
}

export function fundView(
  fund: PersonFund,
  today: Temporal.PlainDate,
  spentFourWeeks: number,
): { view: FundView; outlook: FundOutlook; seen: Forecast | null } {
  const { allocation, balances } = fund
  const outlook = outlookOf(fund, today, spentFourWeeks)
  const ended = today.until(fund.endsOn).days < 0
  const begun = today.until(fund.startsOn).days <= 0
  const seen = ended || !begun ? null : forecast(outlook)
  const agreed = Number(allocation.agreedPence)
  const toCome = ended ? 0 : fund.expected.reduce((sum, one) => sum + one.pence, 0)
  const [next] = fund.expected
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
      contribution:
        allocation.weeklyContributionPence > 0
          ? `What you pay towards it: ${pounds(allocation.weeklyContributionPence)} a week.`
          : null,
      ...buysWords(fund),
      chosen: chosenWords(fund),
      warnings: ended ? [] : warnings(outlook, seen).map((warning) => warningWords(warning, fund, today)),
    },
  }
}

/** The person's choice of how it is held, their reason, and who explained the others. */
function chosenWords({ allocation }: PersonFund): string | null {
  if (allocation.stream.kind === 'own_money') return null
  const by = allocation.explainedBy ? ` ${allocation.explainedBy} explained the other ways.` : ''
  if (!allocation.chosen) return `This way of holding it was set for you.${by}`
  if (!allocation.chosenBecause && !by) return null
  const because = allocation.chosenBecause
    ? `You chose this way of holding it: “${allocation.chosenBecause.replace(/\.$/, '')}.”`
    : 'You chose this way of holding it.'
  return `${because}${by}`
}
