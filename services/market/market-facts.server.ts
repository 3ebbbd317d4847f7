import { DomainError } from '#services/kernel/errors.ts'
import { LONDON, type Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { FundFact, GapFact, MarketFacts, OfferFact, PriceFact, ScoreFact, Ward } from './facts.ts'
import { bounds, EARLIER } from './months.rules.ts'
import type { ProviderFact, Spend } from './spend.rules.ts'

/** Streams that are no public money in a person's budget: what people add of their own is left out of every figure. */
const NOT_COUNTED = `('own_money')`
/** Streams that are a fund of their own with a way of holding it; what a person pays towards one is part of it. */
const NOT_A_FUND = `('own_money', 'contribution')`
/** Far above any council's year; past it the page says so, and no figure is cut short silently. */
const MOST_ROWS = 300_000

export interface MarketWindow {
  months: readonly Temporal.PlainYearMonth[]
  /** First month of reviews, as an index, and the kind of support they are about. */
  reviewsFrom: number
  category: string | null
}

const instant = (day: Temporal.PlainDate): string => day.toZonedDateTime(LONDON).toInstant().toString()

/**
 * Everything the market's page is made of, for one council: eleven statements over the published views, whatever it holds. People are
 * numbers of this answer alone; no id or name of a person leaves the database.
 * @throws UNAVAILABLE when there is more than a page can add up.
 */
export async function marketFacts(
  db: Deps['db'],
  councilId: string,
  window: MarketWindow,
): Promise<MarketFacts> {
  const { from, before } = bounds(window.months)
  const base = from.year * 12 + from.month
  const span = [councilId, instant(from), instant(before), base] as const
  const twoYears = [councilId, instant(from.subtract({ months: EARLIER })), instant(before), base] as const
  const day = [councilId, before.subtract({ days: 1 }).toString()] as const
  const reviewed = window.months[window.reviewsFrom]?.toPlainDate({ day: 1 }) ?? from
  const [places, categories, providers, spends, funds, holders, unmet, unanswered, scores, prices, offers] =
    await Promise.all([
      db.query<{ councilName: string } & { [key in keyof Ward]: Ward[key] | null }>(
        'market_places_map',
        PLACES,
        [councilId],
      ),
      db.query<{ code: string; name: string }>('market_categories', CATEGORIES, []),
      db.query<ProviderFact>('market_providers', PROVIDERS, [councilId]),
      db.query<Spend>('market_spend', SPEND, twoYears),
      db.query<FundFact>('market_funds', FUNDS, day),
      db.query<{ ward: string; people: number }>('market_holders', HOLDERS, day),
      db.query<GapFact>('market_unmet', UNMET, span),
      db.query<GapFact>('market_unanswered', UNANSWERED, span),
      db.query<ScoreFact>('market_scores', SCORES, [
        councilId,
        instant(reviewed),
        instant(before),
        window.category,
      ]),
      db.query<PriceFact>('market_prices', PRICES, [councilId]),
      db.query<OfferFact>('market_offers', OFFERS, [councilId]),
    ])
  for (const rows of [spends, unmet, unanswered, prices, providers, offers])
    if (rows.length > MOST_ROWS)
      throw new DomainError(
        'UNAVAILABLE',
        'There is more here than this page can add up. Tell the people who run Kith.',
      )
  return {
    places: {
      councilName: places[0]?.councilName ?? '',
      wards: places.flatMap(({ id, name, lat, lon }) =>
        id !== null && name !== null && lat !== null && lon !== null ? [{ id, name, lat, lon }] : [],
      ),
      categories,
    },
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    spends,
    funds,
    holders,
    unmet,
    unanswered,
    scores,
    prices,
    offers,
  }
}

const LIMIT = `LIMIT ${String(MOST_ROWS + 1)}`
const MONTH = (column: string): string =>
  `(extract(year FROM ${column} AT TIME ZONE '${LONDON}') * 12 + extract(month FROM ${column} AT TIME ZONE '${LONDON}'))::int - $4::int`

const PLACES = `SELECT council_name AS "councilName", ward_id AS id, ward_name AS name, lat, lon FROM council_ward WHERE council_id = $1 ORDER BY ward_name LIMIT 500`
const CATEGORIES = `SELECT code, name FROM support_category ORDER BY position LIMIT 200`

/** Those of the council's area, and those elsewhere that its people have bought from. */
const PROVIDERS = `
  SELECT provider_id AS id, name, kind::text AS kind, size::text AS size, owner, sole, user_led_checked AS "userLedChecked"
  FROM provider_fact
  WHERE council_id = $1 OR provider_id IN (SELECT provider_id FROM settled_spend WHERE council_id = $1)
  ${LIMIT}`

const SPEND = `
  WITH lived AS MATERIALIZED (SELECT person_id, ward_id FROM person_area WHERE council_id = $1),
  paid AS (
    SELECT person_id, provider_id, category_code, ${MONTH('settled_at')} AS month, sum(pence)::bigint AS pence
    FROM settled_spend
    WHERE council_id = $1 AND settled_at >= $2::timestamptz AND settled_at < $3::timestamptz AND stream_kind NOT IN ${NOT_COUNTED}
    GROUP BY 1, 2, 3, 4
    ${LIMIT})
  SELECT dense_rank() OVER (ORDER BY paid.person_id)::int AS person, paid.provider_id AS "providerId", paid.category_code AS category,
         coalesce(lived.ward_id::text, '') AS ward, paid.month, paid.pence
  FROM paid JOIN lived USING (person_id)`

const HELD = `council_id = $1 AND starts_on <= $2::date AND ends_on >= $2::date AND stream_kind NOT IN ${NOT_A_FUND}`
const FUNDS = `
  SELECT deployment::text AS deployment, chosen, count(*)::int AS funds, count(DISTINCT person_id)::int AS people
  FROM deployment_mix WHERE ${HELD} GROUP BY 1, 2`

const HOLDERS = `
  WITH holder AS MATERIALIZED (SELECT DISTINCT person_id FROM deployment_mix WHERE ${HELD})
  SELECT coalesce(a.ward_id::text, '') AS ward, count(*)::int AS people
  FROM person_area a JOIN holder USING (person_id) WHERE a.council_id = $1 GROUP BY 1`

const UNMET = `
  WITH counted AS MATERIALIZED (
    SELECT lower(coalesce(area, '')) AS area, coalesce(category_code, '') AS category, ${MONTH('at')} AS month, count(*)::int AS count
    FROM search_event
    WHERE council_id = $1 AND at >= $2::timestamptz AND at < $3::timestamptz AND bookable = 0
    GROUP BY 1, 2, 3
    ${LIMIT}),
  named AS MATERIALIZED (
    SELECT DISTINCT ON (s.area) s.area, s.ward_id FROM searched_area s
    WHERE s.council_id = $1 AND s.area IN (SELECT area FROM counted) ORDER BY s.area, s.ward_id)
  SELECT coalesce(named.ward_id::text, '') AS ward, counted.category, counted.month, sum(counted.count)::int AS count, NULL::int AS person
  FROM counted LEFT JOIN named USING (area) GROUP BY 1, 2, 3`

/** Counted in the month by whose end they should have been answered, so that a closed month does not change. */
const UNANSWERED = `
  WITH lived AS MATERIALIZED (SELECT person_id, ward_id FROM person_area WHERE council_id = $1)
  SELECT coalesce(lived.ward_id::text, '') AS ward, category_code AS category, ${MONTH('answer_by')} AS month,
         count(*)::int AS count, dense_rank() OVER (ORDER BY person_id)::int AS person
  FROM (SELECT person_id, category_code, answer_by FROM support_request WHERE council_id = $1 AND NOT answered_in_time
        UNION ALL SELECT person_id, category_code, answer_by FROM support_not_offered WHERE council_id = $1) missed
  JOIN lived USING (person_id)
  WHERE answer_by >= $2::timestamptz AND answer_by < $3::timestamptz
  GROUP BY 1, 2, 3, person_id
  ${LIMIT}`

const SCORES = `
  SELECT provider_id AS "providerId", count(*)::int AS reviews,
         ARRAY[sum(kept_me_in_control), sum(reliable), sum(respectful), sum(listened), sum(made_a_difference)]::int[] AS sums
  FROM experience_given
  WHERE council_id = $1 AND created_at >= $2::timestamptz AND created_at < $3::timestamptz AND ($4::text IS NULL OR category_code = $4)
  GROUP BY 1 LIMIT 20000`

const PRICES = `
  SELECT o.provider_id AS "providerId", o.category_code AS category, o.unit::text AS unit, o.pence
  FROM price_on_offer o JOIN provider_fact f USING (provider_id)
  WHERE f.council_id = $1 ${LIMIT}`

/** Whatever can be booked within half a degree (some 20 to 35 miles) of an area, of any council's providers. */
const OFFERS = `
  WITH edge AS (SELECT min(lat) AS south, max(lat) AS north, min(lon) AS west, max(lon) AS east FROM council_ward WHERE council_id = $1)
  SELECT DISTINCT provider_id AS "providerId", category_code AS category, lat, lon, radius_metres AS "radiusMetres"
  FROM offer_reach, edge
  WHERE lat BETWEEN south - 0.5 AND north + 0.5 AND lon BETWEEN west - 0.5 AND east + 0.5
  ${LIMIT}`
