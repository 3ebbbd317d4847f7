import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { replayWebhook, webhooksPage } from '#services/payments/webhooks-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Pages, Tabs } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Payment events – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    const page = Number.parseInt(url.searchParams.get('page') ?? '1', 10)
    return webhooksPage(deps, actor, {
      state: url.searchParams.get('state'),
      page: Number.isSafeInteger(page) ? page : 1,
    })
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    await replayWebhook(deps, actor, text(await readForm(request), 'eventId'))
    return redirectWithNotice(
      `${url.pathname}${url.search}`,
      'It is handled once more. What was done stays done.',
    )
  })

const LABELS = { look: 'To look at', waiting: 'Waiting', handled: 'Handled' } as const

export default function Webhooks() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Payment events</h1>
        <p className="lead">What the payment service and card schemes told Kith, and what became of it.</p>
      </header>
      <Tabs
        label="Events by state"
        tabs={(['look', 'waiting', 'handled'] as const).map((state) => ({
          href: `/council/webhooks?state=${state}`,
          label: `${LABELS[state]} (${String(page.counts[state])})`,
          current: state === page.state,
        }))}
      />
      {page.events.length === 0 ? (
        <Empty title="No event here" level={2}>
          <p>{page.state === 'look' ? 'Nothing needs somebody.' : 'They show here as they come.'}</p>
        </Empty>
      ) : (
        <>
          <DataTable
            caption={`${LABELS[page.state]}, newest first`}
            columns={[
              { key: 'what', label: 'Event' },
              { key: 'id', label: 'Number' },
              { key: 'received', label: 'Came' },
              { key: 'outcome', label: 'What became of it' },
              { key: 'press', label: 'Once more' },
            ]}
            rows={page.events.map((event) => ({
              key: event.id,
              cells: {
                what: event.kind,
                id: event.externalId,
                received: event.received,
                outcome: `${event.outcome}, ${String(event.tries)} ${event.tries === 1 ? 'try' : 'tries'}`,
                press: event.again ? (
                  <form method="post">
                    <input type="hidden" name="eventId" value={event.id} />
                    <Button kind="second" size="small">
                      Replay<span className="vh"> {event.externalId}</span>
                    </Button>
                  </form>
                ) : (
                  'Not needed'
                ),
              },
            }))}
          />
          <Pages
            base={`/council/webhooks?state=${page.state}&page=`}
            current={page.page}
            total={page.pages}
          />
        </>
      )}
    </div>
  )
}
