/** An invoice on paper: the same as on its page. Pure. */
import type { PdfBlock, PdfPaper } from '#services/documents/pdf.server.ts'
import { pounds } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { Party } from './invoice.schema.ts'
import type { InvoiceView } from './read-invoice.server.ts'

export const partyLines = ({ name, careOf, lines, notes }: Party): string[] => [
  name,
  ...(careOf ? [`care of ${careOf}`] : []),
  ...lines,
  ...notes,
]

/** Number, dates, order: what stands above the lines. */
export function invoiceFacts(view: InvoiceView): { term: string; value: string }[] {
  const invoice = view.kind === 'invoice'
  return [
    { term: 'Number', value: view.number },
    { term: 'Date', value: view.issuedOn },
    ...(invoice ? [{ term: 'To be paid by', value: view.dueOn }] : []),
    ...(view.corrects ? [{ term: 'Gives back part of invoice', value: view.corrects.number }] : []),
    { term: invoice ? 'For support' : 'For support on', value: view.period },
    { term: 'Support for', value: view.person.name },
    ...(view.order ? [{ term: 'Order', value: view.order }] : []),
    ...(view.vatNumber ? [{ term: 'VAT number', value: view.vatNumber }] : []),
  ]
}

export const fundWords = (funds: readonly { fund: string; pence: number }[]): string =>
  funds.length === 1
    ? (funds[0]?.fund ?? '')
    : funds.map(({ fund, pence }) => `${fund} ${pounds(pence)}`).join(', ')

/** Said under the lines of a VAT invoice. */
export const vatWords = ({ vatTotal }: { vatTotal: number }): string =>
  `${vatTotal > 0 ? 'The prices hold the VAT.' : 'There is no VAT in these prices.'} The tax point is the date of this invoice, or the day of the visit where that is more than 14 days before it.`

function linesTable(view: InvoiceView): PdfBlock {
  const vat = view.vatNumber !== null
  const blank = vat ? ['', '', '', ''] : ['', '', '']
  return {
    kind: 'table',
    columns: [
      { label: view.kind === 'invoice' ? 'What' : 'What is given back', share: 3.4 },
      { label: 'When', share: 2.4 },
      { label: 'Minutes', share: 1.5, align: 'right' },
      { label: 'Paid from', share: 2.6 },
      ...(vat ? [{ label: 'VAT', share: 1.6 }] : []),
      { label: 'Amount', share: 1.7, align: 'right' },
    ],
    rows: view.lines.map((line) => [
      line.what,
      line.when,
      line.minutes === null ? '' : String(line.minutes),
      fundWords(line.funds),
      ...(vat ? [line.vatWords] : []),
      pounds(line.gross),
    ]),
    foot: [['Total', ...blank, pounds(view.gross)]],
  }
}

const vatBlocks = (view: InvoiceView): PdfBlock[] =>
  view.vat.length === 0
    ? []
    : [
        { kind: 'heading', text: 'VAT in it' },
        {
          kind: 'table',
          columns: [
            { label: 'Rate', share: 3 },
            { label: 'Without VAT', share: 2, align: 'right' },
            { label: 'VAT', share: 2, align: 'right' },
            { label: 'With VAT', share: 2, align: 'right' },
          ],
          rows: view.vat.map((rate) => [rate.words, pounds(rate.net), pounds(rate.vat), pounds(rate.gross)]),
          foot: [['Total', pounds(view.net), pounds(view.vatTotal), pounds(view.gross)]],
        },
        { kind: 'text', text: vatWords(view), small: true },
      ]

export const invoicePaper = (view: InvoiceView, at: Temporal.Instant): PdfPaper => ({
  title: view.title,
  author: view.seller.name,
  footer: `${view.seller.name} · ${view.number}`,
  at,
  blocks: [
    {
      kind: 'beside',
      parts: [
        ['From', ...partyLines(view.seller)],
        ['To', ...partyLines(view.addressee)],
      ],
    },
    { kind: 'facts', rows: invoiceFacts(view) },
    linesTable(view),
    ...vatBlocks(view),
    { kind: 'text', text: `On the day of this print: ${view.stands.words.toLowerCase()}.`, small: true },
  ],
})
