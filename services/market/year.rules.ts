import { EARLIER, firstMonth } from './months.rules.ts'
import { column, kindRows, totalHidden, type SpendView } from './spend-tables.rules.ts'
import { inSlice } from './spend-mask.rules.ts'
import { inPeriod, penceOf, peopleIn, type Spend } from './spend.rules.ts'
import { spread } from './spread.rules.ts'
import {
  count,
  money,
  share,
  thousands,
  words,
  withheld,
  type Cell,
  type MarketTable,
} from './table.rules.ts'

/** The twelve months that the page is about, or the twelve before them, numbered alike. */
export const thisYear = (spends: readonly Spend[]): Spend[] => spends.filter(({ month }) => month >= 0)
export const yearBefore = (spends: readonly Spend[]): Spend[] =>
  spends.filter(({ month }) => month < 0).map((spend) => ({ ...spend, month: spend.month + EARLIER }))

/** First month with a settled visit, counted as the page counts; null when there is none in two years. */
export const firstRecord = (spends: readonly Spend[]): number | null =>
  spends.reduce<number | null>((least, { month }) => (least === null || month < least ? month : least), null)

/** Figures that are compared; null is one that may not be told. */
export interface Headlines {
  spend: number | null
  people: number | null
  byProvider: number | null
  byOwner: number | null
  three: number | null
  userLed: number | null
}

/** The page's headlines, as a page of that time tells them: with the same rules, over the twelve months it had. */
export function headlines(view: SpendView): Headlines {
  const now = inPeriod(inSlice(view.spends, view.slice), view.period)
  const hidden = totalHidden(view)
  const figures = spread(inSlice(view.spends, view.slice), view.period, view.providers)
  const total = penceOf(now)
  const rows = kindRows(view)
  const userLed = rows.find(({ group }) => group === 'user_led_organisation')
  return {
    spend: hidden ? null : total,
    people: hidden ? null : peopleIn(now),
    byProvider: hidden ? null : figures.byProvider,
    byOwner: hidden ? null : figures.byOwner,
    three: hidden ? null : figures.top.three,
    userLed: hidden || total === 0 || userLed?.hidden ? null : (userLed?.pence ?? 0) / total,
  }
}

export interface YearAgo {
  table: MarketTable
  /** Null when there is no whole period a year ago to compare with. */
  before: Headlines | null
  lead: string
}

const change = (now: number | null, before: number | null, say: (by: number) => Cell): Cell =>
  now === null || before === null ? words('–') : say(now - before)
const signed = (text: string, by: number): string => (by > 0 ? `+${text}` : by < 0 ? `−${text}` : 'none')
const csvOf = (by: number, digits: number): string => by.toFixed(digits).replace(/^-(0(\.0+)?)$/, '$1')

/**
 * Headlines beside those of the same months a year before. Without records that reach back to the first of those months
 * there is no figure, and the page says so: a part of a year beside a whole one would look like growth.
 */
export function yearAgo(
  now: SpendView,
  earlier: SpendView,
  record: number | null,
  recordWords: string,
): YearAgo {
  const whole = record !== null && record <= firstMonth(now.period) - EARLIER
  const current = headlines(now)
  const before = whole ? headlines(earlier) : null
  const figure = (value: number | null, make: (value: number) => Cell): Cell =>
    value === null ? withheld('not shown') : make(value)
  const row = (
    key: keyof Headlines,
    label: string,
    unit: string,
    make: (value: number) => Cell,
    by: (difference: number) => Cell,
  ): MarketTable['rows'][number] => ({
    key,
    cells: {
      figure: words(label),
      unit: words(unit),
      now: figure(current[key], make),
      before: before ? figure(before[key], make) : withheld('no figure'),
      change: change(current[key], before?.[key] ?? null, by),
    },
  })
  const counted = (by: number): Cell => ({
    ...words(signed(thousands(Math.abs(by)), Math.round(by))),
    csv: csvOf(by, 0),
  })
  const points = (by: number): Cell => ({
    ...words(
      signed(
        `${Math.abs(100 * by)
          .toFixed(1)
          .replace(/\.0$/, '')} points`,
        Math.round(1_000 * by),
      ),
    ),
    csv: csvOf(100 * by, 1),
  })
  const pounds = (by: number): Cell => ({
    ...words(signed(`£${thousands(Math.abs(by) / 100)}`, Math.round(by / 100))),
    csv: csvOf(by / 100, 2),
  })
  return {
    table: {
      id: 'year',
      caption: `The main figures and a year ago`,
      period: `${now.periodWords}, and ${earlier.periodWords}`,
      columns: [
        column('figure', 'Figure', false),
        column('unit', 'Counted in', false),
        column('now', capital(now.periodWords)),
        column('before', capital(earlier.periodWords)),
        column('change', 'Change'),
      ],
      rows: [
        row('spend', 'Spend from personal budgets', 'pounds', money, pounds),
        row('people', 'People whose budgets paid', 'people', count, counted),
        row('byProvider', 'Index by provider', '0 to 10,000', count, counted),
        row('byOwner', 'Index by ultimate owner', '0 to 10,000', count, counted),
        row('three', 'Share of the largest three owners', 'per cent of spend', share, points),
        row('userLed', 'Share of user-led organisations', 'per cent of spend', share, points),
      ],
      foot: null,
    },
    before,
    lead: leadOf(now, earlier, current, before, record === null ? null : recordWords),
  }
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function leadOf(
  now: SpendView,
  earlier: SpendView,
  current: Headlines,
  before: Headlines | null,
  record: string | null,
): string {
  if (record === null)
    return 'There is no figure a year ago, and none now: no visit has been settled in Kith.'
  if (!before)
    return `There is no figure a year ago. The first visit that Kith settled here was in ${record}, so there are no whole records of ${earlier.periodWords} to compare with.`
  if (current.spend === null || before.spend === null)
    return 'Too few people, now or a year ago, for these figures to be told.'
  if (before.spend === 0) return `Nothing was spent in ${earlier.periodWords}.`
  const by = Math.round((100 * (current.spend - before.spend)) / before.spend)
  const grew = by === 0 ? 'about the same as' : `${thousands(Math.abs(by))}% ${by > 0 ? 'more' : 'less'} than`
  return `Spend in ${now.periodWords} was ${grew} in ${earlier.periodWords}.`
}
