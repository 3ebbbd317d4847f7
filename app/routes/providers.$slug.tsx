import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { providerPage } from '#services/providers/provider-page.server.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { Photo } from '~/components/photos/photo.tsx'
import { Checks } from '~/components/public-facts/checks.tsx'
import { Said } from '~/components/public-facts/said.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tile } from '~/components/tile/picture.tsx'
import { kindLabel } from '~/components/tile/tile.ts'
import { RegulatorRating } from '~/components/voices/regulator.tsx'
import { originOf, publicPage } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, params }) => providerPage(deps, params['slug'] ?? ''))

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => {
  if (!page) return [{ title: 'We could not find that page – Kith' }]
  const origin = originOf(matches)
  const path = `/providers/${page.slug}`
  return publicPage(origin, {
    title: page.name,
    description: page.claimed
      ? `Who ${page.name} are, what they offer and what was checked.`
      : `What public registers say about ${page.name}. Not yet on Kith.`,
    path,
    about: {
      '@type': 'Organization',
      name: page.name,
      url: `${origin}${path}`,
      ...(page.website ? { sameAs: [page.website] } : {}),
    },
  })
}

type Page = Awaited<ReturnType<typeof providerPage>>

export default function Provider() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <BackLink href="/find">Find other support</BackLink>
      <div className="flow">
        <header className="stack">
          <div className="who">
            {page.photo ? null : <Tile id={page.id} kind={page.kind} size="l" />}
            <div className="stack-s">
              <h1>{page.name}</h1>
              <p className="kind">
                {page.claimed ? kindLabel(page.kind) : 'Not yet on Kith'}
                {page.userLed ? ' · checked: led by the people who use it' : ''}
              </p>
            </div>
          </div>
          {page.photo ? (
            <p className="photo">
              <Photo photo={page.photo} sizes="(min-width: 50rem) 46rem, 100vw" first />
            </p>
          ) : null}
          {page.about.map((line, index) => (
            <p key={index} {...(index === 0 ? { className: 'lead' } : {})}>
              {line}
            </p>
          ))}
        </header>
        {page.claimed ? <Claimed page={page} /> : <Unclaimed page={page} />}
      </div>
    </>
  )
}

/** What the register says of the place matters more than that nobody has claimed it. */
function Standing({ places }: { places: Page['places'] }) {
  const gone = places.length > 0 && places.every(({ standing }) => standing === 'off_register')
  const asleep = places.length > 0 && places.every(({ standing }) => standing !== null)
  if (gone)
    return (
      <Notice level={2} tone="warn" title="No longer registered">
        <p>
          The Care Quality Commission has taken it off its register, so it may not give personal care. Nobody
          finds it in a search here any more.
        </p>
      </Notice>
    )
  if (asleep)
    return (
      <Notice level={2} tone="warn" title="Dormant: registered, not running now">
        <p>It is on the Care Quality Commission’s register, and gives no care just now.</p>
      </Notice>
    )
  return null
}

function Unclaimed({ page }: { page: Page }) {
  return (
    <>
      <Standing places={page.places} />
      <Notice level={2} tone="plain" title="Not yet on Kith: cannot be booked here">
        <p>
          Nobody has claimed this page. It shows only what public registers say, with their source and date.
          Prices, free times and what people say come when its owner joins.
        </p>
        <p>
          Is it yours? <a href={`/provide?claim=${page.slug}`}>Join and take it over.</a>
        </p>
      </Notice>
      <Places places={page.places} heading="What the register says" />
      {page.website ? <Website href={page.website} /> : null}
    </>
  )
}

function Claimed({ page }: { page: Page }) {
  return (
    <>
      {page.userLed ? (
        <Notice level={2} tone="plain" title="A user-led organisation">
          <p>
            At least 75 in every 100 of the people on its board who vote have lived experience of support.
            {page.userLed.checked
              ? ` Checked on ${page.userLed.checked}${page.userLed.by ? ` by ${page.userLed.by}` : ''}.`
              : ''}
          </p>
        </Notice>
      ) : null}
      <Offers page={page} />
      <section className="stack" aria-labelledby="who">
        <h2 id="who">Who they are</h2>
        <SummaryList rows={page.facts} />
        <Contact page={page} />
      </section>
      {page.said ? (
        <section className="stack" aria-labelledby="said">
          <h2 id="said">How it is for people</h2>
          <p>About everything that {page.name} offers, taken together.</p>
          <Said said={page.said} />
        </section>
      ) : null}
      <Checks checks={page.checks} of={page.name} />
      {page.places.length > 0 ? <Places places={page.places} heading="Where they work from" /> : null}
    </>
  )
}

function Offers({ page: { services } }: { page: Page }) {
  return (
    <section className="stack" aria-labelledby="offers">
      <h2 id="offers">What they offer</h2>
      <ul className="plain stack">
        {services.map((service) => (
          <li key={service.key} className="card">
            <div className="result-top">
              <div className="stack-s">
                <h3>
                  <a href={service.href}>{service.title}</a>
                </h3>
                <p className="kind">{service.kind}</p>
              </div>
              <p className="cost">
                {service.price ? (
                  <>
                    <span className="price">{pounds(service.price.pence)}</span>{' '}
                    <span className="sub">{service.price.unit}</span>
                  </>
                ) : (
                  <strong>Free</strong>
                )}
              </p>
            </div>
            <p>{service.summary}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Contact({ page: { phone, website } }: { page: Page }) {
  return (
    <>
      {phone ? (
        <p>
          Call <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>.
        </p>
      ) : null}
      {website ? <Website href={website} /> : null}
    </>
  )
}

function Website({ href }: { href: string }) {
  return (
    <p>
      <a href={href} rel="noreferrer nofollow">
        Their own website
      </a>
    </p>
  )
}

function Places({ places, heading }: { places: Page['places']; heading: string }) {
  return (
    <section className="stack" aria-labelledby="places">
      <h2 id="places">{heading}</h2>
      {places.map((place) => (
        <div key={place.key} className="card stack">
          <h3>{place.name}</h3>
          {place.rows.length > 0 ? <SummaryList rows={place.rows} /> : null}
          {place.regulator.rating === 'not_required' ? null : (
            <RegulatorRating {...place.regulator} title="What the regulator found" level={3} />
          )}
          {place.source ? (
            <p className="small soft">
              Source: the Care Quality Commission’s register, as it stood on {place.source.date}.
            </p>
          ) : null}
        </div>
      ))}
    </section>
  )
}
