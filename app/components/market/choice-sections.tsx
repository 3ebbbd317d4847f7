import type { MarketPage } from '#services/market/market-page.server.ts'
import { AreaMap } from '../charts/area-map.tsx'
import { RangeChart } from '../charts/range-chart.tsx'
import { Term } from '../details/details.tsx'
import { MarketTableBox } from './market-table.tsx'
import { SHORT, TableBars } from './table-bars.tsx'

/** How budgets are held: chosen against assigned. */
export function HoldingSection({ page }: { page: MarketPage }) {
  const { inControlOfTen, day } = page.holding
  if (page.tables.holding.foot?.cells['all']?.csv === '0')
    return (
      <section className="section stack" aria-labelledby="control">
        <h2 id="control">Choice and control: how budgets are held</h2>
        <p className="lead">No budget ran on {day}.</p>
      </section>
    )
  return (
    <section className="section stack" aria-labelledby="control">
      <h2 id="control">Choice and control: how budgets are held</h2>
      <p className="lead">
        {inControlOfTen === null
          ? 'How each part of a budget is held, and whether the person chose it.'
          : `In about ${String(inControlOfTen)} of every 10 funds the person chose to have the money in their own control.`}{' '}
        Money that the council or its adviser holds is not counted in that, even when it was chosen.
      </p>
      <TableBars
        id="hold"
        table={page.tables.holding}
        label="way"
        value="all"
        caption="Funds by how they are held"
        short={SHORT}
      />
      <MarketTableBox table={page.tables.holding} query={page.query} />
      <p className="small">Of all of the council’s area, {day}. People’s own money is not counted.</p>
    </section>
  )
}

/** Searches and requests that came to nothing. */
export function GapsSection({ page }: { page: MarketPage }) {
  return (
    <section className="section stack" aria-labelledby="gaps">
      <h2 id="gaps">Sufficiency: who looked and found nothing</h2>
      <p className="lead">{page.gaps.lead}</p>
      {page.gaps.map ? (
        <>
          <AreaMap
            id="gap-map"
            areas={page.gaps.map.areas}
            shades={page.gaps.map.shades}
            label={page.gaps.map.label}
            listed={page.gaps.map.listed}
          />
          <p className="small">
            The figures are {page.gaps.map.unit}, {page.period}. An area is all that is nearer to its middle
            than to another’s; the edge is not the council’s boundary.
          </p>
        </>
      ) : null}
      <MarketTableBox table={page.tables['gaps-by-area']} query={page.query} open />
      <h3>What was missing</h3>
      <p>Searches that found nothing to book, by kind of support.</p>
      <TableBars
        id="missing"
        onlyShown
        table={page.tables['gaps-by-support']}
        label="name"
        value="searches"
        caption="Searches that found nothing to book, by kind of support"
      />
      <MarketTableBox table={page.tables['gaps-by-support']} query={page.query} />
      <Term asks="Why are some numbers hidden?">
        A count from 1 to 4 could be somebody’s neighbour. If only that one were hidden you could work it out
        from the total, so another is hidden too. Searches are counted without who made them.
      </Term>
    </section>
  )
}

/** Scores by kind of provider, each by itself. */
export function ExperienceSection({ page }: { page: MarketPage }) {
  const { rows } = page.tables.experience
  return (
    <section className="section stack" aria-labelledby="experience">
      <h2 id="experience">What people say</h2>
      <p className="lead">{page.experience.lead}</p>
      <TableBars
        id="control"
        table={page.tables.experience}
        label="kind"
        value="control"
        caption="“Kept me in control”, out of 5, by kind of provider"
        most={5}
        short={SHORT}
      />
      <MarketTableBox table={page.tables.experience} query={page.query} open />
      <p className="small">
        {rows.length > 0 ? 'Each score is from 1 to 5. Fewer than 3 reviews have no average. ' : ''}
        Reviews are by people who had the visit. They are not shown by area.
      </p>
    </section>
  )
}

/** The middle half of prices by kind of provider. */
export function PricesSection({ page }: { page: MarketPage }) {
  const { prices } = page
  if (!prices) {
    return (
      <section className="section stack" aria-labelledby="price">
        <h2 id="price">Price</h2>
        <p className="lead">Fewer than 5 prices are on offer, too few to show the middle of.</p>
      </section>
    )
  }
  return (
    <section className="section stack" aria-labelledby="price">
      <h2 id="price">Price: {prices.title}</h2>
      <p className="lead">{prices.lead}</p>
      <figure>
        <RangeChart
          label={`Chart of prices by kind of provider. ${prices.lead}`}
          rows={prices.rows.map((row) => ({ ...row, tooFew: 'Too few prices to show (under 5)' }))}
          ticks={prices.ticks}
          tickWords={(pence) =>
            pence % 100 === 0 ? `£${String(pence / 100)}` : `£${(pence / 100).toFixed(2)}`
          }
        />
        <figcaption>Bar: the middle half of prices. Dot: the middle price.</figcaption>
      </figure>
      <MarketTableBox table={page.tables.prices} query={page.query} />
    </section>
  )
}
