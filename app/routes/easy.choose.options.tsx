import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyOptionsPage } from '#services/easy-read/choosing-pages.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { ThrowAway } from '~/components/choosing/throw-away.tsx'
import { EasyLines } from '~/components/easy-read/easy-read.tsx'
import { EasyResultCard, EasyResults } from '~/components/easy-read/easy-result.tsx'
import { Keep, KeptLink } from '~/components/keep/keep.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { followsAPress } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { keptFor } from '~/http/shortlist.server.ts'

export const meta: MetaFunction = () => [
  { title: 'What may suit you, in Easy Read – Kith' },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const page = await easyOptionsPage(deps, actor, choicesInBrowser(deps, request), {
      again: await followsAPress(request),
    })
    if (!page) throw redirect('/easy/choose')
    return { ...page, kept: await keptFor(deps, actor, request) }
  })

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function EasyChooseOptions() {
  const page = useLoaderData<typeof loader>()
  const { options, kept, whose } = page
  const acting = whose.kind === 'person' && !whose.self ? whose.shortName : null
  return (
    <>
      <header className="stack">
        <BackLink href="/easy/choose/check">Your answers</BackLink>
        <h1>{options.length > 0 ? `This may suit ${acting ?? 'you'}` : 'We found nothing'}</h1>
        <EasyLines lines={page.said} />
        <KeptLink kept={kept} />
      </header>
      <Ease ease={page.ease} />
      {options.length > 0 ? (
        <EasyResults>
          {options.map((option, at) => (
            <EasyResultCard
              key={option.key}
              result={option}
              number={at + 1}
              reasons={option.reasons}
              keep={<Keep serviceId={option.key} title={option.title} kept={kept} />}
            />
          ))}
        </EasyResults>
      ) : null}
      {page.total > options.length ? (
        <p>
          <LinkButton href={page.seeAll} kind="second" size="big">
            Show me all {page.total}
          </LinkButton>
        </p>
      ) : null}
      <People people={page.people} />
      <ThrowAway personId={whose.kind === 'person' ? whose.personId : null} action="/easy/choose" />
    </>
  )
}

function Ease({ ease }: { ease: Page['ease'] }) {
  if (ease.length === 0) return null
  return (
    <section className="panel stack" aria-labelledby="ease">
      <h2 id="ease">Each of these finds more</h2>
      <ul className="plain stack-s">
        {ease.map(({ words, see }) => (
          <li key={words}>
            <a href={see}>{words}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function People({ people }: { people: Page['people'] }) {
  if (people.length === 0) return null
  return (
    <section className="stack" aria-labelledby="people">
      <h2 id="people">You can talk to these groups</h2>
      <EasyLines
        lines={[{ picture: 'peers', words: 'They are near you. People who use support run them.' }]}
      />
      <ul className="stack-s">
        {people.map(({ name, phone }) => (
          <li key={name}>
            {name}: <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
