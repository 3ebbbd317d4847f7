import type { PackPage } from '#services/audit-packs/pack-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '../button/button.tsx'
import { DateField } from '../forms/date-field.tsx'
import { Notice } from '../notice/notice.tsx'
import { PrintButton } from '../print/print-button.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { DataTable } from '../table/data-table.tsx'

type Table = PackPage['tables'][number]
type Document = Table['rows'][number]['documents'][number]

export interface PackProps {
  page: PackPage
  /** Address of this page. */
  path: string
  documentHref: (document: Document) => string
  /** Who “you” is in the words of a line; null for the person themself. */
  you: string | null
}

/** Files of the pack, each in one press. */
export function PackFiles({ page, path }: Pick<PackProps, 'page' | 'path'>) {
  const days = `?from=${page.period.from}&until=${page.period.until}`
  return (
    <p className="row-s no-print">
      <LinkButton href={`${path}/pack.zip${days}`} size="small" download>
        Save all of it with its papers (ZIP)
      </LinkButton>
      <LinkButton href={`${path}/pack.pdf${days}`} kind="second" size="small" download>
        Save as PDF
      </LinkButton>
      <LinkButton href={`${path}/pack.csv${days}`} kind="second" size="small" download>
        Save the lines (CSV)
      </LinkButton>
      <PrintButton />
    </p>
  )
}

/** Everything about one fund, from grant to spend: the same for the council and for the person. */
export function Pack({ page, path, documentHref, you }: PackProps) {
  const { sums, missing } = page
  return (
    <>
      <section className="stack" aria-labelledby="fund">
        <h2 id="fund">The fund</h2>
        <SummaryList rows={page.facts} />
      </section>
      <section className="stack" aria-labelledby="sums">
        <h2 id="sums">It adds up</h2>
        {page.addsUp ? (
          <p>{page.sentence}</p>
        ) : (
          <Notice tone="stop" title="These figures do not agree">
            <p>Something is wrong in our books. Nothing was hidden: tell us, and we will look.</p>
          </Notice>
        )}
        <SummaryList
          rows={[
            { term: 'Before the first day', value: pounds(sums.opening) },
            { term: 'Came in', value: pounds(sums.in) },
            { term: 'Went out', value: pounds(sums.out) },
            {
              term: 'After the last day',
              value: `${pounds(sums.closing)}: ${pounds(sums.left)} to use, ${pounds(sums.setAside)} set aside, ${pounds(sums.kept)} kept back`,
            },
          ]}
        />
      </section>
      <section className="stack" aria-labelledby="asked">
        <h2 id="asked">What the scheme asks for</h2>
        <p>{missing.words}</p>
        {missing.rows.length > 0 ? (
          <DataTable
            caption="Receipts that are asked for and missing"
            hideCaption
            columns={[
              { key: 'what', label: 'What' },
              { key: 'day', label: 'Paid on' },
              { key: 'pence', label: 'Amount', numeric: true },
            ]}
            rows={missing.rows.map((one) => ({
              key: one.key,
              cells: { what: one.what, day: one.day, pence: pounds(one.pence) },
            }))}
          />
        ) : null}
      </section>
      {you ? <p className="small">“You” in the words of a line means {you}.</p> : null}
      {page.tables.map((table) => (
        <TableOfPack
          key={table.id}
          table={table}
          shortened={page.shortened[table.id] ?? 0}
          documentHref={documentHref}
        />
      ))}
      <form method="get" action={path} className="card stack no-print" aria-labelledby="other">
        <h2 id="other">Another time</h2>
        <DateField name="from" label="First day" defaultValue={page.period.from} />
        <DateField name="until" label="Last day" defaultValue={page.period.until} />
        <p>
          <Button kind="second">Show it</Button>
        </p>
      </form>
    </>
  )
}

function TableOfPack({
  table,
  shortened,
  documentHref,
}: {
  table: Table
  shortened: number
  documentHref: PackProps['documentHref']
}) {
  const text = (cell: string | number | null): string =>
    cell === null ? '' : typeof cell === 'number' ? pounds(cell) : cell
  const cellsOf = (cells: readonly (string | number | null)[]): Record<string, string> =>
    Object.fromEntries(cells.map((cell, at) => [`c${String(at)}`, text(cell)]))
  return (
    <section className="stack" aria-labelledby={table.id}>
      <h2 id={table.id}>{table.title}</h2>
      <p>{table.says}</p>
      {table.rows.length === 0 ? null : (
        <DataTable
          caption={table.title}
          label={`Table: ${table.title}`}
          hideCaption
          columns={[
            ...table.columns.map(({ label, kind }, at) => ({
              key: `c${String(at)}`,
              label,
              numeric: kind === 'money',
            })),
            ...(table.documents ? [{ key: 'papers', label: 'Papers' }] : []),
          ]}
          rows={table.rows.map((row) => ({
            key: row.key,
            cells: {
              ...cellsOf(row.cells),
              papers: row.documents.map((one) => (
                <a key={one.id} className="block" href={documentHref(one)} download>
                  {one.label}
                </a>
              )),
            },
          }))}
          {...(table.foot && shortened === 0 && table.leftOut === 0
            ? { foot: { key: 'all', cells: cellsOf(table.foot) } }
            : {})}
        />
      )}
      {shortened > 0 ? (
        <p>{String(shortened)} more rows are in the files. A shorter time shows them here.</p>
      ) : null}
      {table.leftOut > 0 ? (
        <p>
          {String(table.leftOut)} more did not fit. Their money is in the sums; a shorter time shows them.
        </p>
      ) : null}
    </section>
  )
}

/** Who of the council has looked, when and why. */
export function Looked({ openings, none }: { openings: PackPage['openings']; none: string }) {
  return (
    <section className="stack" aria-labelledby="looked">
      <h2 id="looked">Who of the council has looked at it</h2>
      {openings.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className="plain stack-s">
          {openings.map((one) => (
            <li key={one.id} className="card stack-s">
              <p>
                <strong>{one.by}</strong>, {one.at}
              </p>
              <p>
                {one.purpose}. “{one.words}”
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
