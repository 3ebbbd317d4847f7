import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { accountsPage } from '#services/holding/accounts-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink, Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Money you hold for people – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    accountsPage(deps, actor, {
      org: url.searchParams.get('org'),
      show: url.searchParams.get('show'),
      page: url.searchParams.get('page'),
    }),
  )

export default function Accounts() {
  const page = useLoaderData<typeof loader>()
  const org = page.provider.id
  const people = page.total.people === 1 ? 'one person' : `${String(page.total.people)} people`
  return (
    <div className="stack-l">
      <BackLink href={`/provider/money?org=${org}`}>Money</BackLink>
      <header className="head">
        <div className="stack-s">
          <h1>Money you hold for people</h1>
          <p className="lead">
            {page.total.people === 0
              ? `${page.provider.name} holds nobody’s money.`
              : `${page.provider.name} holds ${pounds(page.total.cash)} for ${people}. ${page.total.toPay > 0 ? `${pounds(page.total.toPay)} is to be paid now.` : 'Nothing is to be paid just now.'}`}
          </p>
        </div>
        {page.total.people > 0 ? (
          <p className="row-s">
            <LinkButton
              href={`/provider/money/accounts.csv?org=${org}&show=${page.show}`}
              kind="second"
              size="small"
              download
            >
              Save as a table (CSV)
            </LinkButton>
          </p>
        ) : null}
      </header>
      {page.total.people === 0 ? (
        <Empty title="No account and no fund" level={2}>
          <p>
            When somebody chooses you to look after their direct payment, or to hold an individual service
            fund, and their council writes it down, it shows here. Nobody else sees it.
          </p>
        </Empty>
      ) : (
        <>
          <Tabs
            label="Which accounts"
            tabs={page.tabs.map((tab) => ({
              label: `${tab.label} (${String(tab.count)})`,
              href: `/provider/money/accounts?org=${org}&show=${tab.value}`,
              current: tab.current,
            }))}
          />
          {page.lines.length === 0 ? (
            <Empty title="None of them, just now" level={2}>
              <p>
                <a href={`/provider/money/accounts?org=${org}`}>Show all</a>
              </p>
            </Empty>
          ) : (
            <DataTable
              caption="What needs doing first"
              rowHeader="person"
              columns={[
                { key: 'person', label: 'Person and fund' },
                { key: 'needs', label: 'What needs doing' },
                { key: 'cash', label: 'In it now', numeric: true },
                { key: 'toPay', label: 'To pay now', numeric: true },
                { key: 'dates', label: 'Review and insurance' },
              ]}
              rows={page.lines.map((line) => ({
                key: line.allocationId,
                cells: {
                  person: (
                    <>
                      <a href={`/provider/money/accounts/${line.allocationId}`}>{line.person}</a>
                      <br />
                      <span className="small soft">
                        {line.fund}
                        {line.deployment === 'individual_service_fund'
                          ? ', individual service fund'
                          : ', managed account'}
                        {line.ended ? `, ended on ${line.ended}` : ''}
                      </span>
                    </>
                  ),
                  needs:
                    line.needs.length === 0 ? (
                      <Tag tone="done">Nothing just now</Tag>
                    ) : (
                      <ul className="plain">
                        {line.needs.map((need) => (
                          <li key={need.words}>
                            {need.rank <= 3 ? <strong>{need.words}</strong> : need.words}
                          </li>
                        ))}
                      </ul>
                    ),
                  cash: pounds(line.cash),
                  toPay: line.toPay > 0 ? pounds(line.toPay) : '',
                  dates: (
                    <>
                      {line.review ?? 'No review agreed'}
                      {line.insurance ? (
                        <>
                          <br />
                          <span className="small soft">Insurance until {line.insurance}</span>
                        </>
                      ) : null}
                    </>
                  ),
                },
              }))}
            />
          )}
          <Pages
            current={page.page}
            total={page.pages}
            base={`/provider/money/accounts?org=${org}&show=${page.show}&page=`}
            label="Pages of accounts"
          />
          {page.cut ? <p>Only the newest thousand are shown.</p> : null}
          <p className="small">
            “In it now” is what the account should hold: what is free, set aside, kept back, and owed but not
            yet paid. Compare it with the bank.
          </p>
        </>
      )}
    </div>
  )
}
