/**
 * Which fund pays what, and why (domain.md, "Splitting one price over several allocations"). Pure.
 *
 * Eligible funds only; the fund whose plan line it is first, then the one that ends first, then the narrowest rules; own
 * money last, and only when the person put it in their order. A fund pays what is there now (set aside); what arrives
 * before the visit it pays later (planned). What no fund can pay is told as short.
 */
import { type Pence, pence, pounds, smaller } from '#services/kernel/money.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import { type Deployment, setAsideWhenAgreed } from './payer.rules.ts'

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
  /** Why single categories are refused, by code; before `refusalReason`. */
  refusedReasons: Readonly<Record<string, string>>
  /** 'council': only providers who work in the area of the person's council. */
  area: string
  accreditedOnly: boolean
  /** Per hour, or per unit where it is not priced by the hour. */
  unitCeilingPence: number | null
  /** ISO dates, both included. */
  startsOn: string
  endsOn: string
  available: Pence
  /** Categories this fund has a plan line for, and whether the council approved it (its standing order). */
  planLines: readonly { category: string; approved: boolean; startsOn: string; endsOn: string }[]
  /** The council's own orders with this provider for this person, by category. */
  orders: readonly { category: string; startsOn: string; endsOn: string }[]
  /** What the person pays towards another fund, by its rules and plan: that fund's id. */
  towards: string | null
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
  /** The provider has a number in the council's finance system: without one the council cannot pay it. */
  supplier: boolean
  /** The provider works in the area of the person's council. */
  inArea: boolean
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
  /** It would pay if the council ordered the support, which somebody can ask it to. */
  orderMissing: boolean
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
export function fundRefusal(fund: Fund, category: string, visit: Omit<VisitToPay, 'lines'>): string | null {
  if (!covers(fund, category)) {
    const why = fund.refusedReasons[category] ?? fund.refusalReason
    const reason = why === '' ? '' : ` ${why}`
    return `It can pay for ${fund.canBuy}. This is not on its list.${reason}`
  }
  if (visit.on < fund.startsOn) return `It begins on ${day(fund.startsOn)}, after this visit.`
  if (visit.on > fund.endsOn) return `It ends on ${day(fund.endsOn)}, before this visit.`
  if (fund.accreditedOnly && !visit.accredited)
    return 'It pays accredited providers. This provider is not accredited.'
  if (fund.unitCeilingPence !== null && visit.unitPence > fund.unitCeilingPence)
    return `It pays up to ${pounds(fund.unitCeilingPence)} for each hour or visit. This costs ${pounds(visit.unitPence)}.`
  if (fund.area === 'council' && !visit.inArea)
    return 'It pays providers who work in your council’s area. This one does not.'
  return councilRefusal(fund, category, visit)
}

/** What the council buys is a contract of its own: it needs an order, or a standing approval in the plan, and a supplier. */
function councilRefusal(
  fund: Fund,
  category: string,
  visit: Pick<VisitToPay, 'on' | 'supplier'>,
): string | null {
  if (fund.deployment !== 'council_managed') return null
  const ordered = fund.orders.some(
    (order) => order.category === category && order.startsOn <= visit.on && visit.on <= order.endsOn,
  )
  if (!ordered && !planLine(fund, category, visit.on)?.approved)
    return 'The council pays from this fund. It has neither approved this kind of support in your plan nor ordered it from this provider. You can ask the council for its order.'
  if (!visit.supplier)
    return 'The council pays from this fund, and this provider has no supplier number there yet, so it could not be paid. You can ask the council for its order.'
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
      Number(a.towards !== null) - Number(b.towards !== null) ||
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
  if (fund.towards !== null) return 'It is what you pay towards it, and pays together with that fund.'
  if (chosen) return `It covers ${what}. You put the funds in this order.`
  if (planLine(fund, category, on)) return `Your plan gives it for ${what}.`
  return first
    ? `It covers ${what} and ends first, on ${day(fund.endsOn)}.`
    : `It covers ${what}, so it pays the rest.`
}

