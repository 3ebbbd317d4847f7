/** What an issuer is told of its vouchers: counts and sums by purpose and by kind of support, and never a person. Pure. */
import {
  COUNT_BOUNDS,
  MONEY_BOUNDS,
  suppress,
  withTotals,
  type Mark,
} from '#services/market/suppression.rules.ts'

/** Counts from 1 to 4 are people, and so is a sum of which one person makes up more than four fifths. */
const FEWEST = 5
const MOST_OF_ONE = 0.8

export interface IssuedVoucher {
  personId: string
  /** Its scheme: 'Getting Out voucher'. */
  purpose: string
  /** All in pence. */
  value: number
  used: number
  setAside: number
  left: number
  ended: boolean
}
export interface VoucherUse {
  personId: string
  category: string
  pence: number
}

export interface Cell {
  value: number
  mark: Mark
}
export interface ReportRow {
  key: string
  cells: Cell[]
}
export interface ReportTable {
  columns: string[]
  rows: ReportRow[]
  total: Cell[]
}

export const STANDINGS = ['not_used', 'partly_used', 'all_used', 'ended_unused', 'ended_partly'] as const
export type VoucherStanding = (typeof STANDINGS)[number]

export function standingOf(voucher: IssuedVoucher): VoucherStanding {
  if (voucher.used >= voucher.value) return 'all_used'
  if (voucher.ended) return voucher.used > 0 ? 'ended_partly' : 'ended_unused'
  return voucher.used > 0 ? 'partly_used' : 'not_used'
}

const distinct = (keys: readonly string[]): string[] => [...new Set(keys)].sort()

function tableOf(
  keys: readonly string[],
  columns: readonly string[],
  values: number[][],
  marks: Mark[][],
): ReportTable {
  const row = (i: number): Cell[] =>
    (values[i] ?? []).map((value, j) => ({ value, mark: marks[i]?.[j] ?? 'shown' }))
  return {
    columns: [...columns],
    rows: keys.map((key, i) => ({ key, cells: row(i) })),
    total: row(keys.length),
  }
}

/** How many vouchers of each purpose stand how; the last column and the last row are totals. */
function countsByPurpose(vouchers: readonly IssuedVoucher[]): ReportTable {
  const purposes = distinct(vouchers.map(({ purpose }) => purpose))
  const inner = purposes.map((purpose) =>
    STANDINGS.map(
      (standing) => vouchers.filter((one) => one.purpose === purpose && standingOf(one) === standing).length,
    ),
  )
  const marks = suppress({
    inner,
    columns: STANDINGS.length,
    boundsOf: COUNT_BOUNDS,
    first: (_i, _j, value) => (value < FEWEST ? 'small' : 'shown'),
  })
  return tableOf(purposes, [...STANDINGS, 'all'], withTotals(inner, STANDINGS.length), marks)
}

interface Part {
  personId: string
  pence: number
}
/** Whether a sum says too much of a person: too few of them make it up, or one makes up nearly all of it. */
function tells(parts: readonly Part[]): boolean {
  const by = new Map<string, number>()
  for (const { personId, pence } of parts) by.set(personId, (by.get(personId) ?? 0) + pence)
  const sums = [...by.values()].filter((pence) => pence > 0)
  const whole = sums.reduce((a, b) => a + b, 0)
  return whole > 0 && (sums.length < FEWEST || Math.max(...sums) > MOST_OF_ONE * whole)
}

const WHERE = ['used', 'setAside', 'left', 'wentBack'] as const
export type WherePence = (typeof WHERE)[number]
const penceOf = (one: IssuedVoucher, where: WherePence): number =>
  where === 'wentBack' ? one.value - one.used - one.setAside - one.left : one[where]

/** Where the money of each purpose is: used, set aside, left, gone back; the last column is what was issued. */
function moneyByPurpose(vouchers: readonly IssuedVoucher[], hideUsed: boolean): ReportTable {
  const purposes = distinct(vouchers.map(({ purpose }) => purpose))
  const partsAt = (i: number, j: number): Part[] =>
    vouchers
      .filter(({ purpose }) => i === purposes.length || purpose === purposes[i])
      .flatMap((one) =>
        (j === WHERE.length ? WHERE : [WHERE[j] ?? 'used']).map((where) => ({
          personId: one.personId,
          pence: penceOf(one, where),
        })),
      )
  const inner = purposes.map((_, i) =>
    WHERE.map((_where, j) => partsAt(i, j).reduce((sum, { pence }) => sum + pence, 0)),
  )
  const marks = suppress({
    inner,
    columns: WHERE.length,
    boundsOf: MONEY_BOUNDS,
    first: (i, j) =>
      tells(partsAt(i, j)) || (hideUsed && i === purposes.length && j === 0) ? 'protecting' : 'shown',
  })
  return tableOf(purposes, [...WHERE, 'issued'], withTotals(inner, WHERE.length), marks)
}

/** What they paid for, by kind of support: one column of sums, and its total. */
function moneyByCategory(uses: readonly VoucherUse[], hideUsed: boolean): ReportTable {
  const categories = distinct(uses.map(({ category }) => category))
  const partsAt = (i: number): Part[] =>
    uses.filter(({ category }) => i === categories.length || category === categories[i])
  const inner = categories.map((_, i) => [partsAt(i).reduce((sum, { pence }) => sum + pence, 0)])
  const marks = suppress({
    inner,
    columns: 1,
    boundsOf: MONEY_BOUNDS,
    first: (i) => (tells(partsAt(i)) || (hideUsed && i === categories.length) ? 'protecting' : 'shown'),
  })
  const values = withTotals(inner, 1)
  // With one column, the total of each row is the row.
  return tableOf(
    categories,
    ['used'],
    values.map((row) => row.slice(0, 1)),
    marks,
  )
}

export interface VoucherReport {
  counts: ReportTable
  money: ReportTable
  categories: ReportTable
}

/** All three. What was used in all stands in two tables: hidden in one, it is hidden in both. */
export function voucherReport(
  vouchers: readonly IssuedVoucher[],
  uses: readonly VoucherUse[],
): VoucherReport {
  const make = (hideUsed: boolean) => ({
    counts: countsByPurpose(vouchers),
    money: moneyByPurpose(vouchers, hideUsed),
    categories: moneyByCategory(uses, hideUsed),
  })
  const first = make(false)
  const hidden = [first.money.total[0], first.categories.total[0]].some((cell) => cell?.mark !== 'shown')
  return hidden ? make(true) : first
}
