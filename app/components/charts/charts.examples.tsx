import type { Family } from '../examples.ts'
import { KIND_NAMES, kindLabel } from '../tile/tile.ts'
import { AreaMap } from './area-map.tsx'
import { BarChart } from './bar-chart.tsx'
import { LineChart } from './line-chart.tsx'
import { NearMap } from './near-map.tsx'
import { PlainBars } from './plain-bars.tsx'
import { RangeChart } from './range-chart.tsx'
import { ScaleChart } from './scale-chart.tsx'

const inPounds = (value: number): string => `£${value.toLocaleString('en-GB')}`
const MONTHS = ['Dec', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov']

export const charts: Family = {
  id: 'charts',
  title: 'Charts',
  about: 'The sentence before, the picture, the table after. Drawn on the server.',
  examples: [
    {
      name: 'Bars that are a table, with the cloth of each kind',
      of: (
        <PlainBars
          id="ex-kinds"
          caption="Share of spend by kind of provider"
          labelHead="Kind"
          valueHead="Share"
          bars={KIND_NAMES.map((kind, i) => ({
            key: kind,
            kind,
            label: kindLabel(kind),
            value: 36 - i * 4,
            display: `${String(36 - i * 4)}%`,
          }))}
        />
      ),
    },
    {
      name: 'A map of areas, from their middles alone',
      of: (
        <AreaMap
          id="ex-areas"
          label="Map of areas shaded by searches. Moorend 96, Fenside 74, Millgate 12. Hidden: Brook End."
          listed="From most to fewest: Moorend 96, Fenside 74, Northfields 31, Millgate 12. Hidden: Brook End."
          shades={['Under 25', '25 to 49', '50 to 74', '75 and over']}
          areas={[
            { id: 'n', name: 'Northfields', lat: 53.577, lon: -1.865, shade: 1, display: '31' },
            { id: 'm', name: 'Moorend', lat: 53.574, lon: -1.795, shade: 3, display: '96' },
            { id: 'g', name: 'Millgate', lat: 53.552, lon: -1.831, shade: 0, display: '12' },
            { id: 'f', name: 'Fenside', lat: 53.533, lon: -1.825, shade: 2, display: '74' },
            { id: 'b', name: 'Brook End', lat: 53.535, lon: -1.79, shade: null, display: 'hidden' },
          ]}
        />
      ),
    },
    {
      name: 'Bars over time',
      of: (
        <BarChart
          label="Bar chart. Spend rose from £9,000 in December to £20,000 in November."
          caption="Spend by month"
          labelHead="Month"
          valueHead="Spend"
          axis={inPounds}
          bars={MONTHS.map((label, i) => ({
            label,
            value: 9000 + i * 1000,
            display: inPounds(9000 + i * 1000),
          }))}
        />
      ),
    },
    {
      name: 'What has been and what may be',
      of: (
        <LineChart
          label="Line chart. The budget was £3,120 on 5 October, is £2,112 today and may be £364 on 4 April."
          caption="Social care budget, not yet spent"
          pointHead="Day"
          valueHead="Not yet spent"
          axis={inPounds}
          points={[
            { label: '5 October', value: 3120, display: '£3,120.00' },
            { label: '26 October', value: 2650, display: '£2,650.00' },
            { label: '23 November', value: 2112, display: '£2,112.00', note: 'Today: £2,112.00' },
            { label: '4 January', value: 1560, display: '£1,560', forecast: true },
            { label: '15 February', value: 1008, display: '£1,008', forecast: true },
            { label: '4 April', value: 364, display: '£364', forecast: true, note: 'About £364 over' },
          ]}
        />
      ),
    },
    {
      name: 'A figure on a scale',
      of: (
        <ScaleChart
          label="Scale from 0 to 4,000. By ultimate owner the market is at 904. The US line for highly concentrated is 1,800."
          value={904}
          valueWords="904 by owner"
          most={4000}
          leastWords="0: countless small"
          mostWords="4,000 and over"
          line={{
            at: 1800,
            words: '1,800: “highly concentrated” in the US guidelines of 2023',
            short: '1,800: US “high”',
          }}
        />
      ),
    },
    {
      name: 'Ranges of prices',
      of: (
        <RangeChart
          label="Total price for an hour at home by kind of provider. Personal assistants £20.40 in the middle, private companies £28.60; the council’s own rate is £26.50."
          ticks={[16, 20, 24, 28, 32]}
          tickWords={(value) => `£${String(value)}`}
          line={{ at: 26.5, words: 'Council’s rate £26.50' }}
          rows={[
            { key: 'pa', label: 'Personal assistant', range: { low: 19.2, middle: 20.4, high: 21.6 } },
            { key: 'coop', label: 'Co-operative', range: null, tooFew: 'Too few prices to show (under 5)' },
            { key: 'co', label: 'Private company', range: { low: 25.2, middle: 28.6, high: 31.9 } },
          ]}
        />
      ),
    },
    {
      name: 'Results about a place, over the areas of councils',
      of: (
        <figure className="half">
          <NearMap
            label="Three results about Millgate, over the areas of Aldermere and Thornhaugh: 1 is half a mile north, 2 and 3 a mile and a half east at the same door."
            drawing={{
              lines: [
                { kind: 'area', d: 'M-6 -6L300 -6L290 60L318 140L296 230L322 330L300 466L-6 466Z' },
                { kind: 'area', d: 'M300 -6L466 -6L466 466L300 466L322 330L296 230L318 140L290 60Z' },
                { kind: 'ward', d: 'M40 230a190 190 0 1 0 380 0a190 190 0 1 0 -380 0' },
                { kind: 'mark', d: 'M220 230a10 10 0 1 0 20 0a10 10 0 1 0 -20 0' },
                { kind: 'lead', d: 'M372 232L414 199' },
                {
                  kind: 'pin-shape comes',
                  d: 'M225 180c-4 -13 -20 -17 -20 -33a20 20 0 0 1 40 0c0 16 -16 20 -20 33Z',
                },
                {
                  kind: 'pin-shape',
                  d: 'M372 232c-4 -13 -20 -17 -20 -33a20 20 0 0 1 40 0c0 16 -16 20 -20 33Z',
                },
                { kind: 'pin-shape', d: 'M394 199a20 20 0 1 0 40 0a20 20 0 1 0 -40 0' },
              ],
              words: [
                { kind: 'sub', x: 230, y: 410, text: '2 miles' },
                { kind: 'area-n', x: 120, y: 80, text: 'Aldermere' },
                { kind: 'area-n', x: 388, y: 330, text: 'Thornhaugh' },
                { kind: 'b', x: 230, y: 266, text: 'Millgate' },
                { kind: 'pin-n comes', x: 225, y: 155, text: '1' },
                { kind: 'pin-n', x: 372, y: 207, text: '2' },
                { kind: 'pin-n', x: 414, y: 207, text: '3' },
              ],
            }}
          />
          <figcaption>Circles are miles. Filled pins are places to go to; a ring comes to people.</figcaption>
        </figure>
      ),
    },
  ],
}
