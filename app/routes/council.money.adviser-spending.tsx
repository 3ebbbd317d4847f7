import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import {
  adviserSpendingPage,
  AUDIT_SHOWS,
  type AuditShow,
} from '#services/purchases/adviser-spending-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink, Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Spent by advisers – Kith' }]

const showOf = (text: string | null): AuditShow => AUDIT_SHOWS.find((show) => show === text) ?? 'waiting'
const pageOf = (text: string | null): number => (text && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1)

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    adviserSpendingPage(deps, actor, {
      show: showOf(url.searchParams.get('show')),
      page: pageOf(url.searchParams.get('page')),
    }),
  )

export default function AdviserSpending() {
  const page = useLoaderData<typeof loader>()
  const base = '/council/money/adviser-spending'
  const tab = (show: AuditShow, label: string) => ({
    label,
    href: show === 'waiting' ? base : `${base}?show=${show}`,
    current: page.show === show,
  })
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <header className="stack-s">
        <h1>Spent by advisers</h1>
        <p className="lead">
          {page.all.count === 1 ? 'One purchase' : `${String(page.all.count)} purchases`} for{' '}
          {pounds(page.all.pence)} in all.{' '}
          {page.counts.waiting === 0
            ? 'All have been looked at.'
            : `${String(page.counts.waiting)} still to be looked at.`}{' '}
          {page.counts.flagged === 0 ? 'None is in question.' : `${String(page.counts.flagged)} in question.`}
        </p>
        <p>
          The sample is {String(page.counts.sample)} of the newest, drawn anew each month by nobody’s choice.
          Whoever agreed or paid a purchase does not look at it.
        </p>
      </header>
      <Tabs
        label="Which purchases"
        tabs={[
          tab('waiting', 'To be looked at'),
          tab('sample', 'This month’s sample'),
          tab('flagged', 'In question'),
          tab('looked_at', 'In order'),
        ]}
      />
      {page.purchases.length === 0 ? (
        <Empty title="None" level={2} />
      ) : (
        <DataTable
          caption="Newest first"
          label="Purchases by advisers"
          rowHeader="what"
          columns={[
            { key: 'on', label: 'Paid on' },
            { key: 'what', label: 'What' },
            { key: 'person', label: 'Person' },
            { key: 'adviser', label: 'Adviser' },
            { key: 'outcome', label: 'For' },
            { key: 'paid', label: 'Paid', numeric: true },
            { key: 'state', label: 'Looked at' },
          ]}
          rows={page.purchases.map((one) => ({
            key: one.id,
            cells: {
              on: one.on,
              what: (
                <a href={`/council/purchases/${one.id}`}>
                  {one.what}, {one.seller}
                </a>
              ),
              person: one.person,
              adviser: one.adviser,
              outcome: one.outcome,
              paid: pounds(one.pence),
              state: one.flagged ? (
                <Tag tone="stop">In question</Tag>
              ) : one.lookedAt ? (
                <Tag tone="done">In order</Tag>
              ) : (
                <Tag tone="asked">Not yet</Tag>
              ),
            },
          }))}
        />
      )}
      <Pages
        current={page.page}
        total={page.pages}
        base={`${base}?show=${page.show}&page=`}
        label="Pages of purchases"
      />
    </div>
  )
}
