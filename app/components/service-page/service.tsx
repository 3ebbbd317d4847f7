import type { ReactNode } from 'react'
import type { ServicePage } from '#services/catalogue/service-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { LinkButton } from '../button/button.tsx'
import { Card, Panel } from '../card/card.tsx'
import { Term } from '../details/details.tsx'
import { QuoteTable } from '../money/tables.tsx'
import { PhotoGallery } from '../photos/photo.tsx'
import { Checks } from '../public-facts/checks.tsx'
import { Said } from '../public-facts/said.tsx'
import { Paying, type PayingProps } from './paying.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { Tag } from '../tag/tag.tsx'
import { Tile } from '../tile/picture.tsx'
import { kindLabel } from '../tile/tile.ts'
import { RegulatorRating } from '../voices/regulator.tsx'

export interface ServiceProps {
  page: ServicePage
  /** How it can be paid for; nothing for what is free, and in a preview. */
  paying?: PayingProps['paying'] | null
  /** Puts it on the shortlist; nothing in a preview. */
  keep?: ReactNode
  /** Only its provider sees it: nothing on it leads where nobody can go yet. */
  preview?: boolean
}

type Shown = Required<Pick<ServiceProps, 'page' | 'preview'>>

/** All that anybody sees of one service: the public page, and its provider's preview of a draft. */
export function Service({ page, paying = null, keep = null, preview = false }: ServiceProps) {
  return (
    <div className="split">
      <div className="flow">
        <Top page={page} />
        <PhotoGallery photos={page.photos} />
        <section className="stack" aria-labelledby="happens">
          <h2 id="happens">What happens</h2>
          {page.happens.length > 0 ? (
            page.happens.map((line, index) => <p key={index}>{line}</p>)
          ) : (
            <p>They have not written more yet. Ask them what a visit is like.</p>
          )}
        </section>
        <section className="stack" aria-labelledby="for">
          <h2 id="for">Is it for me?</h2>
          <SummaryList rows={page.facts} />
        </section>
        {paying ? <Paying slug={page.slug} paying={paying} notBookable={page.notBookable} /> : null}
        <Voices page={page} preview={preview} />
        <Checks checks={page.checks} of={page.provider.name} />
        <section className="stack" aria-labelledby="regulated">
          <h2 id="regulated">Is it regulated?</h2>
          <p>{page.regulation.words}</p>
          <Term asks="What does “regulated” mean?">
            Help with washing, dressing, eating or using the toilet is personal care. Whoever gives it in
            England must mostly be registered with the Care Quality Commission, which inspects them. Other
            support does not need that.
          </Term>
        </section>
        <section className="stack" aria-labelledby="terms">
          <h2 id="terms">If plans change</h2>
          <SummaryList rows={page.terms} />
        </section>
        <Ask page={page} preview={preview} />
      </div>
      <aside className="side sticky stack-l" aria-label="Price and booking">
        <Price page={page} preview={preview} />
        {keep}
        <p className="row-s no-print">
          <a href="/concern">Raise a concern</a>
        </p>
      </aside>
    </div>
  )
}

