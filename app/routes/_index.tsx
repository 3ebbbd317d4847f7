import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { homePage } from '#services/discovery/home-page.server.ts'
import { askNearMe } from '~/browser/ask-near-me.ts'
import { NearMe } from '~/components/near-me/near-me.tsx'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Tile, TileStrip } from '~/components/tile/picture.tsx'
import { Quilt } from '~/components/tile/quilt.tsx'
import { kindLabel, KIND_NAMES, KINDS } from '~/components/tile/tile.ts'
import { originOf, publicPage } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) => run(args, ({ deps }) => homePage(deps))

export const meta: MetaFunction = ({ matches }) => {
  const origin = originOf(matches)
  return publicPage(origin, {
    title: 'Find local care and support',
    description:
      'See who can help near you, what it costs in all, and what people say who have had the visit.',
    path: '/',
    about: {
      '@type': 'WebSite',
      name: 'Kith',
      url: `${origin}/`,
      potentialAction: {
        '@type': 'SearchAction',
        target: { '@type': 'EntryPoint', urlTemplate: `${origin}/find?q={search_term_string}` },
        'query-input': 'required name=search_term_string',
      },
    },
  })
}
/** The band of the page goes from edge to edge. */
export const handle = { bleed: true }

const DOORS = [
  {
    href: '/my/money',
    title: 'I have a budget',
    words: 'See what is left, book support and pay from the right fund.',
    kinds: ['user_led_organisation', 'cooperative', 'personal_assistant'],
  },
  {
    href: '/my/circle',
    title: 'I help somebody',
    words: 'Do things for a person you care about, with their say-so.',
    kinds: ['charity', 'community_group', 'user_led_organisation'],
  },
  {
    href: '/provide',
    title: 'I offer support',
    words: 'Be found, take bookings you can keep, be paid on time.',
    kinds: ['micro_enterprise', 'social_enterprise', 'cooperative'],
  },
  {
    href: '/council',
    title: 'I work for a council',
    words: 'Agree budgets, keep people safe and see your market.',
    kinds: ['council_service', 'social_enterprise', 'private_company'],
  },
]
const strip = (kinds: readonly string[]) =>
  [0, 1, 2, 3, 4, 5].map((i) => ({ id: `strip-${String(i)}`, kind: kinds[i % kinds.length] ?? 'charity' }))

const PROMISES = [
  {
    title: 'You decide',
    words: 'A supporter can act for you, and you always see what they did. You can stop it at any time.',
  },
  {
    title: 'The price is the whole price',
    words: 'Travel and fees are in it. You see which of your funds pays before you ask.',
  },
  {
    title: 'Real visits, real words',
    words:
      'Only people who had the visit can say how it went. The regulator’s rating stands beside it, never mixed in.',
  },
  {
    title: 'Nobody can pay to be first',
    words: 'Small and new providers get a fair turn. We tell you why each result is where it is.',
  },
]
/** Before anybody is listed the quilt shows the nine patterns. */
const SAMPLE = KIND_NAMES.flatMap((kind) => [0, 1, 2, 3, 4].map((i) => ({ id: `sample-${String(i)}`, kind })))

export default function Home() {
  const { quilt, providers, free, freeCount } = useLoaderData<typeof loader>()
  const real = quilt.length >= 9
  return (
    <>
      <div className="wrap">
        <div className="hero">
          <div>
            <h1>Support that fits your life</h1>
            <p className="lead">
              See who can help near you, what it costs in all, and what people say who have had the visit.
            </p>
            <SearchBox />
            <div className="second-door">
              <p>Not sure what would help?</p>
              <LinkButton href="/choose" kind="second">
                Help me choose
              </LinkButton>
              <p className="hint">A few questions, one a page. Then a handful that may suit you.</p>
            </div>
          </div>
          <figure>
            <Quilt
              items={real ? quilt : SAMPLE}
              label={
                real
                  ? 'A patchwork quilt. Every square is a local provider.'
                  : 'A patchwork quilt of nine patterns, one for each kind of provider.'
              }
            />
            <figcaption>
              {real ? `${String(providers)} people and groups offer support here. ` : ''}The pattern of each
              square says what kind they are.
            </figcaption>
          </figure>
        </div>
        <Doors />
        <Free entries={free} count={freeCount} />
      </div>
      <div className="band">
        <div className="wrap">
          <section className="stack-l" aria-labelledby="count-on">
            <h2 id="count-on">What you can count on</h2>
            <div className="promise grid-2">
              {PROMISES.map(({ title, words }) => (
                <div key={title} className="stack-s">
                  <h3>{title}</h3>
                  <p>{words}</p>
                </div>
              ))}
            </div>
          </section>
        </div>
      </div>
      <div className="wrap">
        <Key />
      </div>
    </>
  )
}

