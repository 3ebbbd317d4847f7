import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '../button/button.tsx'
import { PrintButton } from '../print/print-button.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

export interface InvoiceViewProps {
  /** Where invoices of this reader stand; the two notes of an invoice lead to each other below it. */
  base: string
  /** Where a visit of a line leads to, for whoever may open it. */
  visitHref: ((visitId: string) => string) | null
  seller: readonly string[]
  addressee: readonly string[]
  facts: readonly { term: string; value: string }[]
  vatWords: string
  view: {
    id: string
    kind: 'invoice' | 'credit_note'
    title: string
    vatNumber: string | null
    corrects: { id: string; number: string } | null
    correctedBy: readonly { id: string; number: string; gross: number }[]
    stands: { tone: 'plain' | 'asked' | 'done' | 'stop'; words: string }
    lines: readonly {
      what: string
      when: string
      day: string
      minutes: number | null
      gross: number
      vatWords: string
      funds: readonly { fund: string; pence: number }[]
      visitId: string | null
    }[]
    vat: readonly { words: string; net: number; vat: number; gross: number }[]
    net: number
    vatTotal: number
    gross: number
  }
  children?: ReactNode
}

function Address({ title, lines }: { title: string; lines: readonly string[] }) {
  const [name, ...rest] = lines
  return (
    <div>
      <h2 className="small">{title}</h2>
      <p>
        <strong>{name}</strong>
        {rest.map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </p>
    </div>
  )
}

/** An invoice or a credit note, on the screen and on paper. */
export function InvoiceView(props: InvoiceViewProps) {
  const { base, visitHref, seller, addressee, facts, view, children } = props
  const vat = view.vatNumber !== null
  return (
    <div className="stack-l">
      <header className="head">
        <div className="stack-s">
          <p>
            <Tag tone={view.stands.tone}>{view.stands.words}</Tag>
          </p>
          <h1>{view.title}</h1>
        </div>
        <p className="row-s no-print">
          <PrintButton />
          <LinkButton href={`/invoices/${view.id}/invoice.pdf`} kind="second" size="small" download>
            Save as PDF
          </LinkButton>
          <LinkButton href={`/invoices/${view.id}/lines.csv`} kind="second" size="small" download>
            Save as a table (CSV)
          </LinkButton>
        </p>
      </header>
      <div className="grid grid-2">
        <Address title="From" lines={seller} />
        <Address title="To" lines={addressee} />
      </div>
      <SummaryList rows={facts} />
      {view.corrects ? (
        <p>
          It gives back a part of invoice <a href={`${base}/${view.corrects.id}`}>{view.corrects.number}</a>.
        </p>
      ) : null}
      {view.correctedBy.map((note) => (
        <p key={note.id}>
          {pounds(note.gross)} of it was given back: credit note{' '}
          <a href={`${base}/${note.id}`}>{note.number}</a>.
        </p>
      ))}
      {children}
      <section className="stack" aria-labelledby="lines">
        <h2 id="lines">{view.kind === 'invoice' ? 'What it is for' : 'What is given back'}</h2>
        <DataTable
          caption="Lines"
          hideCaption
          columns={[
            { key: 'what', label: 'What' },
            { key: 'when', label: 'When', nowrap: true },
            { key: 'minutes', label: 'Minutes', numeric: true },
            { key: 'funds', label: 'Paid from' },
            ...(vat ? [{ key: 'vat', label: 'VAT' }] : []),
            { key: 'gross', label: 'Amount', numeric: true },
          ]}
          rows={view.lines.map((line, at) => ({
            key: String(at),
            cells: {
              what: line.visitId && visitHref ? <a href={visitHref(line.visitId)}>{line.what}</a> : line.what,
              when: <time dateTime={line.day}>{line.when}</time>,
              minutes: line.minutes ?? 'None',
              funds: line.funds
                .map(({ fund, pence }) => (line.funds.length === 1 ? fund : `${fund} ${pounds(pence)}`))
                .join(', '),
              vat: line.vatWords,
              gross: pounds(line.gross),
            },
          }))}
          foot={{ key: 'total', cells: { what: 'Total', gross: pounds(view.gross) } }}
        />
      </section>
      {vat ? (
        <section className="stack" aria-labelledby="vat">
          <h2 id="vat">VAT in it</h2>
          <DataTable
            caption="VAT by rate"
            hideCaption
            cards={false}
            columns={[
              { key: 'words', label: 'Rate' },
              { key: 'net', label: 'Without VAT', numeric: true },
              { key: 'vat', label: 'VAT', numeric: true },
              { key: 'gross', label: 'With VAT', numeric: true },
            ]}
            rows={view.vat.map((rate) => ({
              key: rate.words,
              cells: {
                words: rate.words,
                net: pounds(rate.net),
                vat: pounds(rate.vat),
                gross: pounds(rate.gross),
              },
            }))}
            foot={{
              key: 'total',
              cells: {
                words: 'Total',
                net: pounds(view.net),
                vat: pounds(view.vatTotal),
                gross: pounds(view.gross),
              },
            }}
          />
          <p className="small">{props.vatWords}</p>
        </section>
      ) : null}
    </div>
  )
}
