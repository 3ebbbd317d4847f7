import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { payeesPage } from '#services/payees/payees-page.server.ts'
import { Total } from '~/components/card/card.tsx'
import { MoneyHead, many } from '~/components/council-money/page-head.tsx'
import { PAYEE_TONE } from '~/components/council-money/payee-tone.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Bank details of providers – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => payeesPage(deps, actor))

export default function Payees() {
  const { payees, without } = useLoaderData<typeof loader>()
  const waiting = payees.filter(({ state }) => state === 'proposed').length
  return (
    <div className="stack-l">
      <MoneyHead title="Bank details of providers" csv="/council/money/payees.csv" />
      <Total
        sentence={
          waiting === 0
            ? 'No change of bank details waits for a check.'
            : `${many(waiting, 'change of bank details waits', 'changes of bank details wait')} for a check and a call back.`
        }
      />
      {without.length > 0 ? (
        <Notice
          tone="warn"
          title={`${many(without.length, 'provider has', 'providers have')} no account that may be used`}
          level={2}
        >
          <p>They enter it themselves, on their page “Money”.</p>
          <ul>
            {without.slice(0, 20).map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
          {without.length > 20 ? <p>And {without.length - 20} more.</p> : null}
        </Notice>
      ) : null}
      {payees.length === 0 ? (
        <Empty title="No provider has entered where it is paid" level={2} />
      ) : (
        <DataTable
          caption="Bank details, those that wait first"
          columns={[
            { key: 'provider', label: 'Provider' },
            { key: 'account', label: 'Account' },
            { key: 'check', label: 'Payee check' },
            { key: 'asked', label: 'Asked on' },
            { key: 'state', label: 'How it stands' },
          ]}
          rows={payees.map((one) => ({
            key: one.id,
            cells: {
              provider: <a href={`/council/money/payees/${one.id}`}>{one.provider}</a>,
              account: `ends in ${one.account.slice(-3)}`,
              check: one.check,
              asked: one.proposedOn,
              state: (
                <Tag tone={PAYEE_TONE[one.state] ?? 'plain'}>
                  {one.state === 'cooling' ? `Used from ${one.usableFrom ?? ''}` : one.stateWords}
                </Tag>
              ),
            },
          }))}
        />
      )}
    </div>
  )
}
