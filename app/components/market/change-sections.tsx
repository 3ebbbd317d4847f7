import type { MarketPage } from '#services/market/market-page.server.ts'
import { PlainBars } from '../charts/plain-bars.tsx'
import { Term } from '../details/details.tsx'
import { MarketTableBox } from './market-table.tsx'
import { TableBars } from './table-bars.tsx'

const NAMES = { three: 'Largest three owners', userLed: 'User-led organisations' } as const

/** The main figures beside those of the same months a year before. */
export function YearSection({ page }: { page: MarketPage }) {
  const { before, lead, words } = page.year
  const rows = page.tables.year.rows
  const bars = (['three', 'userLed'] as const).flatMap((key) => {
    const cells = rows.find((row) => row.key === key)?.cells
    const bar = (column: 'now' | 'before', when: string) => {
      const cell = cells?.[column]
      return cell && !cell.hidden
        ? [
            {
              key: `${key}-${column}`,
              label: `${NAMES[key]}, ${when}`,
              value: Number(cell.csv),
              display: cell.text,
            },
          ]
        : []
    }
    return [...bar('now', 'now'), ...bar('before', 'a year ago')]
  })
  return (
    <section className="section stack" aria-labelledby="year">
      <h2 id="year">What has changed in a year</h2>
      <p className="lead">{lead}</p>
      {before && bars.length > 0 ? (
        <PlainBars
          id="year"
          caption={`Shares of spend, ${page.period} and ${words}`}
          labelHead="Share"
          valueHead="Per cent"
          bars={bars}
          most={100}
        />
      ) : null}
      <MarketTableBox table={page.tables.year} query={page.query} open />
      <Term asks="How is a year ago counted?">
        {`The same months of the year before (${words}), with the same rules, as this page would have shown them then. When Kith has no records of all of those months there is no figure: a part of a year beside a whole one would look like growth.`}
      </Term>
    </section>
  )
}

/** Who came in and who left: counts of providers. */
export function MovementSection({ page }: { page: MarketPage }) {
  const { all, lead } = page.movement
  const months = page.filter.months
  return (
    <section className="section stack" aria-labelledby="stability">
      <h2 id="stability">Stability: who came in and who left</h2>
      <p className="lead">{lead}</p>
      {all ? (
        <PlainBars
          id="moved"
          caption={`Providers paid, ${page.period} and the months before`}
          labelHead="Providers"
          valueHead="How many"
          bars={[
            {
              key: 'before',
              label: 'Paid in the months before',
              value: all.before,
              display: String(all.before),
            },
            { key: 'came', label: 'Came in', value: all.came, display: String(all.came) },
            { key: 'left', label: 'Left', value: all.left, display: String(all.left) },
            { key: 'now', label: 'Paid in these months', value: all.now, display: String(all.now) },
          ]}
        />
      ) : null}
      <MarketTableBox table={page.tables.movement} query={page.query} />
      <Term asks="When has a provider come in, or left?">
        {`It came in when it was paid in these ${months} months and not in the ${months} months before; it left when it was paid then and not now. So those before, and those who came in, less those who left, are those now. One that people buy from only now and then counts as left until it is paid again. Providers are counted, not people, and always for all of the area.`}
      </Term>
    </section>
  )
}

/** How far it is to a third choice. */
export function DistanceSection({ page }: { page: MarketPage }) {
  const byArea = page.tables['distance-by-area']
  const byKinds = byArea.columns.some(({ key }) => key === 'kinds')
  if (byArea.rows.length === 0) return null
  return (
    <section className="section stack" aria-labelledby="distance">
      <h2 id="distance">How far to a third choice</h2>
      <p className="lead">{page.distance.lead}</p>
      <TableBars
        id="far"
        table={page.tables.distance}
        label="support"
        value="middle"
        caption={page.tables.distance.caption}
        onlyShown
      />
      <MarketTableBox table={page.tables.distance} query={page.query} />
      <h3>By area</h3>
      <p>{byArea.caption}.</p>
      <TableBars
        id="far-area"
        table={byArea}
        label="name"
        value={byKinds ? 'kinds' : 'middle'}
        caption={byArea.caption}
      />
      <MarketTableBox table={byArea} query={page.query} />
      <Term asks="How is the distance measured?">
        In a straight line, in miles, from the middle of each area to the third nearest provider with
        something to book today. A provider that comes to people counts from where it sets out, if it goes
        that far; a venue counts from its door. Online support has no distance and is left out. “From the
        middle one of the areas” is the median: half of the areas are nearer, half are further, each area
        counted once. It is about areas and what is on offer; nobody’s home is in it.
      </Term>
    </section>
  )
}
