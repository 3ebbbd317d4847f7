import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyHomePage } from '#services/easy-read/home-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { EasyLines, EasyRead } from '~/components/easy-read/easy-read.tsx'
import { EasySearch, Wishes } from '~/components/easy-read/easy-search.tsx'
import { originOf, publicPage } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps }) => easyHomePage(deps))

export const meta: MetaFunction = ({ matches }) =>
  publicPage(originOf(matches), {
    title: 'Find support, in Easy Read',
    description: 'Find support near you. Short sentences, with pictures.',
    path: '/easy',
  })

export default function EasyHome() {
  const { lead, wishes, free, parts } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="stack">
        <h1>Find support for your life</h1>
        <EasyLines lines={lead} />
      </header>
      <section className="stack" aria-labelledby="look">
        <h2 id="look">Look for support</h2>
        <EasySearch />
      </section>
      <section className="stack" aria-labelledby="press">
        <h2 id="press">Or press a picture</h2>
        <Wishes wishes={wishes} />
      </section>
      <section className="stack" aria-labelledby="unsure">
        <h2 id="unsure">Are you not sure?</h2>
        <EasyLines
          lines={[{ picture: 'choose', words: 'We can ask you some questions. That helps you choose.' }]}
        />
        <p>
          <LinkButton href="/easy/choose" kind="second" size="big">
            Help me choose
          </LinkButton>
        </p>
      </section>
      <section className="stack" aria-labelledby="free">
        <h2 id="free">Some things are free</h2>
        <EasyLines lines={[{ picture: 'free', words: 'You need no budget. You need no account.' }]} />
        {free.length > 0 ? (
          <ul className="plain stack">
            {free.map(({ href, title, lines }) => (
              <li key={href} className="card stack-s">
                <h3>
                  <a href={href}>{title}</a>
                </h3>
                <EasyLines lines={lines} small />
              </li>
            ))}
          </ul>
        ) : null}
        <p className="go">
          <a href="/easy/without-a-budget">See more that is free</a>
        </p>
      </section>
      <EasyRead parts={parts} />
    </>
  )
}
