import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { askedPage, type AskedPage } from '#services/requests/asked-page.server.ts'
import { LinkButton } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'People look for what you offer – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => askedPage(deps, actor, url.searchParams.get('org')))

export default function Asked() {
  const page = useLoaderData<typeof loader>()
  return (
    <div className="flow">
      <BackLink href={`/provider?org=${page.provider.id}`}>Today</BackLink>
      <header className="stack">
        <h1>People look for what you offer</h1>
        <p className="lead">
          They found nothing that fits and say what they need. You can answer with an offer. You learn who it
          is when they take it.
        </p>
        <p className="small soft">{page.provider.name}</p>
      </header>
      {page.paused ? (
        <Notice tone="warn" title="New bookings are paused" level={2}>
          <p>While they are, no request is shown to you. The council can tell you more.</p>
        </Notice>
      ) : null}
      <section className="stack" aria-labelledby="open">
        <h2 id="open">Open now</h2>
        {page.requests.length === 0 ? (
          <Empty title="Nobody asks for what you list just now">
            <p>
              When somebody in your area does, it is here and we tell you. What fits is what{' '}
              <a href="/provider/services">your services</a> say: the kind, the area, and for whom.
            </p>
          </Empty>
        ) : (
          <ul className="plain stack">
            {page.requests.map((request) => (
              <li key={request.id}>
                <Request request={request} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {page.offers.length > 0 ? <Offers offers={page.offers} /> : null}
    </div>
  )
}

function Request({ request }: { request: AskedPage['requests'][number] }) {
  return (
    <Card>
      <p>
        <Tag tone={request.offered ? 'done' : 'asked'}>
          {request.offered ? 'You made an offer' : `Answer until ${request.until}`}
        </Tag>
      </p>
      <p>
        <strong>
          {request.category} {request.where.replace(/^N/, 'n')}
        </strong>
        <br />
        {request.when}
        <br />
        {request.length} a visit. {request.starts}.
        <br />
        <span className="small soft">
          {request.away}. It fits “{request.service}”.
        </span>
      </p>
      <LinkButton href={`/provider/asked/${request.id}`} kind={request.offered ? 'second' : 'main'}>
        {`${request.offered ? 'See it and your offer' : 'Read it and answer'}: ${request.category}`}
      </LinkButton>
    </Card>
  )
}

function Offers({ offers }: { offers: AskedPage['offers'] }) {
  return (
    <section className="stack" aria-labelledby="offers">
      <h2 id="offers">What came of your offers</h2>
      <ul>
        {offers.map((offer) => (
          <li key={offer.id}>
            <a href={`/provider/asked/${offer.requestId}`}>
              {offer.what}: {offer.service}
            </a>
            . {offer.standing}
            {offer.open ? ` until ${offer.holds}` : ''}.
            {offer.bookingId ? (
              <>
                {' '}
                <a href={`/provider/requests/${offer.bookingId}`}>
                  See the booking<span className="vh"> of {offer.what}</span>
                </a>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