function Top({ page: { provider, ...page } }: { page: ServicePage }) {
  const care = page.regulation.regulated ? 'regulated by CQC' : 'not regulated by CQC'
  return (
    <header className="stack">
      <div className="who">
        <Tile id={provider.id} kind={provider.kind} size="l" />
        <div className="stack-s">
          <h1>{page.title}</h1>
          <p className="lead">
            <a href={`/providers/${provider.slug}`}>{provider.name}</a>
          </p>
          <p className="kind">
            {[
              kindLabel(provider.kind),
              ...(provider.userLed ? ['checked: led by its users'] : []),
              care,
            ].join(' · ')}
          </p>
        </div>
      </div>
      <p className="lead">{page.summary}</p>
      <p>
        {page.price ? (
          <>
            <strong>{pounds(page.price.total)}</strong> {page.price.unit}.{' '}
          </>
        ) : (
          <>
            <strong>{page.freeWords ? 'Free.' : 'No price yet.'}</strong>{' '}
          </>
        )}
        <a href="#price">{page.price ? 'Every line of the price, and when' : 'When'}</a>
      </p>
      <p className="row-s">
        {page.tags.map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </p>
    </header>
  )
}

function Voices({ page, preview }: Shown) {
  return (
    <section className="stack" aria-labelledby="voices">
      <h2 id="voices">How it is for people, and what the regulator found</h2>
      <p>These are two different things. We show them side by side and never add them up.</p>
      <div className="grid grid-2">
        <Said said={page.said} />
        <RegulatorRating
          {...page.regulator}
          note={
            page.regulator.rating === 'not_required'
              ? 'It gives no care that has to be inspected. The checks further down still hold.'
              : null
          }
        />
      </div>
      <Quotes page={page} preview={preview} />
    </section>
  )
}

function Quotes({ page: { said, provider, slug, allReviews }, preview }: Shown) {
  return (
    <>
      {said.reviews.map((review) => (
        <blockquote key={review.key} className="panel stack-s">
          <p>“{review.comment}”</p>
          <p className="small soft">Somebody who had the visit, {review.when}.</p>
          {review.reply ? (
            <p className="small">
              <strong>{provider.name} answered:</strong> “{review.reply}”
            </p>
          ) : null}
        </blockquote>
      ))}
      {said.reviews.length >= 5 && !allReviews && !preview ? (
        <p className="go no-print">
          <a href={`/services/${slug}?reviews=all#voices`}>Read all of them, good and bad, newest first</a>
        </p>
      ) : null}
    </>
  )
}

const ASKS = {
  question: ['Write to them', '. They see what you write, and not your name.'],
  visit: ['Ask to come and look round', ', before you decide.'],
  meet: ['Ask to meet who would come', ', before you decide.'],
} as const

function Ask({ page: { provider, slug, asks }, preview }: Shown) {
  const { name, phone } = provider
  return (
    <section className="stack" aria-labelledby="ask">
      <h2 id="ask">Ask a question first</h2>
      <p>You do not have to say your name or anything about your health. Nothing is booked by asking.</p>
      <ul className="stack-s">
        {phone ? (
          <li>
            Call {name} on <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>.
          </li>
        ) : (
          <li>{name} has given no telephone number.</li>
        )}
        {asks.map((kind) => (
          <li key={kind} className="no-print">
            {preview ? ASKS[kind][0] : <a href={`/services/${slug}/ask?kind=${kind}`}>{ASKS[kind][0]}</a>}
            {ASKS[kind][1]}
          </li>
        ))}
        <li>
          <a href="/help">Talk it through with us</a>: we can ask for you.
        </li>
      </ul>
    </section>
  )
}

function Price({ page, preview }: Shown) {
  const { price, freeWords, nextFree, hours, notBookable, slug } = page
  return (
    <>
      <Card>
        <h2 id="price">{price ? price.heading : 'Price'}</h2>
        {price ? (
          <>
            <QuoteTable
              lines={price.lines}
              total={price.total}
              totalLabel="You pay in all"
              caption={`${price.heading} at ordinary times`}
            />
            {price.notes.map((note) => (
              <p key={note} className="small soft">
                {note}
              </p>
            ))}
          </>
        ) : (
          <p className="lead">
            <strong>{freeWords ? 'Free.' : 'No price yet.'}</strong> {freeWords}
          </p>
        )}
        {notBookable ? (
          <p>{notBookable}</p>
        ) : (
          <>
            <p>
              Next free:{' '}
              <strong>{nextFree ?? (preview ? 'people see it here' : 'nothing in the next 60 days')}</strong>
            </p>
            {preview ? (
              <p>Here people press “Ask for this support”.</p>
            ) : (
              <LinkButton href={`/book/${slug}`} wide>
                Ask for this support
              </LinkButton>
            )}
            <p className="small">Nothing is booked until they say yes.</p>
          </>
        )}
        {page.intoWeek && !preview ? (
          <>
            {nextFree ? (
              <p>
                Next: <strong>{nextFree}</strong>
              </p>
            ) : null}
            <LinkButton href={`/services/${slug}/week`} wide>
              Put it in my week
            </LinkButton>
            <p className="small">A note of your own. It books nothing and tells nobody.</p>
          </>
        ) : null}
        {page.provider.phone && notBookable ? (
          <p>
            Call <a href={`tel:${page.provider.phone.replaceAll(' ', '')}`}>{page.provider.phone}</a>.
          </p>
        ) : null}
      </Card>
      <Panel>
        <h2>When</h2>
        {hours.length > 0 ? (
          <ul>
            {hours.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p>They have not said when. Ask them.</p>
        )}
        <p className="small soft">They last said that this page is right on {page.confirmed}.</p>
      </Panel>
    </>
  )
}
