import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { fundsHeldPage } from '#services/holding/funds-held-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { Pages } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Funds held for people – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => fundsHeldPage(deps, actor, { page: url.searchParams.get('page') }))

export default function FundsHeld() {
  const page = useLoaderData<typeof loader>()
  const open =
    page.open === 0
      ? 'Everything is as agreed, as far as Kith can see.'
      : page.open === 1
        ? 'One thing is not as agreed.'
        : `${String(page.open)} things are not as agreed.`
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Funds held for people</h1>
        <p className="lead">
          {page.total === 1 ? 'One fund is' : `${String(page.total)} funds are`} held by somebody for the
          person. {open} {page.missing > 0 ? `${String(page.missing)} have no agreement written down.` : ''}
        </p>
      </header>
      {page.lines.length === 0 ? (
        <Empty title="No fund is held by somebody" level={2}>
          <p>Managed accounts and individual service funds show here.</p>
        </Empty>
      ) : (
        <DataTable
          caption="What is not as agreed first"
          rowHeader="person"
          columns={[
            { key: 'person', label: 'Person' },
            { key: 'fund', label: 'Fund' },
            { key: 'holder', label: 'Held by' },
            { key: 'state', label: 'How it stands' },
            { key: 'review', label: 'Looked at again by' },
          ]}
          rows={page.lines.map((line) => ({
            key: line.allocationId,
            cells: {
              person: <a href={`/council/funds-held/${line.allocationId}`}>{line.person}</a>,
              fund: `${line.fund}, ${line.managed ? 'managed account' : 'individual service fund'}`,
              holder: line.holder,
              state:
                line.open > 0 ? (
                  <Tag tone="stop">
                    {line.open === 1
                      ? 'One thing not as agreed'
                      : `${String(line.open)} things not as agreed`}
                  </Tag>
                ) : line.missing ? (
                  <Tag tone="asked">No agreement yet</Tag>
                ) : (
                  <Tag tone="done">As agreed</Tag>
                ),
              review: line.review ? (
                line.reviewOver ? (
                  <Tag tone="stop">{line.review}, over</Tag>
                ) : (
                  line.review
                )
              ) : (
                'No date'
              ),
            },
          }))}
        />
      )}
      <Pages current={page.page} total={page.pages} base="/council/funds-held?page=" label="Pages of funds" />
    </div>
  )
}
