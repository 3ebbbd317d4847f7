import type { Ward } from './facts.ts'
import type { MarketTable } from './table.rules.ts'

export interface MapArea {
  id: string
  name: string
  lat: number
  lon: number
  /** Shade, 0 the lightest; null where the figure may not be told. */
  shade: 0 | 1 | 2 | 3 | null
  display: string
}
export interface GapMap {
  areas: MapArea[]
  /** What each shade means, lightest first; all of one unit. */
  shades: string[]
  unit: string
  /** The picture in words. */
  label: string
  /** Names and figures under a picture that is too narrow for names. */
  listed: string
  /** The sentence before it. */
  lead: string
}

/** Steps between shades that read well. */
const STEPS = [
  1, 2, 3, 5, 10, 15, 20, 25, 50, 75, 100, 150, 200, 250, 500, 750, 1_000, 1_500, 2_000, 2_500, 5_000,
]

/** The widest step between four shades with which the highest figure is in the darkest. */
export const stepFor = (most: number): number => STEPS.findLast((step) => 3 * step <= most) ?? 1

/**
 * The map of gaps, made of the very cells of the table beside it: what the table hides the map hatches. Rates where as many
 * may be told as counts (a rate needs its number of people told too); null when fewer than two areas have a figure.
 */
export function gapMap(table: MarketTable, wards: readonly Ward[]): GapMap | null {
  const cellsOf = (key: string) =>
    wards.map((ward) => ({ ward, cell: table.rows.find((row) => row.key === ward.id)?.cells[key] }))
  const shown = (key: string): number => cellsOf(key).filter(({ cell }) => cell && !cell.hidden).length
  const key = shown('searchRate') >= shown('searches') ? 'searchRate' : 'searches'
  if (shown(key) < 2) return null
  const unit =
    key === 'searchRate'
      ? 'searches that found nothing to book, for every 1,000 people with a budget'
      : 'searches that found nothing to book'
  const cells = cellsOf(key)
  const step = stepFor(Math.max(...cells.map(({ cell }) => (cell && !cell.hidden ? Number(cell.csv) : 0))))
  const areas = cells.map(({ ward, cell }): MapArea => {
    const known = cell && !cell.hidden
    const shade = known ? (Math.min(3, Math.floor(Number(cell.csv) / step)) as 0 | 1 | 2 | 3) : null
    return { ...ward, shade, display: known ? cell.text : 'hidden' }
  })
  const ordered = areas
    .filter(({ shade }) => shade !== null)
    .sort((a, b) => Number(b.display.replaceAll(',', '')) - Number(a.display.replaceAll(',', '')))
  const hidden = areas.filter(({ shade }) => shade === null).map(({ name }) => name)
  const to = (from: number): string => (step === 1 ? String(from) : `${say(from)} to ${say(from + step - 1)}`)
  return {
    areas,
    shades: [`Under ${say(step)}`, to(step), to(2 * step), `${say(3 * step)} and over`],
    unit,
    listed: `From most to fewest: ${ordered.map(({ name, display }) => `${name} ${display}`).join(', ')}.${hidden.length > 0 ? ` Hidden: ${hidden.join(', ')}.` : ''}`,
    lead: leadOf(ordered, key === 'searchRate'),
    label: `Map of areas shaded by ${unit}: ${ordered.map(({ name, display }) => `${name} ${display}`).join(', ')}.${
      hidden.length > 0 ? ` Hidden because the numbers are small: ${hidden.join(', ')}.` : ''
    }`,
  }
}

function leadOf(ordered: readonly MapArea[], rates: boolean): string {
  const [highest, lowest] = [ordered[0], ordered[ordered.length - 1]]
  if (!highest || !lowest) return ''
  const searches = highest.display === '1' ? 'search' : 'searches'
  return `In ${highest.name}, ${highest.display} ${searches}${rates ? ' for every 1,000 people with a budget' : ''} found nothing to book, the most that may be shown. In ${lowest.name} it is ${lowest.display}, the fewest.`
}
const say = (value: number): string => new Intl.NumberFormat('en-GB').format(value)
