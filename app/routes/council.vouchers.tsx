import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { voucherReportPage } from '#services/budgets/voucher-report.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { DataTable, HiddenNumber } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Vouchers – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => voucherReportPage(deps, actor))

export default function VoucherReport() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Vouchers</h1>
        <p className="lead">
          {page.none
            ? 'None has been issued.'
            : `${page.count === null ? 'Vouchers' : `${String(page.count)} vouchers`} worth ${page.issued ?? 'a sum that is not shown'} have been issued. ${page.used ?? 'What'} of it ${page.used ? 'is used' : 'is used is not shown'}.`}
        </p>
        <p>
          As of {page.today}. Counts from 1 to 4, and sums that a few people make up, are not shown, nor what
          would give them away.
        </p>
      </header>
      {page.none ? (
        <Empty title="No voucher yet" level={2}>
          <p>When people are given one, it is counted here.</p>
        </Empty>
      ) : (
        page.tables.map((table) => (
          <section key={table.id} className="stack" aria-labelledby={table.id}>
            <h2 id={table.id}>{table.caption}</h2>
            {table.rows.length === 0 ? (
              <p>Nothing yet.</p>
            ) : (
              <DataTable
                caption={table.caption}
                label={`Table: ${table.caption}`}
                hideCaption
                columns={[
                  { key: 'name', label: table.first },
                  ...table.columns.map((label, i) => ({ key: String(i), label, numeric: true })),
                ]}
                rows={table.rows.map((row) => ({
                  key: row.key,
                  cells: {
                    name: row.name,
                    ...Object.fromEntries(
                      row.cells.map((cell, i) => [
                        String(i),
                        cell.hidden && cell.text === 'not shown' ? <HiddenNumber key={i} /> : cell.text,
                      ]),
                    ),
                  },
                }))}
              />
            )}
            <p className="no-print">
              <a href={`/council/vouchers.csv?table=${table.id}`} download>
                Save as a table (CSV)<span className="vh">: {table.caption}</span>
              </a>
            </p>
          </section>
        ))
      )}
    </div>
  )
}
