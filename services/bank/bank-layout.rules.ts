/** Which column of a bank's file is what: found in its heading, or chosen by a person. Pure. */

/** Columns are numbered from 0. */
export interface Layout {
  /** Records before the first line of money, the heading included. */
  skip: number
  date: number
  /** Joined in this order. */
  description: readonly number[]
  /** One signed amount, or money in and money out apart. */
  amount: number | null
  moneyIn: number | null
  moneyOut: number | null
  /** A column that says for each line whether it came in or went out: CR or DR. */
  sign: number | null
  /** Some files write what goes out without a minus and what comes in with one. */
  plusIsOut: boolean
  currency: number | null
  /** 'pending', 'reverted': not in the account, or not any more. */
  status: number | null
  /** How many columns each line must have: a line with fewer was cut off, with more it is not what the heading says. */
  width: number
}

/** 'Paid out (£)' → 'paid out'. */
const plain = (cell: string): string =>
  cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\(?\b(gbp|utc)\b\)?/g, '')
    .replace(/[^a-z0-9/& ]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const DATES = ['date', 'transaction date', 'date of transaction', 'posting date', 'posted date', 'booking date', 'booked date', 'entry date', 'completed date', 'value date'] // prettier-ignore
const DESCRIPTIONS = ['description', 'transaction description', 'narrative', 'transaction narrative', 'details', 'transaction details', 'memo', 'name', 'payee', 'counter party', 'counterparty', 'merchant/description', 'merchant', 'reference', 'payment reference', 'your reference', 'particulars', 'narrative 1', 'narrative 2', 'narrative 3', 'narrative 4', 'narrative 5'] // prettier-ignore
const AMOUNTS = ['amount', 'transaction amount', 'value', 'net amount']
const INS = ['money in', 'paid in', 'credit', 'credits', 'credit amount', 'amount credited', 'deposits', 'deposit', 'receipts', 'received', 'in'] // prettier-ignore
const OUTS = ['money out', 'paid out', 'debit', 'debits', 'debit amount', 'amount debited', 'withdrawals', 'withdrawal', 'payments', 'spent', 'out'] // prettier-ignore
const SIGNS = ['cr/dr', 'dr/cr', 'credit/debit', 'debit/credit', 'debit or credit', 'credit or debit', 'credit debit indicator', 'debit credit indicator', 'direction'] // prettier-ignore
const CURRENCIES = ['currency', 'currency code', 'account currency']
const STATES = ['status', 'state', 'transaction status']

/** Banks put some lines about the account above the heading. */
const HEADING_WITHIN = 25

const firstOf = (cells: readonly string[], names: readonly string[]): number | null => {
  for (const name of names) {
    const at = cells.indexOf(name)
    if (at >= 0) return at
  }
  return null
}

/** The heading among the first records; null when none names a date, a description and an amount. */
export function findLayout(records: readonly (readonly string[] | null)[]): Layout | null {
  for (let at = 0; at < Math.min(records.length, HEADING_WITHIN); at += 1) {
    const layout = layoutOf(records[at] ?? [], at)
    if (layout) return layout
  }
  return null
}

function layoutOf(heading: readonly string[], at: number): Layout | null {
  const cells = heading.map(plain)
  const date = firstOf(cells, DATES)
  const description = cells.flatMap((cell, index) => (DESCRIPTIONS.includes(cell) ? [index] : []))
  const [moneyIn, moneyOut] = [firstOf(cells, INS), firstOf(cells, OUTS)]
  const apart = moneyIn !== null && moneyOut !== null
  const amount = apart ? null : firstOf(cells, AMOUNTS)
  // Two columns of the same name: which one counts is for a person to say.
  const doubled = [date, amount, moneyIn, moneyOut].some(
    (index) => index !== null && cells.indexOf(cells[index] ?? '', index + 1) >= 0,
  )
  if (date === null || description.length === 0 || (amount === null && !apart) || doubled) return null
  return {
    skip: at + 1,
    date,
    description,
    amount,
    moneyIn: apart ? moneyIn : null,
    moneyOut: apart ? moneyOut : null,
    sign: amount === null ? null : firstOf(cells, SIGNS),
    plusIsOut: false,
    currency: firstOf(cells, CURRENCIES),
    status: firstOf(cells, STATES),
    width: usedWidth(heading),
  }
}

/** A heading may end in empty columns; lines need not have them. */
const usedWidth = (cells: readonly string[]): number =>
  cells.reduce((width, cell, index) => (cell.trim() === '' ? width : index + 1), 0)

/** What a person chose on the page, numbered from 1 as they see them. */
export interface ChosenColumns {
  /** Whether the first record is a heading. */
  heading: boolean
  date: number
  description: readonly number[]
  amount: number | null
  moneyIn: number | null
  moneyOut: number | null
  plusIsOut: boolean
}

/** @returns the layout, or what is wrong with the choice, by field */
export function chosenLayout(
  chosen: ChosenColumns,
  records: readonly (readonly string[] | null)[],
): { ok: true; layout: Layout } | { ok: false; errors: Record<string, string[]> } {
  const columns = Math.max(0, ...records.map((cells) => cells?.length ?? 0))
  const errors: Record<string, string[]> = {}
  const there = (at: number | null): boolean =>
    at !== null && Number.isInteger(at) && at >= 1 && at <= columns
  if (!there(chosen.date)) errors['date'] = ['Choose the column with the date']
  if (chosen.description.length === 0 || !chosen.description.every(there))
    errors['description'] = ['Choose the column that says who or what it was']
  const apart = chosen.moneyIn !== null || chosen.moneyOut !== null
  if (apart && chosen.amount !== null)
    errors['amount'] = ['Choose one column with the amount, or one for money in and one for money out']
  else if (!apart && !there(chosen.amount)) errors['amount'] = ['Choose the column with the amount']
  if (apart && !there(chosen.moneyIn)) errors['moneyIn'] = ['Choose the column with the money in']
  if (apart && !there(chosen.moneyOut)) errors['moneyOut'] = ['Choose the column with the money out']
  const used = [chosen.date, ...chosen.description, chosen.amount, chosen.moneyIn, chosen.moneyOut].filter(
    (at) => at !== null,
  )
  if (Object.keys(errors).length === 0 && new Set(used).size !== used.length)
    errors['date'] = ['One column cannot be two things. Choose again']
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const at = (column: number | null): number | null => (column === null ? null : column - 1)
  return {
    ok: true,
    layout: {
      skip: chosen.heading ? 1 : 0,
      date: chosen.date - 1,
      description: chosen.description.map((column) => column - 1),
      amount: at(chosen.amount),
      moneyIn: at(chosen.moneyIn),
      moneyOut: at(chosen.moneyOut),
      sign: null,
      plusIsOut: chosen.plusIsOut,
      currency: null,
      status: null,
      width: chosen.heading ? usedWidth(records[0] ?? []) : (records[0]?.length ?? 0),
    },
  }
}
