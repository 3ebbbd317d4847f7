/**
 * Card schemes that neither ask before a purchase nor tell of it send a file: their own columns and words, which a mapping
 * names. Each row is read, or refused by its line with the reason.
 */
import type { Pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'

export const TRANSACTION_KINDS = ['load', 'unload', 'purchase', 'refund', 'cash', 'fee', 'decline'] as const
export type TransactionKind = (typeof TRANSACTION_KINDS)[number]

/** How one scheme writes its files. Names of columns are compared without case and outer spaces. */
export interface TransactionMapping {
  delimiter: ',' | ';' | '\t' | '|'
  columns: Readonly<
    Record<'reference' | 'card' | 'date' | 'amount', string> &
      Partial<Record<'moneyIn' | 'type' | 'merchant' | 'town' | 'mcc' | 'reason', string>>
  >
  date: 'day/month/year' | 'year-month-day'
  /** What leaves the card is below zero, above zero, or has a column of its own (`amount`; what comes in: `moneyIn`). */
  spending: 'below_zero' | 'above_zero' | 'two_columns'
  /** The scheme's words for kinds. A word that is not here is refused. Without a type column the sign and the shop say. */
  types: Readonly<Record<string, TransactionKind>>
  /** The last line, when the scheme writes one: how it begins, and in which column (from 0) it counts the rows. */
  trailer: { begins: string; count: number } | null
}

export interface CardTransaction {
  line: number
  reference: string
  card: string
  on: Temporal.PlainDate
  kind: TransactionKind
  /** Above zero; the kind says which way. */
  amount: Pence
  merchant: string | null
  town: string | null
  mcc: string | null
  reason: string | null
}

/** Why a line is not taken, in words for who brought the file. */
export const LINE_FAULTS = {
  bad_quotes: 'its quotation marks do not match',
  not_text: 'holds something that is not text',
  too_long: 'is longer than a line can be',
  wrong_columns: 'has too few or too many columns',
  no_reference: 'has no reference',
  no_card: 'has no card',
  bad_date: 'its date is none, or not written as this scheme writes dates',
  date_to_come: 'its date is still to come',
  no_amount: 'has no amount',
  two_amounts: 'has an amount both in and out',
  amount_unreadable: 'its amount is not pounds and pence',
  amount_three_decimals: 'its amount has more than two decimals',
  amount_too_large: 'its amount is larger than a card’s can be',
  amount_nothing: 'its amount is nothing',
  unknown_type: 'says a type that the mapping does not know',
  wrong_sign: 'its amount goes the other way than its type says',
  bad_mcc: 'its merchant code is not four figures',
  repeated: 'is the same as an earlier line, and counts once',
  reference_again: 'has the reference of an earlier line and says something else',
} as const
export type LineFault = keyof typeof LINE_FAULTS

export const FILE_FAULTS = {
  empty: 'The file is empty.',
  too_large: 'The file is larger than such a file can be. Bring it in parts.',
  no_heading: 'No line of the first twenty names all the columns that the mapping names.',
  cut_short: 'The file was cut short: its last line does not say how many rows there are. Get it again.',
  wrong_count: 'The file’s last line counts another number of rows than there are. Get it again.',
} as const
export type FileFault = keyof typeof FILE_FAULTS

export type TransactionFile =
  | { ok: true; rows: readonly CardTransaction[]; refused: readonly { line: number; why: LineFault }[] }
  | { ok: false; why: FileFault }

export interface CardFiles {
  /** Pure. `today`: London's, after which no transaction can be. */
  read(text: string, mapping: TransactionMapping, today: Temporal.PlainDate): TransactionFile
}
