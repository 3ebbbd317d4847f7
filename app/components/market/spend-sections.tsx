import type { MarketPage } from '#services/market/market-page.server.ts'
import { Facts } from '../card/card.tsx'
import { LineChart } from '../charts/line-chart.tsx'
import { ScaleChart } from '../charts/scale-chart.tsx'
import { Term } from '../details/details.tsx'
import { MarketQuilt } from '../tile/market-quilt.tsx'
import { MarketTableBox } from './market-table.tsx'
import { SHORT, TableBars } from './table-bars.tsx'

const thousands = (value: number): string => new Intl.NumberFormat('en-GB').format(Math.round(value))
const percent = (value: number | null): string =>
  value === null ? 'Not shown' : `${String(Math.round(100 * value))}%`

/** 'A year ago it was 738.', where there is such a figure. */
const ago = (page: MarketPage, value: number | null | undefined, say: (value: number) => string): string =>
  value === null || value === undefined || page.tooFew ? '' : ` A year ago ${say(value)}.`

/** The quilt: who was paid. */
export function QuiltSection({ page }: { page: MarketPage }) {
  const { quilt } = page
  return (
    <section className="section stack" aria-labelledby="diversity">
      <h2 id="diversity">Diversity: is it a quilt or a blanket?</h2>
      <p className="lead">{quilt.lead}</p>
      {quilt.pieces.length > 0 ? (
        <figure>
          <MarketQuilt id="market" pieces={quilt.pieces} label={quilt.label} />
          <figcaption>
            {page.filtered
              ? 'Each piece is a kind of provider: its size is what was spent. The numbers are those of the table.'
              : 'Each piece is a provider: its size is what was spent, its pattern is the kind. Pieces too small for a name have their number in the table. People who work alone are one piece together.'}
          </figcaption>
        </figure>
      ) : null}
      <MarketTableBox table={page.tables.providers} query={page.query} />
      <Term asks="How is this counted?">
        Visits that were confirmed and settled in these months, by the day they were settled. Money of
        people’s own is left out. Only whole months are counted, so that no day’s visit can be seen by looking
        twice. A provider has a name here when 5 people or more bought from it and no one of them is more than
        80% of what it was paid.
      </Term>
    </section>
  )
}

/** Shares by kind and by size. */
export function KindsSection({ page }: { page: MarketPage }) {
  return (
    <section className="section stack" aria-labelledby="kinds">
      <h2 id="kinds">Who the money goes to</h2>
      <p className="lead">
        {page.kinds.lead}
        {ago(page, page.year.before?.userLed, (value) => `user-led organisations had ${percent(value)}`)}
      </p>
      {page.tooFew ? null : (
        <TableBars
          id="kind"
          table={page.tables.kinds}
          label="kind"
          value="share"
          caption="Share of spend by kind of provider"
          short={SHORT}
        />
      )}
      <MarketTableBox table={page.tables.kinds} query={page.query} />
      <h3>Large and small</h3>
      <p>
        By how many people work there. Shares are in whole per cent and people to the nearest 5, so that this
        table and the one above give no provider away.
      </p>
      {page.tooFew ? null : (
        <TableBars
          id="size"
          table={page.tables.sizes}
          label="size"
          value="share"
          caption="Share of spend by size of provider"
        />
      )}
      <MarketTableBox table={page.tables.sizes} query={page.query} />
      <Term asks="Who are “personal assistants and others who work alone”?">
        Everybody who offers support as one person, whatever kind they say they are. What one person earns is
        their own business, so they are only ever added together.
      </Term>
    </section>
  )
}

/** Spend month by month, for the whole area only. */
export function MonthsSection({ page }: { page: MarketPage }) {
  if (page.filtered || page.months.length < 2) return null
  const first = page.months[0]
  const last = page.months[page.months.length - 1]
  return (
    <section className="section stack" aria-labelledby="months">
      <h2 id="months">Spend month by month</h2>
      <p className="lead">
        From {first?.display} in {first?.label} to {last?.display} in {last?.label}.
      </p>
      <LineChart
        label={`Spend by month, from ${first?.display ?? ''} in ${first?.label ?? ''} to ${last?.display ?? ''} in ${last?.label ?? ''}.`}
        points={page.months}
        axis={(pence) => `£${thousands(pence / 100)}`}
        pointHead="Month"
        valueHead="Spend"
        caption={page.tables.months.caption}
        withTable={false}
      />
      <MarketTableBox table={page.tables.months} query={page.query} />
    </section>
  )
}

const BANDS = {
  low: 'The US guidelines of 2023 would not call this concentrated.',
  moderate: 'The US guidelines of 2023 would call this moderately concentrated.',
  high: 'The US guidelines of 2023 would call this highly concentrated.',
} as const

/** "Is spending spread out?" */
export function SpreadSection({ page }: { page: MarketPage }) {
  const { byOwner, byProvider, band, top } = page.spread
  return (
    <section className="section stack" aria-labelledby="spread">
      <h2 id="spread">Is spending spread out?</h2>
      {byOwner === null ? (
        <p className="lead">Too few owners to show an index without telling what one of them was paid.</p>
      ) : (
        <p className="lead">
          The index is <strong className="num">{thousands(byOwner)}</strong> when companies with one owner
          count as one.
          {byProvider === null
            ? ''
            : ` By provider’s name alone it would look like ${thousands(byProvider)}.`}
          {band ? ` ${BANDS[band]} UK policy sets no line.` : ''}
          {ago(page, page.year.before?.byOwner, (value) => `it was ${thousands(value)}`)}
        </p>
      )}
      {byOwner === null ? null : (
        <ScaleChart
          label={`Scale from 0 to 4,000. By ultimate owner the market is at ${thousands(byOwner)}. The US line for highly concentrated is 1,800; the UK has none.`}
          value={byOwner}
          valueWords={`${thousands(byOwner)} by owner`}
          most={4000}
          leastWords="0: countless small"
          mostWords="4,000 and over"
          line={{
            at: 1800,
            words: '1,800: “highly concentrated” in the US guidelines of 2023',
            short: '1,800: US “high”',
          }}
        />
      )}
      <Facts
        className="panel sand"
        items={(
          [
            ['Largest owner', top.one],
            ['Largest three', top.three],
            ['Largest five', top.five],
          ] as const
        ).map(([term, value]) => ({
          term,
          value: (
            <>
              <span className="price">{percent(value)}</span>
              {value === null ? '' : ' of spend'}
            </>
          ),
        }))}
      />
      {page.tables.spread.rows.length > 1 ? (
        <>
          <h3>Kind by kind of support</h3>
          <p>The same index by ultimate owner, from 0 to 10,000, within each kind of support.</p>
          <TableBars
            id="spread"
            table={page.tables.spread}
            label="support"
            value="byOwner"
            caption="Index by ultimate owner, for each kind of support, from 0 to 10,000"
            most={10_000}
            onlyShown
          />
        </>
      ) : null}
      <MarketTableBox table={page.tables.spread} query={page.query} />
      <Term asks="What is this index?">
        The Herfindahl–Hirschman index: each owner’s share in per cent, squared, then added up. 10,000 is one
        owner with everything. The lines at 1,000 and 1,800 are from US guidelines. The UK sets no line, so
        none here is official.
      </Term>
    </section>
  )
}
