import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { recordsPage } from '#services/employing/records-page.server.ts'
import { BackLink, Tabs } from '~/components/navigation/navigation.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { counted } from '~/components/week/words.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Wage records of ${page?.name ?? 'an assistant'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params, url }) =>
    recordsPage(deps, actor, { id: params['id'] ?? '', year: url.searchParams.get('year') }),
  )

const COLUMNS = [
  { key: 'period', label: 'From and to' },
  { key: 'hours', label: 'Hours' },
  { key: 'rate', label: 'An hour', numeric: true },
  { key: 'net', label: 'Net pay', numeric: true },
  { key: 'tax', label: 'Tax', numeric: true },
  { key: 'theirInsurance', label: 'Their NI', numeric: true },
  { key: 'theirPension', label: 'Their pension', numeric: true },
  { key: 'yourInsurance', label: 'Your NI', numeric: true },
  { key: 'yourPension', label: 'Your pension', numeric: true },
  { key: 'fee', label: 'Payroll', numeric: true },
  { key: 'total', label: 'All in', numeric: true },
] as const

export default function Records() {
  const page = useLoaderData<typeof loader>()
  const { records } = page
  return (
    <div className="flow">
      <BackLink href={`/my/assistants/${page.id}`}>{page.name}</BackLink>
      <header className="head">
        <div className="stack-s">
          <h1>Wage records of {page.name}</h1>
          <p className="lead">
            Tax year {page.year}. They are always kept, also where a fund asks for no receipts. By law keep
            them for six years.
          </p>
        </div>
        <PrintButton />
      </header>
      <p className="print-only">
        Reference {page.reference}. Printed on {page.today}.
      </p>
      <Tabs
        label="Tax years"
        tabs={page.years.map((year) => ({
          label: year.label,
          href: `/my/assistants/${page.id}/records?year=${year.value}`,
          current: year.current,
        }))}
      />
      {records.length === 0 ? (
        <p>No wages were paid in this tax year.</p>
      ) : (
        <>
          <p>
            {page.sum.total} all in, for {counted(records.length, 'pay period', 'pay periods')} of four weeks.{' '}
            {page.name} got {page.sum.net} of it. NI is National Insurance; “their” is taken from their wage,
            “your” comes on top.
          </p>
          <div className="wage-records">
            <DataTable
              caption={`Wages paid in ${page.year}`}
              hideCaption
              columns={COLUMNS}
              rows={records.map(({ id, ...cells }) => ({ key: id, cells }))}
              foot={{
                key: 'sum',
                cells: { period: 'Together', hours: '', rate: '', ...page.sum },
              }}
            />
          </div>
        </>
      )}
    </div>
  )
}
