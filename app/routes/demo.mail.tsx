import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { demoMailPage } from '#services/accounts/demo-mail-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink, Pages } from '~/components/navigation/navigation.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'E-mails of the demo – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    const page = Number.parseInt(url.searchParams.get('page') ?? '1', 10)
    return demoMailPage(deps, actor, { page: Number.isSafeInteger(page) ? page : 1 })
  })

/** Addresses in a text become links; they may lead to a page of this site only. */
function Text({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/\S+)/)
  return (
    <p className="pre">
      {parts.map((part, i) => {
        const path = i % 2 === 1 && URL.canParse(part) ? new URL(part) : null
        return path ? (
          <a key={i} href={`${path.pathname}${path.search}`}>
            {path.pathname === '/sign-in/link'
              ? 'the sign-in page of this e-mail'
              : `${path.host}${path.pathname}`}
          </a>
        ) : (
          part
        )
      })}
    </p>
  )
}

export default function DemoMail() {
  const { mails, page, pages } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/demo">Back to the demo’s people</BackLink>
      <header className="stack-s">
        <h1>E-mails of the demo</h1>
        <p className="lead">What Kith would have sent, newest first. Codes to sign in are here too.</p>
      </header>
      {mails.length === 0 ? (
        <Empty title="No e-mails yet" level={2}>
          <p>Ask for a code on the sign-in page, or ask for a visit: the e-mail appears here.</p>
        </Empty>
      ) : (
        <ol className="plain stack">
          {mails.map((mail) => (
            <li key={mail.id}>
              <article className="card stack-s" aria-labelledby={`mail-${mail.id}`}>
                <h2 id={`mail-${mail.id}`}>{mail.subject}</h2>
                <p className="small soft">
                  To {mail.to}, {mail.sent}
                </p>
                <Text text={mail.text} />
              </article>
            </li>
          ))}
        </ol>
      )}
      {pages > 1 ? (
        <Pages current={page} total={pages} base="/demo/mail?page=" label="Pages of e-mails" />
      ) : null}
    </div>
  )
}
