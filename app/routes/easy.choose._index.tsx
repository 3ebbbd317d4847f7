import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyStartPage } from '#services/easy-read/choosing-pages.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { ThrowAway } from '~/components/choosing/throw-away.tsx'
import { EasyLines } from '~/components/easy-read/easy-read.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { pressOfStart } from '~/http/choosing-forms.server.ts'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [
  { title: 'Help me choose, in Easy Read – Kith' },
  { name: 'description', content: 'Some questions, one on each page. Then some support that may suit you.' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, request }) => easyStartPage(deps, actor, choicesInBrowser(deps, request)))

export const action = (args: ActionFunctionArgs) => pressOfStart(args, '/easy/choose')

export default function EasyChoose() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { whose, begun, href } = page
  const acting = whose.kind === 'person' && !whose.self ? whose.shortName : null
  const personId = whose.kind === 'person' ? whose.personId : null
  const done = begun !== null && begun.answered === begun.count
  return (
    <>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>{acting ? `Help ${acting} choose` : 'Help me choose'}</h1>
        <EasyLines lines={page.lead} />
        {acting ? <p>On these pages “you” means {acting}.</p> : null}
      </header>
      {begun ? (
        <section className="panel stack" aria-labelledby="begun">
          <h2 id="begun">{done ? 'You answered all the questions' : 'You have begun'}</h2>
          <p>
            You answered {begun.answered} of {begun.count} questions.
          </p>
          <div className="row">
            {done ? null : (
              <LinkButton href={href} size="big">
                Go on
              </LinkButton>
            )}
            <LinkButton href="/easy/choose/options" size="big" kind={done ? 'main' : 'second'}>
              See what may suit you
            </LinkButton>
            <LinkButton href="/easy/choose/check" size="big" kind="second">
              See your answers
            </LinkButton>
          </div>
          <ThrowAway personId={personId} action="/easy/choose" />
        </section>
      ) : (
        <p>
          <LinkButton href={href} size="big">
            Start
          </LinkButton>
        </p>
      )}
      {page.inBrowser && personId ? (
        <form method="post" className="panel stack">
          <p>This browser has other answers. You can use them.</p>
          <input type="hidden" name="personId" value={personId} />
          <Button kind="second" name="intent" value="use_browser">
            Use the answers of this browser
          </Button>
        </form>
      ) : null}
      <EasyLines
        lines={[
          whose.kind === 'browser'
            ? {
                picture: 'eye',
                words: 'Do other people use this too? They can see your answers. Throw them away at the end.',
              }
            : { picture: 'lock', words: 'No provider sees your answers. No council sees them.' },
        ]}
      />
    </>
  )
}
