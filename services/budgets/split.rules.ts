/**
 * Which fund pays what, and why (domain.md, "Splitting one price over several allocations"). Pure.
 *
 * Eligible funds only; the fund whose plan line it is first, then the one that ends first, then the narrowest rules; own
 * money last, and only when the person put it in their order. A fund pays what is there now (set aside); what arrives
 * before the visit it pays later (planned). What no fund can pay is told as short.
 */
import { type Pence, pence, pounds, smaller } from '#services/kernel/money.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import type { Deployment } from './payer.rules.ts'

export interface Fund {
  allocationId: string
  name: string
  streamKind: string
  deployment: Deployment
  /** Empty: any category that is not refused. */
  allowedCategories: readonly string[]
  refusedCategories: readonly string[]
  /** 'trips and activities away from home' */
  canBuy: string
  refusalReason: string
  accreditedOnly: boolean
  /** Per hour, or per unit where it is not priced by the hour. */
  unitCeilingPence: number | null
  /** ISO dates, both included. */
  startsOn: string
  endsOn: string
  available: Pence
  /** Categories this fund has a plan line for, and whether the council approved it (its standing order). */
  planLines: readonly { category: string; approved: boolean; startsOn: string; endsOn: string }[]
  /** Money still to come, by date. */
  expected: readonly { dueOn: string; pence: number }[]
  /** Already planned for other visits against money to come, by visit date. */
  planned: readonly { on: string; pence: number }[]
}

export interface VisitToPay {
  /** ISO date in London. */
  on: string
  /** Dearest pence per hour or unit in it, travel left out: what a ceiling is held against. */
  unitPence: number
  accredited: boolean
  lines: readonly { category: string; categoryName: string; pence: Pence }[]
}

export interface SplitLine {
  /** Index of the quote line. */
  line: number
  allocationId: string
  pence: Pence
  state: 'set_aside' | 'planned'
  reason: string
}

export interface SplitVisit {
  lines: SplitLine[]
  short: Pence
}

export interface FundAnswer {
  allocationId: string
  pays: Pence
  /** What stays available after it. */
  leftAfter: Pence
  /** Why it pays, or why it does not. */
  why: string
}

export interface Split {
  visits: SplitVisit[]
  funds: FundAnswer[]
  total: Pence
  setAside: Pence
  planned: Pence
  short: Pence
}

const covers = (fund: Fund, category: string): boolean =>
  !fund.refusedCategories.includes(category) &&
  (fund.allowedCategories.length === 0 || fund.allowedCategories.includes(category))

const planLine = (fund: Fund, category: string, on: string) =>
  fund.planLines.find((line) => line.category === category && line.startsOn <= on && on <= line.endsOn)

/** Why a fund may not pay for a category on a day, in words that begin with what it can do; null when it may. */
export function fundRefusal(
  fund: Fund,
  category: string,
  visit: Pick<VisitToPay, 'on' | 'unitPence' | 'accredited'>,
): string | null {
  if (!covers(fund, category)) {
    const reason = fund.refusalReason === '' ? '' : ` ${fund.refusalReason}`
    return `It can pay for ${fund.canBuy}. This is not on its list.${reason}`
  }
  if (visit.on < fund.startsOn) return `It begins on ${day(fund.startsOn)}, after this visit.`
  if (visit.on > fund.endsOn) return `It ends on ${day(fund.endsOn)}, before this visit.`
  if (fund.accreditedOnly && !visit.accredited)
    return 'It pays accredited providers. This provider is not accredited.'
  if (fund.unitCeilingPence !== null && visit.unitPence > fund.unitCeilingPence)
    return `It pays up to ${pounds(fund.unitCeilingPence)} for each hour or visit. This costs ${pounds(visit.unitPence)}.`
  if (fund.deployment === 'council_managed' && !planLine(fund, category, visit.on)?.approved)
    return 'The council pays from this fund, and has not yet approved this kind of support in your plan. You can ask your adviser to add it.'
  return null
}

const day = (iso: string): string => longDate(Temporal.PlainDate.from(iso))

/** Ours, unless the person put them in an order of their own; a fund they left out comes after, own money does not come. */
export function fundOrder(
  funds: readonly Fund[],
  category: string,
  on: string,
  chosen: readonly string[],
): Fund[] {
  const usable = funds.filter((fund) => fund.streamKind !== 'own_money' || chosen.includes(fund.allocationId))
  const place = (fund: Fund): number => {
    const at = chosen.indexOf(fund.allocationId)
    return at === -1 ? chosen.length : at
  }
  const narrow = (fund: Fund): number =>
    fund.allowedCategories.length === 0 ? 1_000 : fund.allowedCategories.length
  return [...usable].sort(
    (a, b) =>
      place(a) - place(b) ||
      Number(a.streamKind === 'own_money') - Number(b.streamKind === 'own_money') ||
      Number(!planLine(a, category, on)) - Number(!planLine(b, category, on)) ||
      (a.endsOn < b.endsOn ? -1 : a.endsOn > b.endsOn ? 1 : 0) ||
      narrow(a) - narrow(b) ||
      (a.allocationId < b.allocationId ? -1 : 1),
  )
}

