import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SHOWS } from '#services/vetting/checks.rules.ts'
import { queuePage } from '#services/vetting/queue-page.server.ts'
import { Who } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Checks – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, url }) => {
    const show = SHOWS.find((entry) => entry === url.searchParams.get('show')) ?? 'waiting'
    const page = Number(url.searchParams.get('page') ?? '1')
    return queuePage(deps, actor, {
      show,
      page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
    })
  })

const LABELS = { waiting: 'Waiting for us', asked: 'Asked for', decided: 'Decided' } as const
const STATE_WORDS: Record<string, string> = {
  verified: 'It holds',
  refused: 'Not accepted',
  expired: 'Run out',
}

export default function Queue() {
  const { checks, total, page, pages, show } = useLoaderData<typeof loader>()
  const holdUp = checks.filter((check) => check.listingsWaiting > 0).length
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Checks</h1>
        <p className="lead">
          {show === 'waiting'
            ? total === 0
              ? 'Nothing waits for you.'
              : `${total === 1 ? 'One claim waits' : `${String(total)} claims wait`} for somebody to look at ${total === 1 ? 'it' : 'them'}.${holdUp > 0 ? ' Listings wait for some of them.' : ''}`
            : `${String(total)} in all.`}
        </p>
      </header>
      <Tabs
        label="Which checks"
        tabs={SHOWS.map((entry) => ({
          label: LABELS[entry],
          href: `/council/checks?show=${entry}`,
          current: entry === show,
        }))}
      />
      {checks.length === 0 ? (
        <Empty title="None here" level={2}>
          <p>When a provider tells us something, it stands here, the longest waiting first.</p>
        </Empty>
      ) : (
        <DataTable
          caption={`${LABELS[show]}: ${show === 'decided' ? 'newest first' : 'longest waiting first'}`}
          rowHeader="what"
          cards
          columns={[
            { key: 'what', label: 'What' },
            { key: 'provider', label: 'Provider' },
            { key: 'since', label: show === 'decided' ? 'Decided on' : 'Since' },
            { key: 'note', label: show === 'decided' ? 'How' : 'Listings that wait' },
          ]}
          rows={checks.map((check) => ({
            key: check.id,
            cells: {
              what: (
                <a href={`/council/checks/${check.id}`}>
                  {check.name}
                  <span className="vh"> of {check.provider.name}</span>
                </a>
              ),
              provider: (
                <Who
                  id={check.provider.id}
                  kind={check.provider.kind}
                  name={check.provider.name}
                  size="xs"
                  {...(check.provider.council ? { detail: check.provider.council } : {})}
                />
              ),
              since: check.since,
              note:
                show === 'decided'
                  ? (STATE_WORDS[check.state] ?? check.state)
                  : String(check.listingsWaiting),
            },
          }))}
        />
      )}
      <Pages
        current={page}
        total={pages}
        base={`/council/checks?show=${show}&page=`}
        label="Pages of checks"
      />
    </div>
  )
}
