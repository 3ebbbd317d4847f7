import { pounds } from '#services/kernel/money.ts'
import { Pages, Tabs } from '../navigation/navigation.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'
import { PAYMENT_TONE } from './run-tone.ts'

interface Line {
  paymentId: string
  position: number
  provider: string
  person: string
  supplier: string
  order: string
  costCode: string
  caseReference: string
  reference: string
  visits: number
  pence: number
  state: string
  stateWords: string
  why: string | null
}

/** The payments of a run, with what each was approved with. */
export function RunLines({
  page,
}: {
  page: {
    id: string
    show: 'all' | 'failed'
    page: number
    pages: number
    lines: readonly Line[]
    failed: { payments: number }
  }
}) {
  const base = `/council/money/runs/${page.id}`
  return (
    <section className="stack" aria-labelledby="payments">
      <h2 id="payments">Payments</h2>
      {page.failed.payments > 0 ? (
        <Tabs
          label="Which payments"
          tabs={[
            { label: 'All', href: base, current: page.show === 'all' },
            { label: 'Did not arrive', href: `${base}?show=failed`, current: page.show === 'failed' },
          ]}
        />
      ) : null}
      <DataTable
        caption="One payment for each provider, person and order"
        columns={[
          { key: 'provider', label: 'Provider' },
          { key: 'person', label: 'Person' },
          { key: 'order', label: 'Order', nowrap: true },
          { key: 'codes', label: 'Cost code, case' },
          { key: 'reference', label: 'Reference', nowrap: true },
          { key: 'visits', label: 'Visits', numeric: true },
          { key: 'sum', label: 'Amount', numeric: true },
          { key: 'state', label: 'How it stands' },
        ]}
        rows={page.lines.map((line) => ({
          key: line.paymentId,
          cells: {
            provider: line.supplier === '' ? line.provider : `${line.provider} (${line.supplier})`,
            person: line.person,
            order: line.order === '' ? 'None kept' : line.order,
            codes: line.costCode === '' ? 'None kept' : `${line.costCode}, ${line.caseReference}`,
            reference: line.reference,
            visits: String(line.visits),
            sum: pounds(line.pence),
            state: (
              <>
                <Tag tone={PAYMENT_TONE[line.state] ?? 'plain'}>{line.stateWords}</Tag>
                {line.why ? <span className="block small">{line.why}</span> : null}
                {line.state === 'sent' || line.state === 'confirmed' ? (
                  <a className="block small" href={`${base}/lines/${line.paymentId}`}>
                    {line.state === 'sent' ? 'Record what became of it' : 'It came back'}
                    <span className="vh">
                      : {line.provider}, {line.reference}
                    </span>
                  </a>
                ) : null}
              </>
            ),
          },
        }))}
      />
      <Pages
        current={page.page}
        total={page.pages}
        base={`${base}?${page.show === 'failed' ? 'show=failed&' : ''}page=`}
        label="Pages of payments"
      />
    </section>
  )
}