function reasonFor(
  fund: Fund,
  categoryName: string,
  category: string,
  on: string,
  first: boolean,
  chosen: boolean,
): string {
  if (fund.streamKind === 'own_money') return 'You said your own money may pay what is left.'
  const what = categoryName.toLowerCase()
  if (chosen) return `It covers ${what}. You put the funds in this order.`
  if (planLine(fund, category, on)) return `Your plan gives it for ${what}.`
  return first
    ? `It covers ${what} and ends first, on ${day(fund.endsOn)}.`
    : `It covers ${what}, so it pays the rest.`
}

/**
 * Splits the quotes of visits, in the order given (by date), over a person's funds.
 * @param chosen allocation ids in the person's own order; empty for ours
 */
export function splitVisits(
  funds: readonly Fund[],
  visits: readonly VisitToPay[],
  chosen: readonly string[] = [],
): Split {
  const available = new Map(funds.map((fund) => [fund.allocationId, fund.available as number]))
  const planned = new Map(funds.map((fund) => [fund.allocationId, [...fund.planned]]))
  const pays = new Map<string, number>()
  const why = new Map<string, string>()

  const comingBy = (fund: Fund, on: string): number => {
    const comes = fund.expected
      .filter((entry) => entry.dueOn <= on)
      .reduce((sum, entry) => sum + entry.pence, 0)
    const taken = (planned.get(fund.allocationId) ?? [])
      .filter((entry) => entry.on <= on)
      .reduce((sum, entry) => sum + entry.pence, 0)
    return Math.max(0, comes - taken)
  }

  const result = visits.map((visit): SplitVisit => {
    const lines: SplitLine[] = []
    let short = 0
    visit.lines.forEach((line, index) => {
      let rest = line.pence as number
      let eligible = 0
      for (const fund of fundOrder(funds, line.category, visit.on, chosen)) {
        if (rest === 0) break
        const refusal = fundRefusal(fund, line.category, visit)
        if (refusal !== null) {
          if (!why.has(fund.allocationId)) why.set(fund.allocationId, refusal)
          continue
        }
        const first = eligible === 0
        eligible += 1
        const reason = reasonFor(
          fund,
          line.categoryName,
          line.category,
          visit.on,
          first,
          chosen.includes(fund.allocationId),
        )
        const take = (state: SplitLine['state'], most: number): void => {
          const part = smaller(pence(rest), pence(Math.max(0, most)))
          if (part === 0) return
          lines.push({ line: index, allocationId: fund.allocationId, pence: part, state, reason })
          rest -= part
          pays.set(fund.allocationId, (pays.get(fund.allocationId) ?? 0) + part)
          if (state === 'set_aside')
            available.set(fund.allocationId, (available.get(fund.allocationId) ?? 0) - part)
          else planned.get(fund.allocationId)?.push({ on: visit.on, pence: part })
          why.set(fund.allocationId, reason)
        }
        take('set_aside', available.get(fund.allocationId) ?? 0)
        take('planned', comingBy(fund, visit.on))
      }
      short += rest
    })
    return { lines, short: pence(short) }
  })

  const sum = (state: SplitLine['state']): Pence =>
    pence(
      result
        .flatMap((visit) => visit.lines)
        .filter((line) => line.state === state)
        .reduce((all, line) => all + line.pence, 0),
    )
  return {
    visits: result,
    funds: inPayingOrder(funds, result).map((fund) => ({
      allocationId: fund.allocationId,
      pays: pence(pays.get(fund.allocationId) ?? 0),
      leftAfter: pence(available.get(fund.allocationId) ?? 0),
      why: why.get(fund.allocationId) ?? notNeeded(fund),
    })),
    total: pence(visits.flatMap((visit) => visit.lines).reduce((all, line) => all + line.pence, 0)),
    setAside: sum('set_aside'),
    planned: sum('planned'),
    short: pence(result.reduce((all, visit) => all + visit.short, 0)),
  }
}

/** Funds that pay, in the order in which they first do; then the others as they came. */
function inPayingOrder(funds: readonly Fund[], visits: readonly SplitVisit[]): Fund[] {
  const order = [...new Set(visits.flatMap((visit) => visit.lines).map((line) => line.allocationId))]
  const place = (fund: Fund): number =>
    order.includes(fund.allocationId) ? order.indexOf(fund.allocationId) : order.length
  return [...funds].sort((a, b) => place(a) - place(b))
}

const notNeeded = (fund: Fund): string =>
  fund.streamKind === 'own_money'
    ? 'Not used. Your own money pays only if you say so.'
    : 'Not used. The other funds pay for all of it.'

/**
 * What each funding line of a visit pays once the visit cost less than it was quoted: what was not used goes back first to
 * the fund that came last. Quote line by quote line; `finals` are the final pence of each quote line.
 */
export function useLines<Line extends { line: number; pence: number }>(
  lines: readonly Line[],
  finals: readonly number[],
): (Line & { used: Pence })[] {
  const left = [...finals]
  return lines.map((line) => {
    const used = Math.min(line.pence, Math.max(0, left[line.line] ?? 0))
    left[line.line] = (left[line.line] ?? 0) - used
    return { ...line, used: pence(used) }
  })
}
