import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findPage } from '#services/discovery/find-page.server.ts'
import { thousands } from '#services/kernel/money.ts'
import { askNearMe } from '~/browser/ask-near-me.ts'
import { Button } from '~/components/button/button.tsx'
import { NearMap } from '~/components/charts/near-map.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Filters } from '~/components/forms/filters.tsx'
import { Keep, KeptLink, type KeepProps } from '~/components/keep/keep.tsx'
import { NearMe } from '~/components/near-me/near-me.tsx'
import { Chips, Pages } from '~/components/navigation/navigation.tsx'
import { ResultCard } from '~/components/result-card/result-card.tsx'
import { followsAPress } from '~/http/notice.server.ts'
import { originOf } from '~/http/public-page.ts'
import { run } from '~/http/run.server.ts'
import { keptFor } from '~/http/shortlist.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const [found, kept] = await Promise.all([
      findPage(deps, actor, url.searchParams, { again: await followsAPress(request) }),
      keptFor(deps, actor, request),
    ])
    const page = { ...found, kept }
    return data(page, { status: Object.keys(page.errors).length > 0 ? 400 : 200 })
  })

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => {
  if (!page) return [{ title: 'Find support – Kith' }]
  const count = page.total === 1 ? '1 result' : `${String(page.total)} results`
  const title = page.asked ? `${page.heading}: ${count} – Kith` : 'Find support – Kith'
  return [
    { title },
    {
      name: 'description',
      content:
        'Local care and support with its whole price, next free time, and what people and the regulator say.',
    },
    // What somebody looks for is nobody's to index.
    page.asked
      ? { name: 'robots', content: 'noindex' }
      : { tagName: 'link', rel: 'canonical', href: `${originOf(matches)}/find` },
  ]
}

type Page = Awaited<ReturnType<typeof findPage>> & { kept: KeepProps['kept'] }

const SORTS = [
  ['', 'Best fit'],
  ['soonest', 'Soonest free'],
  ['price', 'Lowest total price'],
  ['near', 'Nearest'],
  ['experience', 'What people say'],
] as const
/** Where a field's id is not its name. */
const FIELD_IDS = {
  ...Object.fromEntries(
    [
      'category',
      'kind',
      'setting',
      'for',
      'day',
      'within',
      'max',
      'regulated',
      'size',
      'language',
      'access',
      'checked',
      'worker',
      'open',
      'fund',
    ].map((name) => [name, `filter-${name}-1`]),
  ),
  page: 'results',
}
/** Every control of the page belongs to one form, wherever it stands. */
const FORM = 'filters'

export default function Find() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <div className="stack">
        <h1>{page.heading}</h1>
        <p className="lead">{page.lead}</p>
        <KeptLink kept={page.kept} />
        <ErrorSummary errors={page.errors} ids={FIELD_IDS} />
        <Like ways={page.like} />
        <Details summary="Change what and where" open={!page.asked || page.total === 0}>
          <What page={page} />
        </Details>
        {page.notes.length > 0 ? (
          <div className="stack-s" role="status">
            {page.notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
        ) : null}
        {page.chips.length > 0 || page.total > 0 ? (
          <Chips
            label={page.chips.length > 0 ? 'Filters that are on' : 'Filters'}
            chips={[...page.chips, { label: 'All filters', href: '#filters' }]}
          />
        ) : null}
      </div>
      <div className="split near-top">
        <section className="stack-l" aria-labelledby="results">
          {page.total > 0 ? <Results page={page} /> : <Nothing page={page} />}
          <NotRight page={page} />
        </section>
        <aside className="side stack-l follow" aria-label="Map and filters">
          {page.map ? <OnTheMap map={page.map} /> : null}
          <Filters id={FORM} groups={page.groups} errors={page.errors} />
        </aside>
      </div>
    </>
  )
}

function Like({ ways }: { ways: Page['like'] }) {
  return ways.length > 0 ? (
    <p>
      Did you mean{' '}
      {ways.map(({ label, href }, index) => (
        <span key={href}>
          {index > 0 ? ' or ' : ''}
          <a href={href}>{label}</a>
        </span>
      ))}
      ?
    </p>
  ) : null
}

