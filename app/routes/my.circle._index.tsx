import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { circlePage, type CirclePage } from '#services/circle/circle-page.server.ts'
import { endAuthority } from '#services/circle/end-authority.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Card, Panel } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'My circle – Kith' }]

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps, actor }) => circlePage(deps, actor))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const authorityId = text(form, 'authorityId')
    return answer(form, async () => {
      if (!isId(authorityId)) throw notFound()
      await endAuthority(deps, actor, { authorityId, personId: text(form, 'personId') })
      return redirectWithNotice('/my/circle', 'That is ended. Support that was agreed stands.')
    })
  })

export default function Circle() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const acting = page.supports.find((one) => one.now)
  return (
    <div className="stack-l">
      <ErrorSummary errors={answered?.errors} title="Nothing was changed" />
      {acting ? <Acting acting={acting} /> : null}
      {page.mine ? <Mine mine={page.mine} /> : null}
      {page.employed ? (
        <p>
          Somebody employs you as their assistant: <a href="/my/hours">write down your hours</a>
        </p>
      ) : null}
      {page.supports.length > 0 || !page.mine ? (
        <Supports page={page} asTitle={!page.mine && !acting} />
      ) : null}
    </div>
  )
}

/** What a supporter may and may not do for the person they act for now. */
function Acting({ acting }: { acting: CirclePage['supports'][number] }) {
  return (
    <section className="stack" aria-labelledby="acting-h">
      <h1 id="acting-h">What you can do for {acting.personName}</h1>
      <p className="lead">
        As their {acting.as}. {acting.dates}.
      </p>
      <div className="grid grid-2">
        <Panel labelledBy="may-h">
          <h2 id="may-h">You may</h2>
          <Lines lines={acting.may} />
        </Panel>
        {acting.mayNot.length > 0 ? (
          <Panel tone="sand" labelledBy="may-not-h">
            <h2 id="may-not-h">You may not</h2>
            <Lines lines={acting.mayNot} />
          </Panel>
        ) : null}
      </div>
      <p>
        {acting.personName}, or their council, can change this. All that you do here is written down with your
        name.
      </p>
    </section>
  )
}

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul>
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)

function Mine({ mine }: { mine: NonNullable<CirclePage['mine']> }) {
  return (
    <section className="stack" aria-labelledby="mine-h">
      <header className="stack-s">
        <h1 id="mine-h">My circle</h1>
        <p className="lead">
          The people who may do things for you here. You choose who they are and what they may do, and you can
          end it at any time.
        </p>
      </header>
      {mine.supporters.length === 0 ? (
        <Empty title="Nobody yet">
          <p>You do everything yourself. That is fine. You can ask somebody you trust at any time.</p>
        </Empty>
      ) : (
        <ul className="plain grid grid-2">
          {mine.supporters.map((one) => (
            <li key={one.authorityId}>
              <Card labelledBy={`s-${one.authorityId}`}>
                <div className="stack-s">
                  <h2 id={`s-${one.authorityId}`}>
                    {one.name}, your {one.relationship}
                  </h2>
                  <p>
                    <Tag>{one.type}</Tag>
                  </p>
                  <p className="small soft">{one.explained}</p>
                  <h3>They may</h3>
                  <Lines lines={one.may} />
                  <p className="small">{one.dates}.</p>
                  {one.mayEnd ? (
                    <Details summary={`End it with ${one.name}`}>
                      <form method="post" className="stack-s">
                        <p>From now on they can do nothing for you here. Support that was agreed stands.</p>
                        <input type="hidden" name="personId" value={mine.personId} />
                        <input type="hidden" name="authorityId" value={one.authorityId} />
                        <Button kind="danger" size="small">
                          End it now<span className="vh">: {one.name}</span>
                        </Button>
                      </form>
                    </Details>
                  ) : (
                    <p className="small">Agreed with your council: ask your council to end it.</p>
                  )}
                </div>
              </Card>
            </li>
          ))}
        </ul>
      )}
      <p>
        <LinkButton href="/my/circle/add">Ask somebody to support me</LinkButton>
      </p>
    </section>
  )
}

function Supports({ page, asTitle }: { page: CirclePage; asTitle: boolean }) {
  const Heading = asTitle ? 'h1' : 'h2'
  const NameHeading = asTitle ? 'h2' : 'h3'
  return (
    <section className="stack" aria-labelledby="supports-h">
      <Heading id="supports-h">People I support</Heading>
      {page.supports.length === 0 ? (
        <Empty title="Nobody yet" level={asTitle ? 2 : 3}>
          <p>When somebody makes you their supporter with this e-mail address, they appear here.</p>
        </Empty>
      ) : (
        <ul className="plain grid grid-2">
          {page.supports.map((one) => (
            <li key={one.authorityId}>
              <Card labelledBy={`p-${one.authorityId}`}>
                <div className="stack-s">
                  <NameHeading id={`p-${one.authorityId}`}>{one.personName}</NameHeading>
                  <p>
                    You are their {one.as}. {one.dates}.
                  </p>
                  <Details summary={`What you may do for ${one.personName}`}>
                    <Lines lines={one.may} />
                  </Details>
                  {one.now ? (
                    <p>
                      <Tag tone="own">You are doing things for them now</Tag>
                    </p>
                  ) : (
                    <form method="post" action="/circle/act">
                      <input type="hidden" name="intent" value="start" />
                      <input type="hidden" name="authorityId" value={one.authorityId} />
                      <Button>Do things for {one.personName}</Button>
                    </form>
                  )}
                </div>
              </Card>
            </li>
          ))}
        </ul>
      )}
      {page.mayIntroduce ? (
        <p>
          Is there somebody you help who has no e-mail address?{' '}
          <a href="/my/circle/introduce">Set them up here</a>, if their council allows it.
        </p>
      ) : null}
    </section>
  )
}
