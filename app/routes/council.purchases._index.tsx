import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import {
  councilPurchasesPage,
  SHOWS,
  type CouncilPurchasesPage,
  type Show,
} from '#services/purchases/council-purchases-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { STATE_WORDS } from '~/components/purchases/state-words.ts'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Purchases – Kith' }]

const showOf = (text: string | null): Show => SHOWS.find((show) => show === text) ?? 'waiting'
const pageOf = (text: string | null): number => (text && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1)

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    councilPurchasesPage(deps, actor, {
      show: showOf(url.searchParams.get('show')),
      page: pageOf(url.searchParams.get('page')),
    }),
  )

const NONE: Record<Show, string> = {
  waiting: 'Nothing waits for you',
  to_pay: 'Nothing is to be paid by you',
  all: 'Nobody has asked for anything yet',
}

export default function CouncilPurchases() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Purchases</h1>
        <p className="lead">{queueWords(page.counts)}</p>
        {page.audits ? (
          <p>
            <a href="/council/money/adviser-spending">What advisers spent</a>
          </p>
        ) : null}
      </header>
      <Tabs
        label="Which purchases"
        tabs={[
          { label: 'Waiting for you', href: '/council/purchases', current: page.show === 'waiting' },
          {
            label: 'For you to pay',
            href: '/council/purchases?show=to_pay',
            current: page.show === 'to_pay',
          },
          { label: 'All', href: '/council/purchases?show=all', current: page.show === 'all' },
        ]}
      />
      <List page={page} />
      <Pages
        current={page.page}
        total={page.pages}
        base={`/council/purchases?show=${page.show}&page=`}
        label="Pages of purchases"
      />
      {page.funds.length > 0 ? <Funds funds={page.funds} /> : null}
    </div>
  )
}

function queueWords({ waiting, toPay }: CouncilPurchasesPage['counts']): string {
  const first =
    waiting === 0
      ? 'Nothing waits'
      : waiting === 1
        ? 'One purchase waits'
        : `${String(waiting)} purchases wait`
  const second = toPay === 0 ? 'none is' : toPay === 1 ? 'one is' : `${String(toPay)} are`
  return `${first} for your yes or no, and ${second} for you to pay.`
}

function List({ page }: { page: CouncilPurchasesPage }) {
  if (page.purchases.length === 0)
    return (
      <Empty title={NONE[page.show]} level={2}>
        <p>What people ask to buy from somebody who is not listed shows here, longest waiting first.</p>
      </Empty>
    )
  return (
    <DataTable
      caption={page.show === 'all' ? 'Newest first' : 'Longest waiting first'}
      label="Purchases"
      rowHeader="what"
      columns={[
        { key: 'person', label: 'Person' },
        { key: 'what', label: 'What' },
        { key: 'fund', label: 'Fund' },
        { key: 'price', label: 'Price', numeric: true },
        { key: 'since', label: 'Put forward' },
        { key: 'state', label: 'Where it stands' },
      ]}
      rows={page.purchases.map((one) => ({
        key: one.id,
        cells: {
          person: one.person,
          what: (
            <a href={`/council/purchases/${one.id}`}>
              {one.what}, {one.seller}
            </a>
          ),
          fund: one.fund,
          price: pounds(one.pence),
          since: one.since,
          state: (
            <Tag tone={STATE_WORDS[one.state].tone}>
              {one.waitsForPerson ? 'Waiting for the person as well' : STATE_WORDS[one.state].words}
            </Tag>
          ),
        },
      }))}
    />
  )
}

/** The funds that this adviser spends with people. */
function Funds({ funds }: { funds: CouncilPurchasesPage['funds'] }) {
  return (
    <section className="stack" aria-labelledby="funds">
      <h2 id="funds">Funds that you hold</h2>
      <p>
        You spend these with the person: each purchase is for an outcome of their plan, and needs their yes.
      </p>
      <DataTable
        caption="Your funds, the one that ends first on top"
        columns={[
          { key: 'person', label: 'Person' },
          { key: 'name', label: 'Fund' },
          { key: 'left', label: 'Left', numeric: true },
          { key: 'until', label: 'Until' },
          { key: 'act', label: 'Suggest' },
        ]}
        rows={funds.map((fund) => ({
          key: fund.id,
          cells: {
            person: fund.person,
            name: fund.name,
            left: pounds(fund.left),
            until: fund.until,
            act: (
              <a href={`/council/purchases/new/${fund.id}`}>
                Suggest something
                <span className="vh">
                  : {fund.person}, {fund.name}
                </span>
              </a>
            ),
          },
        }))}
      />
    </section>
  )
}
