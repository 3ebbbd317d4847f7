import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requestsPage, type RequestsPage } from '#services/requests/requests-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Requests for support – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return requestsPage(deps, actor)
  })

export default function Requests() {
  const page = useLoaderData<typeof loader>()
  const { person } = page
  return (
    <>
      <BackLink href="/my/week">{whoseThing(person, 'week')}</BackLink>
      <div className="stack-l">
        <header className="stack">
          <h1>Requests for support</h1>
          <p className="lead">
            Say what you need. Providers near you who could do it answer with offers. They do not learn who
            you are until you take one.
          </p>
          {person.self ? null : <p className="small">“You” in the words below means {person.shortName}.</p>}
          {page.mayAsk && page.open.length > 0 ? (
            <p>
              <LinkButton href="/my/requests/new" kind="second">
                Ask for something else
              </LinkButton>
            </p>
          ) : null}
        </header>
        <section className="stack" aria-labelledby="now">
          <h2 id="now">Now</h2>
          {page.open.length === 0 ? (
            <Empty title="Nothing is asked for just now">
              <p>
                Look first under <a href="/find">Find support</a>. If nothing fits, ask for it here.
              </p>
              {page.mayAsk ? (
                <p>
                  <LinkButton href="/my/requests/new">Ask for what is not there</LinkButton>
                </p>
              ) : null}
            </Empty>
          ) : (
            <List caption="What is asked for now" requests={page.open} />
          )}
        </section>
        {page.over.length > 0 ? (
          <section className="stack" aria-labelledby="before">
            <h2 id="before">Before</h2>
            <List caption="What was asked for before" requests={page.over} />
          </section>
        ) : null}
      </div>
    </>
  )
}

function List({ caption, requests }: { caption: string; requests: RequestsPage['open'] }) {
  return (
    <DataTable
      caption={caption}
      hideCaption
      columns={[
        { key: 'what', label: 'What' },
        { key: 'when', label: 'When' },
        { key: 'asked', label: 'Asked on' },
        { key: 'stands', label: 'Where it stands' },
      ]}
      rows={requests.map((one) => ({
        key: one.id,
        cells: {
          what: (
            <a href={`/my/requests/${one.id}`}>
              {one.what} near {one.where}
            </a>
          ),
          when: one.when,
          asked: one.asked,
          stands: <Stands {...one.standing} />,
        },
      }))}
    />
  )
}

/** The state in the tag, and what to do by when beside it: a tag is a word or two, also on a telephone. */
function Stands({ tone, words }: { tone: 'asked' | 'done' | 'plain'; words: string }) {
  const [state = '', then] = words.split('. ')
  return (
    <>
      <Tag tone={tone}>{state}</Tag> {then ? <span className="small">{then}</span> : null}
    </>
  )
}
