/**
 * Invoices as tables: our own, and as accounting programs import them. Xero: Business → Invoices → Import, its sales invoice
 * template, amounts "tax inclusive", dates day first. QuickBooks Online (UK): Settings → Import data → Invoices, "inclusive of
 * tax", DD/MM/YYYY. Pure.
 */
import { csvFile, csvMoney, csvNumber, csvWords } from '#services/documents/csv.ts'
import type { FileKind } from './invoice-file-kinds.ts'
import { fundWords } from './invoice-paper.rules.ts'
import type { InvoiceView, InvoiceViewLine } from './read-invoice.server.ts'

const ukDate = (iso: string): string => iso.split('-').reverse().join('/')
const sign = (view: InvoiceView): 1 | -1 => (view.kind === 'invoice' ? 1 : -1)

const each = <Cells>(
  views: readonly InvoiceView[],
  cells: (view: InvoiceView, line: InvoiceViewLine) => Cells,
): Cells[] => views.flatMap((view) => view.lines.map((line) => cells(view, line)))

/** Every line with its day, time, minutes, funds and VAT; credit notes below zero. */
export const linesCsv = (views: readonly InvoiceView[]): string =>
  csvFile(
    ['Number', 'Kind', 'Gives back part of', 'Date', 'To be paid by', 'From', 'To', 'Support for', 'Order', 'Day', 'Time', 'What', 'Minutes', 'Paid from', 'VAT', 'VAT rate (%)', 'Tax point', 'Net (£)', 'VAT (£)', 'Amount (£)'], // prettier-ignore
    each(views, (view, line) => [
      csvWords(view.number),
      csvWords(view.kind === 'invoice' ? 'Invoice' : 'Credit note'),
      csvWords(view.corrects?.number ?? ''),
      view.issuedIso,
      view.kind === 'invoice' ? view.dueIso : '',
      csvWords(view.seller.name),
      csvWords(view.addressee.name),
      csvWords(view.person.name),
      csvWords(view.order),
      line.day,
      line.time,
      csvWords(line.what),
      csvNumber(line.minutes),
      csvWords(fundWords(line.funds)),
      csvWords(view.vatNumber === null ? '' : line.vatKind),
      view.vatNumber === null ? '' : String(line.vatBps / 100),
      line.taxPoint ?? '',
      csvMoney(sign(view) * line.net),
      csvMoney(sign(view) * line.vat),
      csvMoney(sign(view) * line.gross),
    ]),
  )

const XERO_HEADS = [
  '*ContactName', 'EmailAddress', 'POAddressLine1', 'POAddressLine2', 'POAddressLine3', 'POAddressLine4', 'POCity', 'PORegion',
  'POPostalCode', 'POCountry', '*InvoiceNumber', 'Reference', '*InvoiceDate', '*DueDate', 'Total', 'InventoryItemCode', '*Description',
  '*Quantity', '*UnitAmount', 'Discount', '*AccountCode', '*TaxType', 'TaxAmount', 'TrackingName1', 'TrackingOption1',
  'TrackingName2', 'TrackingOption2', 'Currency', 'BrandingTheme',
] // prettier-ignore

/** Names of rates as Xero shows them to organisations in the United Kingdom. */
const XERO_TAX: Record<InvoiceViewLine['vatKind'], string> = {
  standard: '20% (VAT on Income)',
  reduced: '5% (VAT on Income)',
  zero: 'Zero Rated Income',
  exempt: 'Exempt Income',
  outside_scope: 'No VAT',
}
/** "Sales" in the chart of accounts that Xero starts with; can be changed when the file is imported. */
const XERO_SALES = '200'

const description = (line: InvoiceViewLine): string =>
  [line.what, line.when, line.minutes === null ? '' : `${String(line.minutes)} minutes`]
    .filter(Boolean)
    .join(', ')

/** A credit note is an invoice below zero there. */
export const xeroCsv = (views: readonly InvoiceView[]): string =>
  csvFile(
    XERO_HEADS,
    each(views, (view, line) => [
      csvWords(view.addressee.name),
      '',
      ...[0, 1, 2, 3].map((at) => csvWords(view.addressee.lines[at] ?? '')),
      '',
      '',
      '',
      '',
      csvWords(view.number),
      csvWords(view.corrects?.number ?? view.order),
      ukDate(view.issuedIso),
      ukDate(view.dueIso),
      '',
      '',
      csvWords(description(line)),
      '1',
      csvMoney(sign(view) * line.gross),
      '',
      XERO_SALES,
      csvWords(XERO_TAX[line.vatKind]),
      csvMoney(sign(view) * line.vat),
      '',
      '',
      '',
      '',
      'GBP',
      '',
    ]),
    { mark: false },
  )

const QUICKBOOKS_HEADS = [
  '*InvoiceNo', '*Customer', '*InvoiceDate', '*DueDate', 'Terms', 'Location', 'Memo', 'Item(Product/Service)', 'ItemDescription',
  'ItemQuantity', 'ItemRate', '*ItemAmount', '*ItemTaxCode', 'ItemTaxAmount', 'Currency', 'Service Date',
] // prettier-ignore

/** Codes of VAT as QuickBooks Online has them in the United Kingdom. */
const QUICKBOOKS_TAX: Record<InvoiceViewLine['vatKind'], string> = {
  standard: '20.0% S',
  reduced: '5.0% R',
  zero: '0.0% Z',
  exempt: 'Exempt',
  outside_scope: 'No VAT',
}

/** Invoices alone: QuickBooks imports no credit notes this way, and the page says so. */
export const quickbooksCsv = (views: readonly InvoiceView[]): string =>
  csvFile(
    QUICKBOOKS_HEADS,
    each(
      views.filter(({ kind }) => kind === 'invoice'),
      (view, line) => [
        csvWords(view.number),
        csvWords(view.addressee.name),
        ukDate(view.issuedIso),
        ukDate(view.dueIso),
        '',
        '',
        csvWords(view.order),
        csvWords('Support'),
        csvWords(description(line)),
        '1',
        csvMoney(line.gross),
        csvMoney(line.gross),
        csvWords(QUICKBOOKS_TAX[line.vatKind]),
        csvMoney(line.vat),
        'GBP',
        ukDate(line.day),
      ],
    ),
    { mark: false },
  )

export const fileOf = (kind: FileKind, views: readonly InvoiceView[]): string =>
  kind === 'xero' ? xeroCsv(views) : kind === 'quickbooks' ? quickbooksCsv(views) : linesCsv(views)
