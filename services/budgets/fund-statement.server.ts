import { visitTitles } from '#services/bookings/visit-titles.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { LONDON, Temporal, longDate } from '#services/kernel/time.ts'
import { readStatement } from '#services/ledger/read-statement.server.ts'
import { purchaseTitles } from '#services/purchases/purchase-titles.server.ts'
import { payerOf } from './payer.rules.ts'
import { statementCsv } from './statement-csv.rules.ts'
import { type StatementLine, monthTabs, readMonth, statementLine } from './statement-words.rules.ts'

/** More than happens to one fund in a year. */
const MOST = 3_000
const MOST_DAYS = 400

export interface StatementPeriod {
  from: Temporal.PlainDate
  /** The last day; it is included. */
  until: Temporal.PlainDate
}

export interface FundStatement {
  /** '1 October 2026 to 31 October 2026' */
  words: string
  /** ISO. */
  from: string
  until: string
  /** In the fund, what is set aside and kept back included, before the first day. */
  opening: Pence
  in: Pence
  out: Pence
  /** Opening, plus in, less out: to the penny what stands in the fund after the last day. */
  closing: Pence
  /** Of what went out: owed, or on its way, and not known to have arrived by now. */
  notArrived: Pence
  lines: StatementLine[]
  /** Lines that did not fit; their money is in the sums. */
  leftOut: number
}

/** As it stands in an address. */
export interface PeriodQuery {
  /** 'YYYY-MM' */
  month: string | null
  /** ISO; both or neither. */
  from: string | null
  until: string | null
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

function readDay(text: string, name: string): Temporal.PlainDate {
  try {
    if (isDay(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    // Falls through to the sentence.
  }
  throw new DomainError('INVALID', `The ${name} day is no date. Enter a date such as 1 10 2026.`)
}

/**
 * The period that an address asks for: two days, a month, or this month up to today.
 * @throws INVALID for what is no day or month, for an end before the beginning, and for more than 400 days
 */
export function readPeriod(query: PeriodQuery, today: Temporal.PlainDate): StatementPeriod {
  if (query.from || query.until) {
    const from = readDay(query.from ?? '', 'first')
    const until = readDay(query.until ?? '', 'last')
    const days = from.until(until).days
    if (days < 0)
      throw new DomainError('INVALID', 'The last day comes before the first. Look at the two dates again.')
    if (days > MOST_DAYS) throw new DomainError('INVALID', 'That is more than a year. Choose a shorter time.')
    return { from, until }
  }
  const month = readMonth(query.month, today)
  if (month === 'all') throw notFound()
  const first = month.toPlainDate({ day: 1 })
  const last = first.add({ months: 1 }).subtract({ days: 1 })
  return { from: first, until: last }
}

/** Links to the last months, for a page of statements. */
export const statementMonths = (
  period: StatementPeriod,
  today: Temporal.PlainDate,
): { value: string; label: string; current: boolean }[] => {
  const month = period.from.toPlainYearMonth()
  const whole =
    period.from.day === 1 && period.until.equals(period.from.add({ months: 1 }).subtract({ days: 1 }))
  return monthTabs(whole ? month : today.toPlainYearMonth(), today)
    .filter(({ value }) => value !== 'all')
    .map((tab) => ({ ...tab, current: whole && tab.value === month.toString() }))
}

const startOf = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime(LONDON).toInstant()
const words = (day: Temporal.PlainDate): string => longDate(day).replace(/^\S+ /, '')

/**
 * What went into one fund and out of it in a period, oldest first, with what stood in it before and after. Whoever asks must
 * be allowed by a policy; the person and whoever holds the fund are shown the same.
 * @throws NOT_FOUND
 */
export async function readFundStatement(
  tx: Tx,
  allocationId: string,
  period: StatementPeriod,
): Promise<FundStatement> {
  const allocation = await tx.allocation.findUnique({
    where: { id: allocationId },
    include: { stream: true, budget: { select: { person: { select: { councilId: true } } } } },
  })
  if (!allocation) throw notFound()
  const payer = payerOf({ ...allocation, councilId: allocation.budget.person.councilId })
  const funds = [{ allocationId, payer }]
  const [from, until] = [startOf(period.from), startOf(period.until.add({ days: 1 }))]
  const before = await readStatement(tx, funds, { from: null, until: from, moved: true, limit: 1, offset: 0 })
  const within = await readStatement(tx, funds, { from, until, moved: true, limit: MOST, offset: 0 })
  const [visits, purchases] = await Promise.all([
    visitTitles(
      tx,
      within.rows.flatMap((row) => row.visitIds.slice(0, 1)),
    ),
    purchaseTitles(
      tx,
      within.rows.flatMap((row) => row.refId ?? []),
    ),
  ])
  const fund = {
    name: allocation.stream.name,
    funder: allocation.stream.funder,
    streamKind: allocation.stream.kind,
    deployment: allocation.deployment,
    payer: payer.kind,
  }
  const opening = pence(before.moneyIn - before.moneyOut)
  return {
    words: `${words(period.from)} to ${words(period.until)}`,
    from: period.from.toString(),
    until: period.until.toString(),
    opening,
    in: within.moneyIn,
    out: within.moneyOut,
    closing: pence(opening + within.moneyIn - within.moneyOut),
    notArrived: within.unpaid[payer.kind],
    lines: within.rows.map((row) => statementLine(row, fund, visits, purchases)).reverse(),
    leftOut: Math.max(0, within.total - within.rows.length),
  }
}

/** The same as a file. */
export const fundStatementCsv = ({ lines }: Pick<FundStatement, 'lines'>): string => statementCsv(lines)
