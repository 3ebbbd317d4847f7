import type { Actor } from '#services/kernel/actor.ts'
import { longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { experienceTable, holding, priceRows, pricesTable, type Holding } from './choice-tables.rules.ts'
import { band, sum, type Band } from './concentration.rules.ts'
import { distances } from './distance.rules.ts'
import {
  chooseSlice,
  readFilter,
  slug,
  type FilterProblems,
  type FilterTexts,
  type MarketInput,
} from './filter.rules.ts'
import { gapMap, type GapMap } from './gap-map.rules.ts'
import { gaps, gapsByArea, gapsBySupport, holdersOf, type GapView } from './gaps.rules.ts'
import { marketFacts } from './market-facts.server.ts'
import { marketCouncil } from './market.policy.ts'
import type { TableId } from './market.schema.ts'
import { bounds, closedMonths, firstMonth, monthWords, periodWords, yearAgoWords } from './months.rules.ts'
import { movementTable, type Movement } from './movement.rules.ts'
import { pricePicture, type PricePicture } from './price-picture.rules.ts'
import { experienceLead, isOneLump, kindsLead, quiltLead, summaryWords } from './sentences.rules.ts'
import { inSlice, spendMask } from './spend-mask.rules.ts'
import {
  kindRows,
  kindsTable,
  pieceWords,
  providersTable,
  quiltPieces,
  sizesTable,
  totalHidden,
  type SpendView,
} from './spend-tables.rules.ts'
import { grouped, inPeriod, maySayIn, penceOf } from './spend.rules.ts'
import { monthsTable, spreadTable } from './spread-tables.rules.ts'
import { evennessOfKinds, type Spread } from './spread.rules.ts'
import { percentWords, tileKind, wholePounds, type MarketTable } from './table.rules.ts'
import { firstRecord, thisYear, yearAgo, yearBefore, type Headlines } from './year.rules.ts'

export interface MarketPage {
  councilName: string
  period: string
  filter: FilterTexts
  /** Sentences beside the filter's fields; with any of them the page shows all of the market. */
  problems: FilterProblems
  areas: { value: string; label: string }[]
  needs: { value: string; label: string }[]
  /** What is looked at: 'Aldermere', 'Moorend', 'Personal care'. */
  scope: string
  filtered: boolean
  /** No visit has been settled here in two years: there is nothing to draw yet. */
  empty: boolean
  /** Too few people in this choice for any figure about spend. */
  tooFew: boolean
  summary: { sentence: string; people: string }
  quilt: {
    lead: string
    label: string
    pieces: { id: string; kind: string; name: string | null; pence: number }[]
  }
  kinds: { lead: string }
  months: { label: string; value: number; display: string }[]
  spread: { byOwner: number | null; byProvider: number | null; band: Band | null; top: Spread['top'] }
  holding: Pick<Holding, 'inControlOfTen'> & { day: string }
  gaps: { lead: string; map: GapMap | null }
  /** The same months a year before; null when there are no whole records of them. */
  year: { lead: string; words: string; before: Headlines | null }
  movement: { lead: string; all: Movement | null }
  distance: { lead: string }
  experience: { lead: string }
  prices: PricePicture | null
  tables: Record<TableId, MarketTable>
  /** Added to /council/market.csv?table=…& */
  query: string
}

/**
 * The market of the actor's council, as figures that may be told: every count and sum went through the rules of
 * disclosure, for all choices of the filter at once.
 * @throws SIGN_IN, SECOND_STEP, NOT_FOUND by policy.
 */
export async function marketPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: MarketInput,
): Promise<MarketPage> {
  const councilId = marketCouncil(actor, input['council'])
  const choice = readFilter(input)
  const period = choice.filter.months
  const months = closedMonths(deps.clock.now())
  const facts = await marketFacts(deps.db, councilId, {
    months,
    reviewsFrom: firstMonth(period),
    category: choice.filter.need && !choice.filter.area ? choice.filter.need : null,
  })
  const { places, providers } = facts
  const slice = chooseSlice(choice, places)
  const words = periodWords(months, period)
  const viewOf = (spends: SpendView['spends'], said: string): SpendView => ({
    spends,
    period,
    periodWords: said,
    slice,
    providers,
    mask: spendMask(spends, period, providers),
  })
  const view = viewOf(thisYear(facts.spends), words)
  const earlier = viewOf(yearBefore(facts.spends), yearAgoWords(months, period))
  const record = firstRecord(facts.spends)
  const [first] = months
  const recordWords = first && record !== null ? monthWords(first.add({ months: record })) : ''
  const year = yearAgo(view, earlier, record, recordWords)
  const moved = movementTable(view, facts.spends, record, recordWords)
  const far = distances(facts.offers, places, slice)
  const category = slice.by === 'category' ? slice.category : null
  const ward = slice.by === 'ward' ? slice.ward : null
  const day = longDate(bounds(months).before.subtract({ days: 1 }))

  const all = quiltPieces(view)
  const rows = kindRows(view)
  const monthly = monthsTable(view, months)
  const spreadOf = spreadTable(view, places.categories)
  const held = holding(facts.funds, `on ${day}`)
  const gapView: GapView = {
    unmet: gaps(facts.unmet, period),
    unanswered: gaps(facts.unanswered, period),
    holders: holdersOf(facts.holders),
    wards: places.wards,
    categories: places.categories,
    periodWords: words,
  }
  const byArea = gapsByArea(gapView, category)
  const map = gapMap(byArea, places.wards)
  const offered = priceRows(facts.prices, providers, category)
  const said = experienceTable(facts.scores, providers, words)
  const tooFew = totalHidden(view)
  const areaName = places.councilName.replace(/ Council$/, '')
  const scope =
    slice.by === 'ward'
      ? (places.wards.find(({ id }) => id === slice.ward)?.name ?? '')
      : slice.by === 'category'
        ? (places.categories.find(({ code }) => code === slice.category)?.name ?? '')
        : areaName
  return {
    councilName: places.councilName,
    period: words,
    filter: choice.typed,
    problems: choice.problems,
    areas: [
      { value: '', label: `All of ${areaName}` },
      ...places.wards.map(({ name }) => ({ value: slug(name), label: name })),
    ],
    needs: [
      { value: '', label: 'All kinds of support' },
      ...places.categories.map(({ code, name }) => ({ value: code, label: name })),
    ],
    scope,
    filtered: slice.by !== 'all',
    empty: record === null,
    tooFew,
    summary: summaryWords(inSlice(view.spends, slice), period, tooFew, spreadOf.all, record === null),
    quilt: {
      lead: quiltLead(all, slice, scope, spreadOf.all),
      label: `Quilt of spend. Largest: ${all
        .slice(0, 5)
        .map(
          (piece) =>
            `${pieceWords(piece, all)} ${percentWords(piece.pence / Math.max(1, sum(all.map(({ pence }) => pence))))}`,
        )
        .join(', ')}. All are in the table below.`,
      pieces: (isOneLump(all) ? [] : all).map((piece) => ({
        id: piece.provider?.id ?? piece.key,
        kind: tileKind(piece.group),
        name: piece.provider?.name ?? null,
        pence: piece.pence,
      })),
    },
    kinds: {
      lead: kindsLead(
        rows,
        tooFew,
        evennessOfKinds(
          rows.map(({ pence }) => pence),
          rows.filter(({ hidden }) => hidden).length,
        ),
        checkedShare(view),
      ),
    },
    months: monthly.points.map(({ label, pence }) => ({ label, value: pence, display: wholePounds(pence) })),
    spread: {
      byOwner: spreadOf.all.byOwner,
      byProvider: spreadOf.all.byProvider,
      band: spreadOf.all.byOwner === null ? null : band(spreadOf.all.byOwner),
      top: spreadOf.all.top,
    },
    holding: { inControlOfTen: held.inControlOfTen, day },
    gaps: {
      lead:
        map?.lead ??
        (byArea.foot?.cells['searches']?.csv === '0'
          ? 'No search came to nothing in these months.'
          : 'Searches that found nothing to book. Too few in each area to draw a map of: choose a longer time, or all kinds of support.'),
      map,
    },
    year: { lead: year.lead, words: earlier.periodWords, before: year.before },
    movement: { lead: moved.lead, all: moved.all },
    distance: { lead: far.lead },
    experience: { lead: experienceLead(said) },
    prices: pricePicture(offered, places.categories),
    tables: {
      providers: providersTable(view, all),
      kinds: kindsTable(view),
      sizes: sizesTable(view),
      year: year.table,
      movement: moved.table,
      months: monthly.table,
      spread: spreadOf.table,
      holding: held.table,
      'gaps-by-area': byArea,
      'gaps-by-support': gapsBySupport(gapView, ward),
      distance: far.byKind,
      'distance-by-area': far.byArea,
      experience: said,
      prices: pricesTable(offered, places.categories),
    },
    query: new URLSearchParams({
      ...(Object.keys(choice.problems).length > 0 ? { months: '3', area: '', need: '' } : choice.typed),
      ...(input['council'] ? { council: input['council'] } : {}),
    }).toString(),
  }
}

/** Share of spend with organisations whose user-led badge was checked; null where it would tell a hidden sum. */
function checkedShare({ spends, period, slice, providers, mask }: SpendView): number | null {
  if (slice.by !== 'all' || mask.mark(null, slice) !== 'shown') return null
  const kindOf = (id: string): boolean => providers.get(id)?.kind === 'user_led_organisation'
  const parts = grouped(
    spends,
    ({ providerId }) =>
      `${String(providers.get(providerId)?.userLedChecked ?? false)} ${String(kindOf(providerId))}`,
  )
  const every = [...parts.values()].every(
    (part) => penceOf(inPeriod(part, period)) === 0 || maySayIn(part, period, providers),
  )
  const checked = spends.filter(({ providerId }) => providers.get(providerId)?.userLedChecked)
  const whole = penceOf(inPeriod(spends, period))
  return every && whole > 0 ? penceOf(inPeriod(checked, period)) / whole : null
}
