import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyCheckPage } from '#services/easy-read/choosing-pages.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { ThrowAway } from '~/components/choosing/throw-away.tsx'
import { EasyPicture } from '~/components/easy-read/picture.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [
  { title: 'Check the answers, in Easy Read – Kith' },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const page = await easyCheckPage(deps, actor, choicesInBrowser(deps, request))
    if (!page) throw redirect('/easy/choose')
    return page
  })

export default function EasyCheckAnswers() {
  const { whose, rows, open } = useLoaderData<typeof loader>()
  const acting = whose.kind === 'person' && !whose.self ? whose.shortName : null
  return (
    <>
      <header className="stack">
        <BackLink href="/easy/choose">Help me choose</BackLink>
        <h1>{acting ? `Are ${acting}’s answers right?` : 'Are your answers right?'}</h1>
        <p>You can change each one.</p>
      </header>
      <ul className="easy-lines plain">
        {rows.map(({ step, about, answer, picture }) => (
          <li key={step}>
            <EasyPicture name={picture} />
            <div className="easy-words">
              <h2 className="easy-asked">{about}</h2>
              <p>{answer}</p>
              <p className="go">
                <a href={`/easy/choose/${step}`}>
                  Change this<span className="vh">: {about}</span>
                </a>
              </p>
            </div>
          </li>
        ))}
      </ul>
      {open ? (
        <p>
          {open.count === 1 ? 'There is 1 more question.' : `There are ${String(open.count)} more questions.`}{' '}
          <a href={`/easy/choose/${open.step}`}>Go on with the questions</a>
        </p>
      ) : null}
      <p>
        <LinkButton href="/easy/choose/options" size="big">
          See what may suit {acting ?? 'you'}
        </LinkButton>
      </p>
      <ThrowAway personId={whose.kind === 'person' ? whose.personId : null} action="/easy/choose" />
    </>
  )
}
