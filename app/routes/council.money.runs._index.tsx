import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { runsPage } from '#services/runs/runs-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { RUN_TONE } from '~/components/council-money/run-tone.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Payment runs – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => runsPage(deps, actor, url.searchParams.get('council')))

export default function Runs() {
  const { runs } = useLoaderData<typeof loader>()
  const waiting = runs.filter(({ state }) => state === 'submitted').length
  const open = runs.filter(
    ({ state }) => state === 'draft' || state === 'approved' || state === 'sent',
  ).length
  return (
    <div className="stack-l">
      <MoneyHead title="Payment runs" csv="/council/money/runs.csv">
        <LinkButton href="/council/money/runs/new" size="small">
          Make a payment run
        </LinkButton>
      </MoneyHead>
      {runs.length === 0 ? (
        <Empty title="There was no payment run yet" level={2}>
          <p>
            A run pays what is due up to a day. One person makes it, another one approves it.{' '}
            <a href="/council/money/due">See what is due</a>
          </p>
        </Empty>
      ) : (
        <>
          <Total
            sentence={
              waiting > 0
                ? `${many(waiting, 'run waits', 'runs wait')} for approval by somebody who did not make it.`
                : open > 0
                  ? `${many(open, 'run is', 'runs are')} not finished. None waits for approval.`
                  : 'Every run is finished.'
            }
          />
          <DataTable
            caption="Payment runs, newest first"
            columns={[
              { key: 'number', label: 'Run' },
              { key: 'until', label: 'Visits up to' },
              { key: 'payments', label: 'Payments', numeric: true },
              { key: 'sum', label: 'Sum', numeric: true },
              { key: 'failed', label: 'Did not arrive', numeric: true },
              { key: 'state', label: 'How it stands' },
            ]}
            rows={runs.map((one) => ({
              key: one.id,
              cells: {
                number: <a href={`/council/money/runs/${one.id}`}>Run {one.number}</a>,
                until: one.untilWords,
                payments: String(one.payments),
                sum: pounds(one.pence),
                failed: String(one.failed),
                state: <Tag tone={RUN_TONE[one.state] ?? 'plain'}>{one.stateWords}</Tag>,
              },
            }))}
          />
        </>
      )}
    </div>
  )
}
