import type { z } from 'zod'
import type { LineKind } from '#services/bookings/terms.schema.ts'
import { EXTRA_ROWS, type priceSchema } from './listing.schema.ts'

/** Pence, and basis points on top of the base price for weekend, bank holiday and evening. */
export type PriceInput = Omit<
  z.output<typeof priceSchema>,
  'unit' | 'chargingBasis' | 'roundingMinutes' | 'toleranceMinutes'
>

export interface PriceLineRow {
  position: number
  kind: LineKind
  label: string
  pence: number
  upliftBps: number
}

/** The price lines of a version from what the form says; what costs nothing has no line. */
export function priceLines(input: PriceInput): PriceLineRow[] {
  const rows: Omit<PriceLineRow, 'position'>[] = [
    { kind: 'base', label: 'Price', pence: input.base, upliftBps: 0 },
  ]
  const uplift = (kind: LineKind, label: string, upliftBps: number) => {
    if (upliftBps > 0) rows.push({ kind, label, pence: 0, upliftBps })
  }
  uplift('weekend', 'Saturday and Sunday', input.weekend)
  uplift('bank_holiday', 'Bank holiday', input.bankHoliday)
  uplift('evening', 'Evening and night, 8pm to 7am', input.evening)
  if (input.travel > 0) rows.push({ kind: 'travel', label: 'Travel', pence: input.travel, upliftBps: 0 })
  for (const n of EXTRA_ROWS) {
    const label = input[`extraLabel${n}`]
    const price = input[`extraPrice${n}`]
    if (label && price > 0) rows.push({ kind: 'extra', label, pence: price, upliftBps: 0 })
  }
  return rows.map((row, index) => ({ position: index + 1, ...row }))
}
