import { type Temporal } from '#services/kernel/time.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { NEW_DAYS, type Why } from './ranking.rules.ts'
import { categoryName } from './vocabulary.ts'
import { ago, dayInWords, milesAway, monthOf, shortTime, unitWords } from './wording.ts'

/** One result, worded for its card. */
export interface ResultCard {
  key: string
  href: string
  title: string
  provider: { id: string; name: string; kind: string }
  facts: string[]
  pin: number | null
  price: { pence: number; unit: string } | null
  priceWords: { words: string; unit?: string } | null
  summary: string
  nextFree: string | null
  /** What `nextFree` is the next of: 'Next free', or 'Next' for what is not booked. */
  nextIs: string
  place: { strong: string; rest?: string } | null
  experience: {
    count: number
    scores: [number, number, number, number, number] | null
    newest: string | null
    since: string | null
  } | null
  regulator: { rating: RatingCode; date: string | null }
  why: string
  source: { words: string; date: string } | null
}

export type RatingCode =
  'outstanding' | 'good' | 'requires_improvement' | 'inadequate' | 'not_yet_rated' | 'not_required'
const RATINGS: Readonly<Record<string, RatingCode>> = {
  outstanding: 'outstanding',
  good: 'good',
  'requires improvement': 'requires_improvement',
  inadequate: 'inadequate',
}

/** The code of a register's word; what is registered and has no rating yet is 'not yet rated'. */
export function ratingCode(rating: string | null, regulated: boolean): RatingCode {
  if (rating === null && !regulated) return 'not_required'
  return RATINGS[(rating ?? '').toLowerCase().replaceAll('_', ' ')] ?? 'not_yet_rated'
}

const DAY_MS = 86_400_000

function placeOf(hit: SearchHit): ResultCard['place'] {
  const at = hit.placeName ? `in ${hit.placeName}` : ''
  if (hit.setting === 'online') return { strong: 'Online or by phone' }
  if (hit.comesToYou && hit.setting === 'in_community') {
    const from = hit.placeName ? `around ${hit.placeName}` : ''
    const rest = [from, hit.metres === null ? '' : milesAway(hit.metres)].filter(Boolean).join(', ')
    return rest === '' ? { strong: 'Out and about' } : { strong: 'Out and about', rest }
  }
  if (hit.comesToYou) {
    const rest =
      hit.metres === null ? (hit.placeName ? `from ${hit.placeName}` : '') : `from ${milesAway(hit.metres)}`
    return rest === '' ? { strong: 'Comes to you' } : { strong: 'Comes to you', rest }
  }
  if (hit.metres === null) return hit.placeName ? { strong: `In ${hit.placeName}` } : null
  return at === '' ? { strong: milesAway(hit.metres) } : { strong: milesAway(hit.metres), rest: at }
}

function priceOf(hit: SearchHit): Pick<ResultCard, 'price' | 'priceWords'> {
  if (hit.free) return { price: null, priceWords: { words: 'Free', unit: 'for you' } }
  if (hit.pricePence === null) return { price: null, priceWords: { words: 'No price here' } }
  const unit = unitWords(hit.priceUnit, hit.comesToYou)
  return { price: { pence: hit.pricePence, unit }, priceWords: null }
}

function experienceOf(hit: SearchHit, now: number): ResultCard['experience'] {
  if (hit.entryKind === 'place') return null
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = hit.experience
  const shown = hit.experienceCount >= 3
  return {
    count: hit.experienceCount,
    scores: shown ? [a, b, c, d, e] : null,
    newest: shown && hit.newestReviewAt !== null ? ago(hit.newestReviewAt, now) : null,
    since: shown ? null : monthOf(hit.listedAt),
  }
}

const REASONS: Readonly<Record<Why, (near: string, hit: SearchHit) => string>> = {
  words: () => 'It matches your words.',
  online: () => 'It happens online or by phone, so distance does not matter.',
  comes_to_you: (near, { setting }) =>
    setting === 'in_community'
      ? near === ''
        ? 'It happens out and about.'
        : `It happens out and about, ${near} included.`
      : near === ''
        ? 'It comes to people.'
        : `It comes to ${near}.`,
  near: (near) => `It is near ${near}.`,
  liked: () => 'People say that it keeps them in control.',
  soon: () => 'It is free soon.',
  turn: () => 'It is new or very small, so it gets a fair turn today.',
  stale: () => 'Its page was last confirmed over 6 months ago, so it is lower than it could be.',
  not_bookable: (_near, hit) =>
    hit.entryKind === 'place'
      ? 'Nobody has claimed it yet, so support that you can book here comes first when all else is equal.'
      : 'You cannot ask for it here, so support that you can ask for comes first when all else is equal.',
}

/** Why a result is where it is, in sentences. */
export function whyWords(hit: SearchHit, near: string, filtered: boolean): string {
  const reasons = hit.why.map((why) => REASONS[why as Why](near, hit))
  const fits = filtered ? ['It fits what you chose.'] : []
  return [...fits, ...reasons, 'Nobody can pay to be higher up.'].join(' ')
}

/** Words a hit for its card. */
export function cardOf(
  hit: SearchHit,
  at: Temporal.Instant,
  asked: { near: string; filtered: boolean; pin: number | null },
): ResultCard {
  const now = at.epochMilliseconds
  const isPlace = hit.entryKind === 'place'
  const isNew = !isPlace && now - hit.listedAt < NEW_DAYS * DAY_MS
  return {
    key: hit.id,
    href: isPlace ? `/providers/${hit.providerSlug}` : `/services/${hit.slug}`,
    title: hit.title,
    provider: { id: hit.providerId, name: hit.providerName, kind: hit.providerKind },
    facts: [
      ...(isNew ? ['new here'] : []),
      categoryName(hit.category).toLowerCase(),
      ...(hit.regulated ? ['registered with CQC'] : []),
    ],
    pin: asked.pin,
    ...priceOf(hit),
    summary: hit.summary,
    nextFree:
      hit.nextFreeAt !== null
        ? shortTime(hit.nextFreeAt)
        : hit.bookable && !hit.free
          ? 'nothing in the next 60 days'
          : null,
    nextIs: hit.free ? 'Next' : 'Next free',
    place: placeOf(hit),
    experience: experienceOf(hit, now),
    regulator: {
      rating: ratingCode(hit.rating, hit.regulated),
      date: hit.ratingDate === null ? null : dayInWords(hit.ratingDate),
    },
    why: whyWords(hit, asked.near, asked.filtered),
    source: isPlace
      ? {
          words: 'the Care Quality Commission’s register',
          date: dayInWords(new Date(hit.confirmedAt).toISOString()),
        }
      : null,
  }
}