function SearchBox() {
  return (
    <form className="search pair" role="search" aria-label="Find support" action="/find">
      <div>
        <label htmlFor="q">What would help?</label>
        <p className="hint" id="q-hint">
          Use your own words.
        </p>
        <input className="input" id="q" name="q" type="search" maxLength={200} aria-describedby="q-hint" />
      </div>
      <div>
        <label htmlFor="near">Where?</label>
        <p className="hint" id="near-hint">
          A postcode or a place.
        </p>
        <input
          className="input"
          id="near"
          name="near"
          maxLength={80}
          autoComplete="postal-code"
          aria-describedby="near-hint"
        />
        <NearMe field="near" placeOf={askNearMe} />
      </div>
      <div className="row full">
        <Button>Find support</Button>
        <a href="/help">Talk it through first</a>
      </div>
    </form>
  )
}

function Doors() {
  return (
    <section className="section stack-l" aria-labelledby="ways">
      <h2 id="ways">Where would you like to start?</h2>
      <ul className="grid grid-4 plain">
        {DOORS.map(({ href, title, words, kinds }) => (
          <li key={href} className="door">
            <TileStrip items={strip(kinds)} />
            <div className="stack-s">
              <h3>
                <a href={href}>{title}</a>
              </h3>
              <p>{words}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface FreeEntry {
  href: string
  title: string
  summary: string
  provider: { id: string; kind: string; name: string }
  when: string
}

function Free({ entries, count }: { entries: readonly FreeEntry[]; count: number }) {
  return (
    <section className="section stack-l" aria-labelledby="free">
      <div className="head">
        <div className="stack-s">
          <h2 id="free">Free and low-cost, for anyone near you</h2>
          <p>You do not need an assessment, an account or a budget.</p>
        </div>
        <a href="/find?max=0">
          {count > 3 ? `All ${String(count)} free things to do` : 'Find free things to do'}
        </a>
      </div>
      {entries.length > 0 ? (
        <ul className="plain free">
          {entries.map(({ href, title, summary, provider, when }) => (
            <li key={href}>
              <div className="who">
                <Tile id={provider.id} kind={provider.kind} size="s" />
                <div>
                  <h3>
                    <a href={href}>{title}</a>
                  </h3>
                  <p>{summary}</p>
                  <p className="kind">
                    {provider.name === title
                      ? kindLabel(provider.kind)
                      : `${provider.name} · ${kindLabel(provider.kind)}`}
                  </p>
                </div>
              </div>
              <p className="when">
                <strong>Free</strong>
                {when ? <span className="small block">{when}</span> : null}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Key() {
  return (
    <section className="section stack-l" aria-labelledby="quilt">
      <div className="stack-s">
        <h2 id="quilt">Nine kinds of provider, nine patterns</h2>
        <p>
          A good choice of support is like a quilt: many makers, many patterns. You will always see the kind
          in words too.
        </p>
      </div>
      <ul className="key">
        {KIND_NAMES.map((kind) => (
          <li key={kind}>
            <Tile id={`key-${kind}`} kind={kind} size="s" />
            <span>
              <b>{KINDS[kind].label}</b>
              {KINDS[kind].meaning}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
