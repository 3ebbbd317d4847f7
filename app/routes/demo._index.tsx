import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { demoPeoplePage, type DemoPage } from '#services/accounts/demo-people-page.server.ts'
import { landingPage } from '#services/accounts/landing.rules.ts'
import { sessionCookie } from '#services/accounts/session-cookie.server.ts'
import { startDemoSession } from '#services/accounts/start-demo-session.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { readForm, text } from '~/http/answer.server.ts'
import { browserOf } from '~/http/browser.server.ts'
import { run } from '~/http/run.server.ts'
import { takenAlong } from '~/http/signed-in.server.ts'

export const meta: MetaFunction = () => [{ title: 'Try Kith as somebody – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => demoPeoplePage(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const userId = text(await readForm(request), 'userId')
    const { token, signedIn } = await startDemoSession(deps, actor, { userId, browser: browserOf(request) })
    const headers = new Headers({ 'Set-Cookie': sessionCookie(deps.settings, token) })
    for (const cookie of await takenAlong(deps, signedIn.actor, request)) headers.append('Set-Cookie', cookie)
    return redirect(landingPage(signedIn), { headers })
  })

const GROUPS: Readonly<Record<DemoPage['groups'][number]['group'], string>> = {
  person: 'People with a budget',
  supporter: 'Supporters',
  provider: 'Providers',
  staff: 'Council staff',
  operator: 'Operator',
}

export default function Demo() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <header className="stack-s">
        <h1>Try Kith as somebody</h1>
        <p className="lead">
          Everybody here is made up, and no money moves. Choose who to be. You can come back and be somebody
          else at any time.
        </p>
      </header>
      <DemoClock page={page} />
      {page.groups.map(({ group, people, others }) => (
        <section key={group} className="section stack" aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{GROUPS[group]}</h2>
          {people.length === 0 ? (
            <Empty title="Nobody here yet" level={3}>
              <p>The demo’s people are put in when Kith is started for the first time.</p>
            </Empty>
          ) : (
            <People people={people} />
          )}
          {others.length > 0 ? (
            <Details summary={`${String(others.length)} more: ${GROUPS[group].toLowerCase()}`}>
              <People people={others} />
            </Details>
          ) : null}
        </section>
      ))}
    </div>
  )
}

function People({ people }: { people: DemoPage['groups'][number]['people'] }) {
  return (
    <ul className="plain grid grid-2">
      {people.map(({ userId, name, who, tryThis }) => (
        <li key={userId}>
          <Card>
            <div className="stack-s">
              <h3>{name}</h3>
              <p className="small soft">{who}</p>
              <p>{tryThis}</p>
              <form method="post">
                <input type="hidden" name="userId" value={userId} />
                <Button kind="second">{`Sign in as ${name}`}</Button>
              </form>
            </div>
          </Card>
        </li>
      ))}
    </ul>
  )
}

/** Moving time on, so that a visit is over and can be confirmed. */
function DemoClock({ page }: { page: DemoPage }) {
  return (
    <section className="panel stack-s" aria-labelledby="clock">
      <h2 id="clock">The demo’s clock</h2>
      <p>
        It is <strong>{page.now}</strong>
        {page.movedForward ? ', moved forward.' : '.'} Time can be moved forward, never back. Background work
        follows.
      </p>
      <form method="post" action="/demo/clock" className="row">
        <Button kind="second" name="step" value="hour">
          1 hour on
        </Button>
        <Button kind="second" name="step" value="day">
          1 day on
        </Button>
        <Button kind="second" name="step" value="week">
          1 week on
        </Button>
        {page.nextVisitEnds ? (
          <Button kind="second" name="step" value="after_visit">
            To after the next visit ({page.nextVisitEnds})
          </Button>
        ) : null}
      </form>
      <p>
        <a href="/demo/mail">Read the e-mails that Kith would have sent</a>
      </p>
      <p>
        <a href="/demo/payments">Make a card payment fail, wait or come back</a>
      </p>
      <p>
        <a href="/demo/cards">Buy something with somebody’s prepaid card</a>
      </p>
    </section>
  )
}
