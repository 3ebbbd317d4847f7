/**
 * The paper that says what one payment was for, for whoever is paid: a council's payment run, or whoever holds a fund. Rendering
 * only: whoever pays brings the figures.
 */
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, longDate, shortDate } from '#services/kernel/time.ts'
import { csvFile, csvMoney, csvNumber, csvWords } from './csv.ts'
import { makePdf } from './pdf.server.ts'

export interface RemittanceLine {
  day: Temporal.PlainDate
  /** How the payer calls the person, to the provider: a name that both know, or a case reference. */
  person: string
  title: string
  minutes: number | null
  /** Below zero for what was given back and is set against this payment. */
  pence: number
  /** 'WCC-0042', when it was invoiced. */
  invoice: string | null
  /** A council's order, case and cost code. */
  order: string
}

export interface Remittance {
  payer: { name: string; lines: readonly string[] }
  payee: { name: string; lines: readonly string[] }
  /** As it stands in the bank. */
  reference: string
  supplierNumber: string | null
  paidOn: Temporal.PlainDate
  lines: readonly RemittanceLine[]
  at: Temporal.Instant
}

export const remittanceTotal = (lines: readonly { pence: number }[]): number =>
  lines.reduce((sum, line) => sum + line.pence, 0)

export function remittancePdf(advice: Remittance): Promise<Buffer> {
  const { payer, payee, lines } = advice
  const total = pounds(remittanceTotal(lines))
  return makePdf({
    title: `Remittance ${advice.reference}`,
    author: payer.name,
    footer: `${payer.name} · remittance ${advice.reference}`,
    at: advice.at,
    blocks: [
      { kind: 'text', text: `${payer.name} pays ${payee.name} ${total}.`, strong: true },
      {
        kind: 'beside',
        parts: [
          ['From', payer.name, ...payer.lines],
          ['To', payee.name, ...payee.lines],
        ],
      },
      {
        kind: 'facts',
        rows: [
          { term: 'Reference in the bank', value: advice.reference },
          ...(advice.supplierNumber ? [{ term: 'Supplier number', value: advice.supplierNumber }] : []),
          { term: 'Sent on', value: longDate(advice.paidOn) },
          { term: 'Amount', value: total },
        ],
      },
      { kind: 'heading', text: 'What it is for' },
      {
        kind: 'table',
        columns: [
          { label: 'Visit', share: 3 },
          { label: 'Person', share: 2.2 },
          { label: 'Day', share: 1.8 },
          { label: 'Invoice and order', share: 3 },
          { label: 'Amount', share: 1.6, align: 'right' },
        ],
        rows: lines.map((line) => [
          line.pence < 0 ? `Given back: ${line.title}` : line.title,
          line.person,
          shortDate(line.day),
          [line.invoice, line.order].filter(Boolean).join(', '),
          pounds(line.pence),
        ]),
        foot: [['In all', '', '', '', total]],
      },
    ],
  })
}

export const remittanceCsv = ({ reference, lines }: Pick<Remittance, 'reference' | 'lines'>): string =>
  csvFile(
    ['Reference', 'Day', 'Person', 'Visit', 'Minutes', 'Invoice', 'Order', 'Amount (£)'],
    lines.map((line) => [
      csvWords(reference),
      line.day.toString(),
      csvWords(line.person),
      csvWords(line.title),
      csvNumber(line.minutes),
      csvWords(line.invoice ?? ''),
      csvWords(line.order),
      csvMoney(line.pence),
    ]),
  )
