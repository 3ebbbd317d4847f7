import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { startPage } from '#services/choosing/answers-page.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Talk } from '~/components/choosing/talk.tsx'
import { ThrowAway } from '~/components/choosing/throw-away.tsx'
import { Details } from '~/components/details/details.tsx'
import { EasyLines } from '~/components/easy-read/easy-read.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { pressOfStart } from '~/http/choosing-forms.server.ts'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [
  { title: 'Help me choose – Kith' },
  {
    name: 'description',
    content: 'A few questions, one a page. Then a handful of support that may suit you, with reasons.',
  },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, request }) => startPage(deps, actor, choicesInBrowser(deps, request)))

export const action = (args: ActionFunctionArgs) => pressOfStart(args, '/choose')

const LINES = [
  { picture: 'question', words: 'We ask you up to 12 questions. There is one on each page.' },
  { picture: 'pause', words: 'You can leave out any question. You can stop, and go on another day.' },
  { picture: 'options', words: 'Then we show you a handful of support that may suit you. We say why.' },
  { picture: 'talk', words: 'You can talk to a person at any time. Somebody can do this with you.' },
  { picture: 'lock', words: 'Your answers are yours. You can throw them away.' },
] as const

export default function Choose() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { whose, begun, href } = page
  const acting = whose.kind === 'person' && !whose.self ? whose.shortName : null
  return (
    <div className="split">
      <div className="stack-l">
        <ErrorSummary errors={answered?.errors} />
        <header className="stack">
          <h1>{acting ? `Help ${acting} choose` : 'Help me choose'}</h1>
          <p className="lead">Tell us a little. It takes about 5 minutes.</p>
        </header>
        {begun ? <Begun page={page} begun={begun} /> : null}
        <EasyLines lines={LINES} />
        {begun ? null : (
          <p>
            <LinkButton href={href} size="big">
              Start
            </LinkButton>
          </p>
        )}
        {page.inBrowser && whose.kind === 'person' ? (
          <form method="post" className="panel stack-s no-print">
            <p>
              This browser keeps answers from before{' '}
              {acting ? `you began to act for ${acting}` : 'you signed in'}.
              {begun ? ' They would take the place of those above.' : ''}
            </p>
            <input type="hidden" name="personId" value={whose.personId} />
            <Button kind="second" size="small" name="intent" value="use_browser">
              Use the answers of this browser
            </Button>
          </form>
        ) : null}
        <Kept whose={whose} />
        <Details summary="Are you helping somebody, or on the telephone with them?">
          <div className="stack-s">
            <p>
              If they have said that you may keep a shortlist with them,{' '}
              <a href="/my/circle">choose first for whom you do this</a>. Then the answers are kept with them,
              and they see that you helped.
            </p>
            <p>
              If not, go through the questions together here. Read each one out as it stands. At the end,
              throw the answers away, or ask them to sign in on their own device.
            </p>
          </div>
        </Details>
      </div>
      <Talk talk={page.talk} />
    </div>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function Begun({ page: { whose, href }, begun }: { page: Page; begun: NonNullable<Page['begun']> }) {
  const done = begun.answered === begun.count
  return (
    <section className="panel stack" aria-labelledby="begun">
      <h2 id="begun">{done ? 'All is answered' : 'You have begun'}</h2>
      <p>
        {done
          ? 'Look at your answers, or go to what may suit you.'
          : `${String(begun.answered)} of ${String(begun.count)} questions ${begun.answered === 1 ? 'is' : 'are'} answered.`}
      </p>
      <div className="row">
        {done ? (
          <LinkButton href="/choose/options">See what may suit you</LinkButton>
        ) : (
          <LinkButton href={href}>Carry on where you stopped</LinkButton>
        )}
        <LinkButton href="/choose/check" kind="second">
          See the answers
        </LinkButton>
      </div>
      <ThrowAway personId={whose.kind === 'person' ? whose.personId : null} />
    </section>
  )
}

/** Where the answers are, and who sees them. */
function Kept({ whose }: { whose: Page['whose'] }) {
  if (whose.kind === 'browser')
    return (
      <p className="small">
        The answers are kept in this browser only, for 30 days. Whoever uses it after you can see them here,
        so throw them away at the end if you share it. <a href="/sign-in?next=%2Fchoose">Sign in</a> to keep
        them with your own pages.
      </p>
    )
  return (
    <p className="small">
      {whose.self
        ? 'The answers are kept with your shortlist. You see them, and so do supporters whom you let keep a shortlist with you. No provider and no council sees them.'
        : `The answers are kept with ${whose.shortName}’s shortlist, and ${whose.shortName} sees them. On these pages “you” means ${whose.shortName}.`}
    </p>
  )
}
