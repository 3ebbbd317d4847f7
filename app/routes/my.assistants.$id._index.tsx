import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { assistantPage, type AssistantPage } from '#services/employing/assistant-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.name ?? 'An assistant'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => assistantPage(deps, actor, params['id'] ?? ''))

export default function Assistant() {
  const page = useLoaderData<typeof loader>()
  const { person, name } = page
  return (
    <div className="flow">
      <BackLink href="/my/assistants">People who are employed</BackLink>
      <header className="stack-s">
        <h1>{name}</h1>
        <p className="lead">
          {page.ended
            ? `Was employed until ${page.ended}.`
            : person.self
              ? 'You employ them.'
              : `${person.shortName} employs them.`}
        </p>
      </header>
      {page.looks.map((look) => (
        <Notice key={look.title} tone="warn" title={look.title} level={2}>
          <p>{look.words}</p>
        </Notice>
      ))}
      <Sheets page={page} />
      <div className="grid grid-2">
        <Holiday page={page} />
        <section className="card stack-s" aria-labelledby="sick">
          <h2 id="sick">Off sick</h2>
          <p>
            Since {page.sick.since}: {page.sick.taken}.
          </p>
          <p>{page.sick.rule}</p>
        </section>
      </div>
      <section className="stack" aria-labelledby="terms">
        <h2 id="terms">What was agreed</h2>
        <SummaryList rows={page.terms} />
        {page.mayManage ? (
          <p className="row-s">
            <LinkButton href={`/my/assistants/${page.id}/change`} kind="second">
              Change it, or end it
            </LinkButton>
          </p>
        ) : null}
      </section>
      <section className="stack" aria-labelledby="more">
        <h2 id="more">Wage records and money kept back</h2>
        <ul>
          <li>
            <a href={`/my/assistants/${page.id}/records`}>Wage records of {name}, to look at and to print</a>
          </li>
          <li>
            <a href="/my/kept-back">What is kept back for wages, holiday and notice</a>
          </li>
        </ul>
      </section>
    </div>
  )
}

function Sheets({ page }: { page: AssistantPage }) {
  return (
    <section className="stack" aria-labelledby="hours">
      <h2 id="hours">Hours, four weeks at a time</h2>
      {page.sheets.length === 0 ? (
        <p>The first four weeks have not begun.</p>
      ) : (
        <DataTable
          caption="Every four weeks"
          hideCaption
          columns={[
            { key: 'period', label: 'From and to' },
            { key: 'hours', label: 'Hours' },
            { key: 'stands', label: 'Where it stands' },
            { key: 'total', label: 'All in', numeric: true },
          ]}
          rows={page.sheets.map((sheet) => ({
            key: sheet.id,
            cells: {
              period: <a href={`/my/assistants/${page.id}/hours/${sheet.id}`}>{sheet.period}</a>,
              hours: sheet.hours ?? 'Nothing written down yet',
              stands: <Tag tone={sheet.tone}>{sheet.words}</Tag>,
              total: sheet.total ?? '',
            },
          }))}
        />
      )}
    </section>
  )
}

function Holiday({ page }: { page: AssistantPage }) {
  const { holiday } = page
  return (
    <section className="card stack-s" aria-labelledby="holiday">
      <h2 id="holiday">Paid holiday</h2>
      {holiday.rows ? <SummaryList rows={holiday.rows} /> : null}
      <p className="small">{holiday.counted}</p>
      <p className="small">
        {holiday.how} <a href={holiday.source.href}>{holiday.source.label}, GOV.UK</a>
      </p>
    </section>
  )
}