/**
 * Splits the quotes of visits, in the order given (by date), over a person's funds.
 * @param chosen allocation ids in the person's own order; empty for ours
 * @param today ISO day in London: a visit after an instalment that comes later than today is planned against that one first, and
 *   what is there now stays free for what comes before. Without it, what is there pays first.
 */
export function splitVisits(
  funds: readonly Fund[],
  visits: readonly VisitToPay[],
  chosen: readonly string[] = [],
  today: string | null = null,
): Split {
  const available = new Map(funds.map((fund) => [fund.allocationId, fund.available as number]))
  const planned = new Map(funds.map((fund) => [fund.allocationId, [...fund.planned]]))
  const pays = new Map<string, number>()
  const why = new Map<string, string>()
  const orderMissing = new Set<string>()

  /** What comes by a day and is not promised: neither to visits before it, nor to later ones that count on the same money. */
  const comingBy = (fund: Fund, on: string): number => {
    const promised = planned.get(fund.allocationId) ?? []
    const freeBy = (day: string): number =>
      fund.expected.filter(({ dueOn }) => dueOn <= day).reduce((sum, entry) => sum + entry.pence, 0) -
      promised.filter((entry) => entry.on <= day).reduce((sum, entry) => sum + entry.pence, 0)
    const later = promised.filter((entry) => entry.on > on).map((entry) => freeBy(entry.on))
    return Math.max(0, Math.min(freeBy(on), ...later))
  }
  const waitsForItsInstalment = (fund: Fund, on: string): boolean =>
    today !== null &&
    !setAsideWhenAgreed(fund.deployment) &&
    fund.expected.some(({ dueOn }) => dueOn > today && dueOn <= on)

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
          if (refusal === councilRefusal(fund, line.category, visit)) orderMissing.add(fund.allocationId)
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
        if (waitsForItsInstalment(fund, visit.on)) take('planned', comingBy(fund, visit.on))
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
      why: why.get(fund.allocationId) ?? unusedWhy(fund, visits),
      orderMissing: orderMissing.has(fund.allocationId),
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

/** Why a fund was not asked: its rule, where it could pay for nothing of this. An order is spoken of only when it is needed. */
function unusedWhy(fund: Fund, visits: readonly VisitToPay[]): string {
  if (fund.streamKind === 'own_money') return 'Not used. Your own money pays only if you say so.'
  const ruleFor = (visit: VisitToPay, category: string): string | null => {
    const refusal = fundRefusal(fund, category, visit)
    return refusal === councilRefusal(fund, category, visit) ? null : refusal
  }
  const [visit] = visits
  const [line] = visit?.lines ?? []
  const rule = visit && line ? ruleFor(visit, line.category) : null
  const always = visits.every((one) => one.lines.every(({ category }) => ruleFor(one, category) !== null))
  return rule !== null && always ? rule : 'Not used. The other funds pay for all of it.'
}

/**
 * What each funding line of a visit pays once it is known what the visit cost. Less than was quoted: what was not used goes back
 * first to the fund that came last. More (because more was approved): the fund that came first pays the rest. Quote line by
 * quote line; `finals` are the final pence of each quote line.
 */
export function useLines<Line extends { line: number; pence: number }>(
  lines: readonly Line[],
  finals: readonly number[],
): (Line & { used: Pence })[] {
  const left = [...finals]
  const used = lines.map((line) => {
    const part = Math.min(line.pence, Math.max(0, left[line.line] ?? 0))
    left[line.line] = (left[line.line] ?? 0) - part
    return part
  })
  return lines.map((line, index) => {
    const rest = Math.max(0, left[line.line] ?? 0)
    left[line.line] = 0
    return { ...line, used: pence((used[index] ?? 0) + rest) }
  })
}
