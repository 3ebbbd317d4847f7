import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { assistantsPage, type AssistantsPage } from '#services/employing/assistants-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'People who are employed – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return assistantsPage(deps, actor)
  })

export default function Assistants() {
  const page = useLoaderData<typeof loader>()
  const { person, assistants, funds, mayManage } = page
  return (
    <div className="flow">
      <BackLink href="/my/money">{person.self ? 'My money' : 'Money'}</BackLink>
      <header className="stack-s">
        <h1>{person.self ? 'People I employ' : `People whom ${person.shortName} employs`}</h1>
        <p className="lead">
          Personal assistants with a contract: their hours, their holiday and their wages. The money comes
          from {person.self ? 'your' : `${person.shortName}’s`} fund.
        </p>
      </header>
      {assistants.length === 0 ? (
        <Empty title="Nobody yet" level={2}>
          <p>An assistant whom {person.self ? 'you employ' : `${person.shortName} employs`} stands here.</p>
        </Empty>
      ) : (
        <ul className="plain grid grid-2">
          {assistants.map((one) => (
            <li key={one.id}>
              <Assistant one={one} />
            </li>
          ))}
        </ul>
      )}
      {mayManage ? (
        <p>
          <LinkButton href="/my/assistants/new" kind={assistants.length === 0 ? 'main' : 'second'}>
            Write down whom {person.self ? 'you employ' : `${person.shortName} employs`}
          </LinkButton>
        </p>
      ) : null}
      <section className="stack" aria-labelledby="cost">
        <h2 id="cost">Before you decide</h2>
        {funds.length === 0 ? (
          <p>
            <a href="/employing">See what employing somebody costs, all in</a>
          </p>
        ) : (
          <>
            <p>See what it costs, all in, and what would be left:</p>
            <ul>
              {funds.map((fund) => (
                <li key={fund.id}>
                  <a href={`/employing?fund=${fund.id}`}>What would be left in {fund.name}</a>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  )
}

function Assistant({ one }: { one: AssistantsPage['assistants'][number] }) {
  return (
    <Card labelledBy={`a-${one.id}`}>
      <div className="stack-s">
        <h2 id={`a-${one.id}`}>
          <a href={`/my/assistants/${one.id}`}>{one.name}</a>
        </h2>
        <p className="small soft">
          {one.ended ? `Until ${one.ended}` : `Since ${one.since}`}. Paid from {one.fund}.
        </p>
        {one.sheets.length === 0 ? (
          <p>Nothing waits.</p>
        ) : (
          <ul className="plain stack-s">
            {one.sheets.map((sheet) => (
              <li key={sheet.id}>
                <a href={`/my/assistants/${one.id}/hours/${sheet.id}`}>
                  Hours of {sheet.period}
                  <span className="vh">, {one.name}</span>
                </a>
                <br />
                <Tag tone={sheet.tone}>{sheet.words}</Tag>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