/** What and where, kept as typed. */
function What({ page: { typed, errors } }: { page: Page }) {
  return (
    <div className="search pair" role="search" aria-label="Change what and where">
      <div className={errors.q ? 'field wrong' : 'field'}>
        <label htmlFor="q">What would help?</label>
        {errors.q ? (
          <p className="error-text" id="q-error">
            {errors.q}
          </p>
        ) : null}
        <input
          className="input"
          id="q"
          name="q"
          type="search"
          form={FORM}
          maxLength={200}
          defaultValue={typed.q}
          key={`q ${typed.q}`}
          {...(errors.q ? { 'aria-invalid': true, 'aria-describedby': 'q-error' } : {})}
        />
      </div>
      <div className={errors.near ? 'field wrong' : 'field'}>
        <label htmlFor="near">Where?</label>
        {errors.near ? (
          <p className="error-text" id="near-error">
            {errors.near}
          </p>
        ) : null}
        <input
          className="input"
          id="near"
          name="near"
          form={FORM}
          maxLength={80}
          autoComplete="postal-code"
          defaultValue={typed.near}
          key={`near ${typed.near}`}
          placeholder=""
          {...(errors.near ? { 'aria-invalid': true, 'aria-describedby': 'near-error' } : {})}
        />
        <NearMe field="near" placeOf={askNearMe} />
      </div>
      <div className="row full">
        <Button form={FORM}>Search</Button>
      </div>
    </div>
  )
}

function Results({ page }: { page: Page }) {
  return (
    <>
      <div className="head">
        <h2 id="results" tabIndex={-1}>
          Results {page.from} to {page.to} of {thousands(page.total)}
        </h2>
        <div className="row-s">
          <label className="small" htmlFor="sort">
            In order of
          </label>
          <select id="sort" name="sort" form={FORM} defaultValue={page.typed.sort} key={page.typed.sort}>
            {SORTS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          <Button form={FORM} kind="second" size="small">
            Sort
          </Button>
        </div>
      </div>
      <ol className="plain stack-l" start={page.from}>
        {page.cards.map(({ key, ...card }) => (
          <ResultCard
            key={key}
            {...card}
            // A place that nobody has claimed is no service yet.
            keep={card.source ? null : <Keep serviceId={key} title={card.title} kept={page.kept} />}
          />
        ))}
      </ol>
      <Pages current={page.page} total={page.pages} base={page.base} />
    </>
  )
}

function Nothing({ page }: { page: Page }) {
  const lost = page.errors.near !== undefined
  return (
    <>
      <h2 id="results" tabIndex={-1}>
        {lost ? 'Nothing to show yet' : 'No results'}
      </h2>
      <Empty title={lost ? 'We need a place that we know' : 'Nothing fits all of that'} level={3}>
        <p>
          {lost
            ? 'Type a postcode, or the name of a town or ward near it.'
            : page.wider.length > 0
              ? 'You could ask for a little less. Each link below says what it would find.'
              : 'Try other words, or fewer of them.'}
        </p>
        <p className="go">
          <a href="/choose">Help me choose: a few questions, one a page</a>
        </p>
        <p className="go">
          <a href="/help">Talk it through with a person</a>
        </p>
        {lost ? null : (
          <p className="go">
            <a href={askHref(page.groups)}>Ask for what is not there</a>
          </p>
        )}
      </Empty>
    </>
  )
}

/** With the kind of support that was searched for, when it was one. */
function askHref(groups: Page['groups']): string {
  const [category, other] = groups.find(({ name }) => name === 'category')?.chosen ?? []
  return category && !other ? `/my/requests/new?category=${category}` : '/my/requests/new'
}

function NotRight({ page: { wider, total, keep } }: { page: Page }) {
  return (
    <section className="panel stack" aria-labelledby="more">
      <h2 id="more">Not quite right?</h2>
      {wider.length > 0 ? (
        <>
          <p>
            {total > 0 ? 'Each of these adds more. ' : 'Each of these finds something. '}We never change your
            search without asking.
          </p>
          <Chips label="Wider searches" chips={wider} />
        </>
      ) : (
        <p>Try other words, another place, or fewer filters.</p>
      )}
      {keep ? (
        <form method="post" action="/my/searches" className="stack-s">
          <input type="hidden" name="personId" value={keep.personId} />
          <input type="hidden" name="address" value={keep.address} />
          <p>
            Keep this search, and be told when something new fits.{' '}
            <a href="/my/searches">Searches you keep</a>
          </p>
          <p>
            <Button kind="second">Keep this search</Button>
          </p>
        </form>
      ) : null}
      <p>
        <a href="/without-a-budget">See what is free</a>, without an assessment or a budget, or{' '}
        <a href="/help">talk it through with a person</a>.
      </p>
    </section>
  )
}

function OnTheMap({ map }: { map: NonNullable<Page['map']> }) {
  const pins = map.pins.length === 1 ? '1 numbered pin' : `${String(map.pins.length)} numbered pins`
  return (
    <figure className="card">
      <h2>On the map</h2>
      <NearMap
        centre={map.centre}
        pins={map.pins}
        label={`Where the results lie around ${map.centre.name}: ${pins}. The list says the same in words.`}
      />
      <figcaption>Pins show where each provider starts from. Rings are miles.</figcaption>
    </figure>
  )
}
