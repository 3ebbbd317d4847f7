import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { statementPage, type StatementPage } from '#services/invoicing/statement-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink, Tabs } from '~/components/navigation/navigation.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Statement${page ? `, ${page.words}` : ''} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    const { easy: _easy, ...page } = await statementPage(deps, actor, url.searchParams.get('from'))
    return page
  })

export default function Statement() {
  const page = useLoaderData<typeof loader>()
  const { person } = page
  return (
    <div className="stack-l">
      <BackLink href="/my/money">{whoseThing(person, 'money')}</BackLink>
      <header className="head">
        <div className="stack-s">
          <h1>Statement, {page.words}</h1>
          <p className="print-only">
            {person.name}
            {[person.addressLine, person.postcode].map((line) =>
              line ? (
                <span key={line} className="block">
                  {line}
                </span>
              ) : null,
            )}
            <span className="block">Printed on {page.today}.</span>
          </p>
        </div>
        <p className="row-s no-print">
          <PrintButton />
          <LinkButton href={`/my/money/statement.pdf?from=${page.from}`} kind="second" size="small" download>
            Save as PDF
          </LinkButton>
        </p>
      </header>
      <div className="no-print">
        <Tabs
          label="Four weeks"
          tabs={page.tabs.map((tab) => ({
            label: tab.label,
            href: `/my/money/statement?from=${tab.from}`,
            current: tab.current,
          }))}
        />
      </div>
      {page.running ? <p>These four weeks are not over yet: more may come in and go out.</p> : null}
      {page.funds.length === 0 ? (
        <Empty title="There was no money in these four weeks" level={2}>
          <p>When a council or the NHS agrees a budget, its statements are here.</p>
        </Empty>
      ) : (
        <Figures page={page} />
      )}
    </div>
  )
}

const amount = (pence: number | null): string => (pence === null ? '' : pounds(pence))

function Figures({ page }: { page: Omit<StatementPage, 'easy'> }) {
  const columns = [
    { key: 'name', label: 'Fund' },
    { key: 'opening', label: 'At the start', numeric: true },
    { key: 'in', label: 'In', numeric: true },
    { key: 'out', label: 'Out', numeric: true },
    { key: 'setAside', label: 'Set aside', numeric: true },
    { key: 'kept', label: 'Kept back', numeric: true },
    { key: 'left', label: 'Left', numeric: true },
  ]
  const cells = (of: StatementPage['total']) => ({
    opening: pounds(of.opening),
    in: pounds(of.in),
    out: pounds(of.out),
    setAside: pounds(of.setAside),
    kept: pounds(of.kept),
    left: pounds(of.left),
  })
  return (
    <>
      <p className="lead">{page.sentence}</p>
      <section className="stack" aria-labelledby="funds">
        <h2 id="funds">Each fund</h2>
        <p>At the start, and in, less out, is what is set aside, kept back and left.</p>
        <DataTable
          caption="Each fund over these four weeks"
          hideCaption
          columns={columns}
          rows={page.funds.map((fund) => ({ key: fund.id, cells: { name: fund.name, ...cells(fund) } }))}
          foot={{ key: 'all', cells: { name: 'In all', ...cells(page.total) } }}
        />
      </section>
      <section className="stack" aria-labelledby="lines">
        <h2 id="lines">What happened</h2>
        {page.lines.length === 0 ? (
          <p>Nothing came in and nothing went out.</p>
        ) : (
          <DataTable
            caption="What came in and went out, in its order"
            hideCaption
            rowHeader="what"
            columns={[
              { key: 'day', label: 'Date', nowrap: true },
              { key: 'what', label: 'What' },
              { key: 'fund', label: 'Fund' },
              { key: 'out', label: 'Out', numeric: true },
              { key: 'in', label: 'In', numeric: true },
              { key: 'stands', label: 'Where it stands' },
            ]}
            rows={page.lines.map((line) => ({
              key: line.key,
              cells: {
                day: <time dateTime={line.date}>{line.day}</time>,
                what: line.visitId ? <a href={`/my/visits/${line.visitId}`}>{line.what}</a> : line.what,
                fund: line.fund,
                out: amount(line.out),
                in: amount(line.in),
                stands: <Tag tone={line.stands.tone}>{line.stands.words}</Tag>,
              },
            }))}
            foot={{
              key: 'all',
              cells: { what: 'In all', out: pounds(page.total.out), in: pounds(page.total.in) },
            }}
          />
        )}
      </section>
      <p className="no-print">
        Is something wrong? <a href="/help">Talk to a person</a>
      </p>
    </>
  )
}
