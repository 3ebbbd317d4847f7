import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { marketPage } from '#services/market/market-page.server.ts'
import { Total } from '~/components/card/card.tsx'
import {
  ExperienceSection,
  GapsSection,
  HoldingSection,
  PricesSection,
} from '~/components/market/choice-sections.tsx'
import { DistanceSection, MovementSection, YearSection } from '~/components/market/change-sections.tsx'
import { Definitions } from '~/components/market/definitions.tsx'
import { MarketFilter } from '~/components/market/market-filter.tsx'
import {
  KindsSection,
  MonthsSection,
  QuiltSection,
  SpreadSection,
} from '~/components/market/spend-sections.tsx'
import { Tabs } from '~/components/navigation/navigation.tsx'
import { run } from '~/http/run.server.ts'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const page = await marketPage(deps, actor, Object.fromEntries(url.searchParams))
    return data(page, { status: Object.keys(page.problems).length > 0 ? 400 : 200 })
  })

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `The market in ${page?.scope ?? 'your area'} – Kith` },
]

const PARTS = [
  { label: 'Who is paid', href: '#diversity' },
  { label: 'Spread', href: '#spread' },
  { label: 'A year ago', href: '#year' },
  { label: 'Stability', href: '#stability' },
  { label: 'Choice and control', href: '#control' },
  { label: 'Gaps', href: '#gaps' },
  { label: 'What people say', href: '#experience' },
  { label: 'Price', href: '#price' },
  { label: 'What it means', href: '#meanings' },
]

/** Parts that are about money that was spent. */
const OF_SPEND = new Set(['#diversity', '#spread', '#year', '#stability'])

export default function Market() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <div className="stack-l">
        <header className="stack">
          <h1>The market in {page.councilName.replace(/ Council$/, '')}</h1>
          <MarketFilter page={page} />
        </header>
        <Total sentence={page.summary.sentence}>
          <p>{page.summary.people}</p>
          <p className="small">
            {page.scope}, {page.period}. “Not shown” means 1 to 4 people, or a figure kept back so that 1 to 4
            cannot be worked out.
          </p>
        </Total>
      </div>
      <Tabs
        className="section"
        label="Parts of this page"
        tabs={page.empty ? PARTS.filter(({ href }) => !OF_SPEND.has(href)) : PARTS}
      />
      {page.empty ? null : (
        <>
          <QuiltSection page={page} />
          <KindsSection page={page} />
          <MonthsSection page={page} />
          <SpreadSection page={page} />
          <YearSection page={page} />
          <MovementSection page={page} />
        </>
      )}
      <HoldingSection page={page} />
      <GapsSection page={page} />
      <DistanceSection page={page} />
      <ExperienceSection page={page} />
      <PricesSection page={page} />
      <Definitions />
    </>
  )
}
