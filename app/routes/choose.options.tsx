import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { optionsPage } from '#services/choosing/options-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { OptionCard } from '~/components/choosing/option-card.tsx'
import { Talk } from '~/components/choosing/talk.tsx'
import { ThrowAway } from '~/components/choosing/throw-away.tsx'
import { Keep, KeptLink } from '~/components/keep/keep.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { followsAPress } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { keptFor } from '~/http/shortlist.server.ts'

export const meta: MetaFunction = () => [
  { title: 'What may suit you – Kith' },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const again = await followsAPress(request)
    const page = await optionsPage(deps, actor, choicesInBrowser(deps, request), { again })
    if (!page) throw redirect('/choose')
    return { ...page, kept: await keptFor(deps, actor, request) }
  })

type Page = ReturnType<typeof useLoaderData<typeof loader>>

const COUNT = ['Nothing', 'One', 'Two', 'Three', 'Four', 'Five', 'Six']

function headingOf({ options, whose }: Page): string {
  const who = whose.kind === 'person' && !whose.self ? whose.shortName : 'you'
  return options.length === 0
    ? 'Nothing fits all of the answers'
    : `${COUNT[options.length] ?? 'Some'} that may suit ${who}`
}

export default function ChooseOptions() {
  const page = useLoaderData<typeof loader>()
  const { options, how, kept, whose } = page
  return (
    <div className="split">
      <div className="stack-l">
        <BackLink href="/choose/check">The answers</BackLink>
        <header className="stack">
          <h1>{headingOf(page)}</h1>
          {options.length > 0 ? (
            <p className="lead">Keep what you like. Nothing here is booked, and no provider is told.</p>
          ) : (
            <p className="lead">That is not your fault. You could ask for a little less.</p>
          )}
          <KeptLink kept={kept} />
        </header>
        {page.ease.length > 0 || options.length === 0 ? <Ease page={page} /> : null}
        {options.length > 0 ? (
          <ol className="plain stack-l">
            {options.map(({ serviceId, ...option }) => (
              <OptionCard
                key={serviceId}
                {...option}
                keep={<Keep serviceId={serviceId} title={option.title} kept={kept} />}
              />
            ))}
          </ol>
        ) : null}
        <section className="panel stack" aria-labelledby="more">
          <h2 id="more">{options.length > 0 ? 'How we chose these' : 'Other ways on'}</h2>
          {how.length > 0 ? (
            <ul>
              {how.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          ) : null}
          {page.total > options.length ? (
            <p>
              <LinkButton href={page.seeAll} kind="second">
                See all like these: {page.total}
              </LinkButton>
            </p>
          ) : null}
          <p>
            <a href="/ranking">The order that everybody gets</a> is written down. You can{' '}
            <a href="/choose/check">change an answer</a>, <a href="/find">search in your own words</a>,{' '}
            <a href="/my/requests/new">ask providers for what is not there</a>, or{' '}
            <a href="/help">talk it through with a person</a>.
          </p>
          <p className="no-print">
            <a href="/choose/plan">
              Put the answers into {whose.kind === 'person' && !whose.self ? 'their' : 'your'} plan
            </a>{' '}
            too, if it helps that the council can read them.
          </p>
          <ThrowAway personId={whose.kind === 'person' ? whose.personId : null} />
        </section>
      </div>
      <Talk talk={page.talk} />
    </div>
  )
}

/** With fewer than three: which answer to ease, and how many more that brings. Nothing is eased without a press. */
function Ease({ page: { ease, options } }: { page: Page }) {
  return (
    <section className="notice stack" aria-labelledby="ease">
      <h2 id="ease">{options.length > 0 ? 'There are only a few' : 'What would help'}</h2>
      {ease.length > 0 ? (
        <>
          <p>Each of these would find more:</p>
          <ul>
            {ease.map(({ words, change, see }) => (
              <li key={words}>
                <a href={see}>{words}</a>
                {change ? (
                  <>
                    {' '}
                    <a href={change.href}>
                      Change the answer<span className="vh">: {change.about}</span>
                    </a>
                  </>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>We know of nothing like it yet, here or further away.</p>
      )}
      <p className="go">
        <a href="/help">Ask a person to look with you</a>
      </p>
    </section>
  )
}
