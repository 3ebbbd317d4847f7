import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { isoText, plusMinutes } from '#services/kernel/time.ts'
import type { VisitMoney } from '#services/ledger/templates.rules.ts'
import type { Proposal } from './proposal.rules.ts'

/** Rows for the three tables, in the shape that the statement reads. */
export function visitRows(proposal: Proposal) {
  const visits: {
    id: string
    starts_at: string
    ends_at: string
    minutes: number
    occupied_from: string
    occupied_until: string
    quoted_pence: number
  }[] = []
  const quotes: {
    id: string
    visit_id: string
    position: number
    kind: string
    label: string
    quantity: number
    category_code: string
    pence: number
  }[] = []
  const funding: {
    id: string
    visit_id: string
    quote_line_id: string
    allocation_id: string
    position: number
    pence: number
    reason: string
    state: string
  }[] = []
  const buffer = proposal.terms.bufferMinutes
  proposal.visits.forEach((visit, index) => {
    const id = newId()
    visits.push({
      id,
      starts_at: isoText(visit.startsAt),
      ends_at: isoText(visit.endsAt),
      minutes: visit.minutes,
      occupied_from: isoText(plusMinutes(visit.startsAt, -buffer)),
      occupied_until: isoText(plusMinutes(visit.endsAt, buffer)),
      quoted_pence: visit.quote.total,
    })
    const lineIds = visit.quote.lines.map((line, position) => {
      const lineId = newId()
      quotes.push({
        id: lineId,
        visit_id: id,
        position,
        kind: line.kind,
        label: line.label,
        quantity: line.quantity,
        category_code: line.category,
        pence: line.pence,
      })
      return lineId
    })
    proposal.split.visits[index]?.lines.forEach((line, position) => {
      funding.push({
        id: newId(),
        visit_id: id,
        quote_line_id: lineIds[line.line] ?? '',
        allocation_id: line.allocationId,
        position,
        pence: line.pence,
        reason: line.reason,
        state: line.state,
      })
    })
  })
  return { visits, quotes, funding }
}

export type VisitRows = ReturnType<typeof visitRows>

/** What is set aside now, by visit and allocation. Planned lines get theirs when their instalment arrives. */
export function holdsOf(proposal: Proposal, rows: VisitRows, bookingId: string): VisitMoney[] {
  return proposal.split.visits.flatMap((visit, index) => {
    const visitId = rows.visits[index]?.id ?? ''
    const byFund = new Map<string, number>()
    for (const line of visit.lines)
      if (line.state === 'set_aside')
        byFund.set(line.allocationId, (byFund.get(line.allocationId) ?? 0) + line.pence)
    return [...byFund].map(([allocationId, amount]) => ({
      allocationId,
      bookingId,
      visitId,
      amount: pence(amount),
    }))
  })
}
