import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyFindPage } from '#services/easy-read/find-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { EasyLines } from '~/components/easy-read/easy-read.tsx'
import { EasyResultCard, EasyResults } from '~/components/easy-read/easy-result.tsx'
import { EasySearch, Wishes } from '~/components/easy-read/easy-search.tsx'
import { EasyPicture } from '~/components/easy-read/picture.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Keep, KeptLink } from '~/components/keep/keep.tsx'
import { followsAPress } from '~/http/notice.server.ts'
import { originOf } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'
import { keptFor } from '~/http/shortlist.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const [found, kept] = await Promise.all([
      easyFindPage(deps, actor, url.searchParams, { again: await followsAPress(request) }),
      keptFor(deps, actor, request),
    ])
    return data({ ...found, kept }, { status: found.wrong ? 400 : 200 })
  })

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => [
  { title: 'Find support, in Easy Read – Kith' },
  { name: 'description', content: 'Local care and support, in short sentences with pictures.' },
  // What somebody looks for is nobody's to index.
  ...(page && !page.asked ? [] : [{ name: 'robots', content: 'noindex' }]),
  { tagName: 'link', rel: 'canonical', href: `${originOf(matches)}/easy/find` },
]

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function EasyFind() {
  const page = useLoaderData<typeof loader>()
  const { asked, results, said, kept } = page
  return (
    <>
      <header className="stack">
        <h1>{results.length > 0 ? 'This is what we found' : 'Find support'}</h1>
        <ErrorSummary errors={page.errors} />
        {said.length > 0 ? <EasyLines lines={said} small /> : null}
        <KeptLink kept={kept} />
      </header>
      {asked ? null : <Look page={page} />}
      <Ways ways={page.ways} />
      {results.length > 0 ? <Results page={page} /> : null}
      {asked ? <Look page={page} /> : null}
    </>
  )
}

function Results({ page }: { page: Page }) {
  const { results, from, back, next, changes, kept } = page
  return (
    <section className="stack-l" aria-label="Results">
      <Changes changes={changes} />
      <EasyResults from={from}>
        {results.map((result, at) => (
          <EasyResultCard
            key={result.key}
            result={result}
            number={from + at}
            keep={result.mayKeep ? <Keep serviceId={result.key} title={result.title} kept={kept} /> : null}
          />
        ))}
      </EasyResults>
      {back !== null || next !== null ? (
        <nav className="row" aria-label="More results">
          {next === null ? null : (
            <LinkButton href={next} size="big">
              Show me more
            </LinkButton>
          )}
          {back === null ? null : (
            <LinkButton href={back} kind="second" size="big">
              Go back to the ones before
            </LinkButton>
          )}
        </nav>
      ) : null}
    </section>
  )
}

/** Each is on or off; a press changes that. */
function Changes({ changes }: { changes: Page['changes'] }) {
  return (
    <ul className="easy-changes plain" aria-label="Change the list">
      {changes.map(({ picture, words, href, on }) => (
        <li key={words}>
          <a href={href} {...(on ? { className: 'on' } : {})}>
            <EasyPicture name={picture} />
            <span>
              {words}
              {on ? <span className="block small">It is on. Press to take it off.</span> : null}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Ways({ ways }: { ways: Page['ways'] }) {
  if (ways.length === 0) return null
  return (
    <section className="stack" aria-labelledby="ways">
      <h2 id="ways">You can try these</h2>
      <ul className="plain stack-s">
        {ways.map(({ label, href }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Look({ page: { results, typed, errors, wishes } }: { page: Page }) {
  return (
    <>
      <section className="stack" aria-labelledby="look">
        <h2 id="look">{results.length > 0 ? 'Look for something else' : 'Look for support'}</h2>
        <EasySearch typed={typed} errors={errors} />
      </section>
      <section className="stack" aria-labelledby="press">
        <h2 id="press">Or press a picture</h2>
        <Wishes wishes={wishes} />
        <p className="go">
          <a href="/easy/choose">I am not sure. Help me choose.</a>
        </p>
      </section>
    </>
  )
}
