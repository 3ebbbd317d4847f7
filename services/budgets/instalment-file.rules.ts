/** A council's file of direct payments that it sent: which row is which instalment. Pure. */
import type { Temporal } from '#services/kernel/time.ts'
import { readAmount, readDay } from '#services/bank/bank-amounts.rules.ts'

/** Names that a column may have in the file. */
export const INSTALMENT_COLUMNS = {
  reference: ['Reference', 'Fund reference', 'Payment reference', 'Person reference', 'Ref'],
  date: ['Date', 'Paid on', 'Payment date'],
  amount: ['Amount', 'Amount (£)', 'Paid', 'Paid (£)'],
} as const

export interface FileRow {
  line: number
  cells: Record<keyof typeof INSTALMENT_COLUMNS, string>
}

/** An instalment as the rows are held against it. Dates are ISO days in London. */
export interface KnownInstalment {
  id: string
  allocationId: string
  dueOn: string
  pence: number
  arrived: { on: string; pence: number } | null
}

export interface Refused {
  line: number
  why: string
}

export interface RowsRead {
  arrive: { line: number; instalmentId: string; pence: number; due: number; on: Temporal.PlainDate }[]
  /** Lines that were brought before: they change nothing. */
  known: number[]
  refused: Refused[]
}

/** A payment made so long before its day is meant for it; longer before it is not. */
const DAYS_EARLY = 14

/** What makes two writings of a reference the same: 'k7f 3qx' is 'K7F-3QX'. */
export const sameReference = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

/**
 * Each row is the first instalment of its fund that has not arrived. A row that says what is known already changes nothing;
 * everything else that does not fit is refused, with why.
 * @param funds instalments in the order of their days, by reference (`sameReference`); two funds of one reference: null
 */
export function readInstalmentRows(
  rows: readonly FileRow[],
  funds: ReadonlyMap<string, readonly KnownInstalment[] | null>,
  today: Temporal.PlainDate,
): RowsRead {
  const result: RowsRead = { arrive: [], known: [], refused: [] }
  const seen = new Set<string>()
  const taken = new Set<string>()
  for (const { line, cells } of rows) {
    const refuse = (why: string): void => void result.refused.push({ line, why })
    const reference = sameReference(cells.reference)
    const day = readDay(cells.date)
    const amount = readAmount(cells.amount)
    if (reference === '') refuse('it has no reference')
    else if (!day.ok) refuse(day.why)
    else if (!amount.ok) refuse(amount.why)
    else if (amount.value <= 0) refuse('its amount is not above nothing')
    else if (today.until(day.value).days > 0) refuse('its date is in the future')
    else {
      const same = `${reference} ${day.value.toString()} ${String(amount.value)}`
      const instalments = funds.get(reference)
      if (seen.has(same)) refuse('the same row stands in the file already')
      else if (instalments === undefined) refuse('no fund of yours has this reference')
      else if (instalments === null) refuse('two funds have this reference: record it by hand')
      else {
        const on = day.value.toString()
        const before = instalments.some(({ arrived }) => arrived?.on === on && arrived.pence === amount.value)
        const latest = day.value.add({ days: DAYS_EARLY }).toString()
        const next = instalments.find(
          ({ id, arrived, dueOn }) => !arrived && !taken.has(id) && dueOn <= latest,
        )
        if (before) result.known.push(line)
        else if (!next) refuse('nothing is due to this fund then')
        else {
          taken.add(next.id)
          result.arrive.push({
            line,
            instalmentId: next.id,
            pence: amount.value,
            due: next.pence,
            on: day.value,
          })
        }
      }
      seen.add(same)
    }
  }
  return result
}
