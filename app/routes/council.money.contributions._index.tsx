import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { contributionsPage } from '#services/contributions/contributions-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink, Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { PrintButton } from '~/components/print/print-button.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'What people pay towards it – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    contributionsPage(deps, actor, {
      name: '',
      show: url.searchParams.get('show'),
      page: url.searchParams.get('page'),
    }),
  )

/** A search by name is posted: a name belongs in no address bar and no history. */
export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const name = text(await readForm(request), 'name').replaceAll(/\0|\p{Surrogate}/gu, '')
    return contributionsPage(deps, actor, { name, show: null, page: null })
  })

const HERE = '/council/money/contributions'

export default function Contributions() {
  const all = useLoaderData<typeof loader>()
  const page = useActionData<typeof action>() ?? all
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <header className="head">
        <h1>What people pay towards it</h1>
        <p className="row-s no-print">
          <PrintButton />
          <LinkButton href={`${HERE}.csv`} kind="second" size="small" download>
            Save as a table (CSV)
          </LinkButton>
        </p>
      </header>
      <Total
        sentence={
          all.owed === 0 ? (
            'Nobody owes anything.'
          ) : (
            <>
              <span className="num">{pounds(all.owed)}</span> is owed for council-paid care:{' '}
              {all.ages.map(({ words, pence }) => `${pounds(pence)} for ${words}`).join(', ')}.
            </>
          )
        }
      >
        <p>
          {all.questions === 0
            ? 'No question waits for an answer.'
            : `${String(all.questions)} ${all.questions === 1 ? 'question waits' : 'questions wait'} for an answer.`}{' '}
          {all.payInOverdue > 0
            ? `${pounds(all.payInOverdue)} has not been paid into direct payments yet.`
            : 'Nothing is late that is paid into direct payments.'}
        </p>
      </Total>
      <form method="post" className="stack-s narrow no-print" role="search">
        <TextField
          name="name"
          label="Find somebody by name"
          hint="Also people who were never assessed."
          type="search"
          maxLength={80}
          defaultValue={page.name}
        />
        <Button kind="second">Find</Button>
      </form>
      <Tabs
        label="Who is shown"
        className="no-print"
        tabs={[
          { label: 'All who pay', href: HERE, current: page.show === 'all' && page.name === '' },
          { label: 'Who owes', href: `${HERE}?show=owed`, current: page.show === 'owed' },
          { label: 'Questions', href: `${HERE}?show=questions`, current: page.show === 'questions' },
        ]}
      />
      <section className="stack-s" aria-label="People found">
        <p role="status">
          {page.name ? `With “${page.name}” in their name: ` : ''}
          {page.total === 1 ? 'One person' : `${String(page.total)} people`}.
        </p>
        {page.rows.length === 0 ? (
          <Empty title="Nobody" level={2}>
            <p>
              {page.name
                ? 'Check the spelling, or search for a part of the name.'
                : 'Find somebody by name and assess what they pay.'}
            </p>
          </Empty>
        ) : (
          <People rows={page.rows} />
        )}
      </section>
      <Pages
        current={page.page}
        total={page.name ? 1 : page.pages}
        base={`${HERE}?show=${page.show}&page=`}
        label="Pages of people"
      />
      <p className="no-print">
        <a href={`${HERE}/account`}>The account that people pay into by bank transfer</a>
      </p>
    </div>
  )
}

function People({ rows }: { rows: Awaited<ReturnType<typeof contributionsPage>>['rows'] }) {
  return (
    <DataTable
      caption="Questions first, then what has been owed longest"
      columns={[
        { key: 'name', label: 'Person' },
        { key: 'pays', label: 'Pays' },
        { key: 'to28', label: '0 to 28 days', numeric: true },
        { key: 'to56', label: '29 to 56 days', numeric: true },
        { key: 'over56', label: '57 days and more', numeric: true },
        { key: 'owed', label: 'Owed in all', numeric: true },
        { key: 'note', label: 'Besides' },
      ]}
      rows={rows.map((row) => ({
        key: row.personId,
        cells: {
          name: <a href={`/council/money/contributions/${row.personId}`}>{row.name}</a>,
          pays: row.weekly > 0 ? `${pounds(row.weekly)} a week. ${row.how}` : row.how,
          to28: pounds(row.byAge.to28),
          to56: pounds(row.byAge.to56),
          over56: pounds(row.byAge.over56),
          owed: pounds(row.owed),
          note: (
            <>
              {row.questions > 0 ? <Tag tone="asked">Asks for a review</Tag> : null}
              {row.payInOverdue > 0 ? ` ${pounds(row.payInOverdue)} not yet paid in.` : ''}
              {row.credit > 0 ? ` ${pounds(row.credit)} in their favour.` : ''}
              {row.questions === 0 && row.payInOverdue === 0 && row.credit === 0 ? '–' : ''}
            </>
          ),
        },
      }))}
    />
  )
}
