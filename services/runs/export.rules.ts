/** The file of a run in a council's own columns. Pure. */
import { type CsvCell, csvFile, csvMoney, csvNumber } from '#services/kernel/csv.ts'

/** What is known of one payment of a run when its file is written. */
export interface ExportLine {
  position: number
  supplier: string
  provider: string
  order: string
  costCode: string
  caseReference: string
  /** Numbers of the invoices that it pays, if they were issued. */
  invoices: readonly string[]
  reference: string
  /** Pence. */
  net: number
  vat: number
  gross: number
  /** ISO days of the first and the last visit. */
  from: string
  until: string
  visits: number
  accountName: string
  sortCode: string
  accountNumber: string
}

/** Each field that a column may hold: what a finance system calls it, and what it is. */
export const EXPORT_FIELDS = {
  line: { label: 'Line of the run', of: (one: ExportLine): CsvCell => csvNumber(one.position) },
  supplier: { label: 'Supplier number', of: (one: ExportLine): CsvCell => one.supplier },
  provider: { label: 'Name of the provider', of: (one: ExportLine): CsvCell => one.provider },
  order: { label: 'Order number', of: (one: ExportLine): CsvCell => one.order },
  cost_code: { label: 'Cost code', of: (one: ExportLine): CsvCell => one.costCode },
  case: { label: 'Case reference', of: (one: ExportLine): CsvCell => one.caseReference },
  invoice: { label: 'Invoice number', of: (one: ExportLine): CsvCell => one.invoices.join(' ') },
  reference: { label: 'Payment reference', of: (one: ExportLine): CsvCell => one.reference },
  net: { label: 'Amount without VAT', of: (one: ExportLine): CsvCell => csvMoney(one.net) },
  vat: { label: 'VAT', of: (one: ExportLine): CsvCell => csvMoney(one.vat) },
  gross: { label: 'Amount to pay', of: (one: ExportLine): CsvCell => csvMoney(one.gross) },
  period_from: { label: 'First day', of: (one: ExportLine): CsvCell => one.from },
  period_until: { label: 'Last day', of: (one: ExportLine): CsvCell => one.until },
  visits: { label: 'How many visits', of: (one: ExportLine): CsvCell => csvNumber(one.visits) },
  account_name: { label: 'Name on the account', of: (one: ExportLine): CsvCell => one.accountName },
  sort_code: { label: 'Sort code', of: (one: ExportLine): CsvCell => one.sortCode },
  account_number: { label: 'Account number', of: (one: ExportLine): CsvCell => one.accountNumber },
} as const
export type ExportField = keyof typeof EXPORT_FIELDS
export const EXPORT_FIELD_CODES = Object.keys(EXPORT_FIELDS) as [ExportField, ...ExportField[]]

export interface ExportColumn {
  column: string
  field: ExportField
}

/** Without where the money goes: a council's finance system knows its suppliers' accounts itself. */
export const DEFAULT_COLUMNS: readonly ExportColumn[] = [
  { column: 'Supplier', field: 'supplier' },
  { column: 'Supplier name', field: 'provider' },
  { column: 'Order', field: 'order' },
  { column: 'Cost code', field: 'cost_code' },
  { column: 'Case', field: 'case' },
  { column: 'Invoice', field: 'invoice' },
  { column: 'Reference', field: 'reference' },
  { column: 'From', field: 'period_from' },
  { column: 'To', field: 'period_until' },
  { column: 'Net', field: 'net' },
  { column: 'Gross', field: 'gross' },
]

/** The rows of the file, in the order of the columns. */
export const exportRows = (columns: readonly ExportColumn[], lines: readonly ExportLine[]): CsvCell[][] =>
  lines.map((line) => columns.map(({ field }) => EXPORT_FIELDS[field].of(line)))

export const exportFile = (columns: readonly ExportColumn[], lines: readonly ExportLine[]): string =>
  csvFile(
    columns.map(({ column }) => column),
    exportRows(columns, lines),
  )
