import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listingPage } from '#services/catalogue/listing-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Card, Who } from '~/components/card/card.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Preview – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params }) => listingPage(deps, actor, params['serviceId'] ?? ''))

export default function Preview() {
  const listing = useLoaderData<typeof loader>()
  const rows = (step: string) => listing.answers.find((answers) => answers.step === step)?.rows ?? []
  const terms = [...rows('times'), ...rows('terms')]
  return (
    <div className="stack-l">
      <BackLink href={`/provider/services/${listing.service.id}`}>Back to your answers</BackLink>
      <Notice title="Preview" level={2}>
        <p>This is how people will see it. Reviews and the times that are free come with the real page.</p>
      </Notice>
      <div className="split">
        <div className="flow">
          <header className="stack">
            <h1>{listing.title}</h1>
            <p>
              <Who
                id={listing.provider.id}
                kind={listing.provider.kind}
                name={<strong>{listing.provider.name}</strong>}
              />
            </p>
            <p className="lead">{listing.summary}</p>
            <p className="row-s">
              <Tag>{listing.setting}</Tag>
              <Tag>{listing.category}</Tag>
              {listing.languages.length > 0 ? <Tag>{listing.languages.join(', ')}</Tag> : null}
            </p>
          </header>
          {listing.description ? (
            <section className="stack" aria-labelledby="happens">
              <h2 id="happens">What happens</h2>
              {listing.description.split(/\n+/).map((paragraph, index) => (
                <p key={`${String(index)}${paragraph.slice(0, 20)}`}>{paragraph}</p>
              ))}
            </section>
          ) : null}
          <section className="stack" aria-labelledby="for">
            <h2 id="for">Who it is for, and where</h2>
            <SummaryList rows={[...rows('who'), { term: 'Where', value: listing.area }, ...rows('hours')]} />
          </section>
          <section className="stack" aria-labelledby="regulation">
            <h2 id="regulation">The regulator</h2>
            <p>{listing.regulation}.</p>
          </section>
          {terms.length > 0 ? (
            <section className="stack" aria-labelledby="terms">
              <h2 id="terms">If plans change</h2>
              <SummaryList rows={terms} />
            </section>
          ) : null}
        </div>
        <aside className="side stack-l" aria-label="Price">
          <Card>
            <h2>Price</h2>
            {listing.price ? (
              <>
                <p className="lead">
                  <strong>{pounds(listing.price.total)}</strong> {listing.price.per}, all included
                </p>
                <SummaryList rows={rows('price')} />
              </>
            ) : (
              <p className="lead">Free for people</p>
            )}
          </Card>
        </aside>
      </div>
    </div>
  )
}
