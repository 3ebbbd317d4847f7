import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { checkPage } from '#services/choosing/answers-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Talk } from '~/components/choosing/talk.tsx'
import { ThrowAway } from '~/components/choosing/throw-away.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Check the answers – Kith' },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const page = await checkPage(deps, actor, choicesInBrowser(deps, request))
    if (!page) throw redirect('/choose')
    return page
  })

export default function CheckAnswers() {
  const { whose, rows, open, talk } = useLoaderData<typeof loader>()
  const acting = whose.kind === 'person' && !whose.self ? whose.shortName : null
  return (
    <div className="split">
      <div className="stack-l">
        <BackLink href="/choose">Help me choose</BackLink>
        <header className="stack">
          <h1>{acting ? `Check ${acting}’s answers` : 'Check your answers'}</h1>
          <p className="lead">You can change each of them. The others stay as they are.</p>
        </header>
        <SummaryList
          rows={rows.map(({ step, about, answer }) => ({
            term: about,
            value: answer,
            change: { href: `/choose/${step}`, what: about },
          }))}
        />
        {open ? (
          <p>
            {open.count === 1 ? '1 question is' : `${String(open.count)} questions are`} still open. You can
            look at what fits already, or <a href={`/choose/${open.step}`}>carry on where you stopped</a>.
          </p>
        ) : null}
        <p>
          <LinkButton href="/choose/options" size="big">
            See what may suit {acting ?? 'you'}
          </LinkButton>
        </p>
        <p className="no-print">
          <a href="/choose/plan">
            Put what {acting ?? 'you'} said into {acting ? 'their' : 'your'} plan
          </a>
          , if {acting ? 'they want' : 'you want'} the council and others who help to read it. Nothing goes
          there by itself.
        </p>
        <ThrowAway personId={whose.kind === 'person' ? whose.personId : null} />
      </div>
      <Talk talk={talk} />
    </div>
  )
}
