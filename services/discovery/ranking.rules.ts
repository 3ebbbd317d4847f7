import { NO_TIME, type Candidate } from './facts.rules.ts'
import { metresOfChord, METRES_IN_A_MILE } from '#services/kernel/geo.ts'

/**
 * How results are ordered, in one place: what the page at /ranking says, these figures do. Each part is a number from
 * 0 to 1 and counts as much as its weight. Nothing else about a provider or a service has a say, and nobody can pay.
 */
export const WEIGHTS = {
  /** The words asked for, in the title above all. */
  words: 1,
  /** How near it is, or that it comes to the place asked for. */
  distance: 0.4,
  /** What people who had it say about keeping control, shrunk towards the usual when few have said. */
  experience: 0.3,
  /** Free soon. */
  soon: 0.15,
  /** Somebody said within six months that the listing is still true. */
  fresh: 0.12,
  /** A daily draw that gives new and tiny providers a turn: never more than this. */
  turn: 0.08,
  /** Can be asked for here. */
  bookable: 0.02,
} as const
export type Part = keyof typeof WEIGHTS

const DAY_MINUTES = 1_440
export const STALE_DAYS = 180
/** Not confirmed for this long: not found at all. */
export const HIDDEN_DAYS = 365
export const NEW_DAYS = 90
/** ts_rank of one word found once in a title. */
export const TITLE_RANK = 0.6079
/** Where most services end up while nobody has said anything. */
const USUAL_EXPERIENCE = 3.8
/** What happens online is as good as something a few miles off. */
const ONLINE_DISTANCE = 0.5
/** Those who come to people lose little by starting further away. */
const COMES_DISTANCE = 0.7

export interface Moment {
  /** Minutes since 1970. */
  minute: number
  /** Days since 1970. */
  day: number
}
export const momentOf = (epochMilliseconds: number): Moment => ({
  minute: Math.floor(epochMilliseconds / 60_000),
  day: Math.floor(epochMilliseconds / 86_400_000),
})

/** A register's facts do not go off: their date stands beside them. */
export const isHidden = (candidate: Pick<Candidate, 'confirmedDay' | 'place'>, now: Moment): boolean =>
  !candidate.place && now.day - candidate.confirmedDay > HIDDEN_DAYS

/** New here, or with fewer than ten workers. */
export const getsATurn = (candidate: Pick<Candidate, 'tiny' | 'listedDay' | 'place'>, now: Moment): boolean =>
  !candidate.place && (candidate.tiny || now.day - candidate.listedDay <= NEW_DAYS)

/** 0 to 1, the same all day for one provider, different tomorrow. */
export function drawOf(providerHash: number, day: number): number {
  let h = Math.imul(providerHash ^ Math.imul(day, 0x9e3779b1), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

/** 1 at the door, a half at four miles. */
const nearness = (metres: number): number => 1 / (1 + metres / (4 * METRES_IN_A_MILE))

/** 1 within two days, then less, 0 from four weeks on or when nothing is free. */
function soonness(nextFree: number, minute: number): number {
  if (nextFree === NO_TIME) return 0
  const days = (nextFree - minute) / DAY_MINUTES
  return Math.min(1, Math.max(0, 1 - (days - 2) / 26))
}

export const ONLINE = 4

/** One part of the score, from 0 to 1. */
export const PARTS: Readonly<Record<Part, (candidate: Candidate, now: Moment) => number>> = {
  words: ({ rank }) => Math.min(1, rank / TITLE_RANK),
  distance: ({ chord, comesToYou, setting }) => {
    if (chord < 0) return setting === ONLINE ? ONLINE_DISTANCE : 0
    const near = nearness(metresOfChord(chord))
    return comesToYou ? COMES_DISTANCE + (1 - COMES_DISTANCE) * near : near
  },
  experience: ({ experience }) => ((experience === 0 ? USUAL_EXPERIENCE : experience) - 1) / 4,
  soon: ({ nextFree }, { minute }) => soonness(nextFree, minute),
  fresh: ({ confirmedDay }, { day }) => (day - confirmedDay <= STALE_DAYS ? 1 : 0),
  turn: (candidate, now) => (getsATurn(candidate, now) ? drawOf(candidate.providerHash, now.day) : 0),
  bookable: ({ bookable }) => (bookable ? 1 : 0),
}

/**
 * The score by which "best fit" orders; higher comes first. Each part by its name: this runs for every candidate of a search, and
 * going through them as a list took twice as long.
 */
export function scoreOf(candidate: Candidate, now: Moment, near: boolean): number {
  const { words, distance, experience, soon, fresh, turn, bookable } = PARTS
  return (
    WEIGHTS.words * words(candidate, now) +
    (near ? WEIGHTS.distance * distance(candidate, now) : 0) +
    WEIGHTS.experience * experience(candidate, now) +
    WEIGHTS.soon * soon(candidate, now) +
    WEIGHTS.fresh * fresh(candidate, now) +
    WEIGHTS.turn * turn(candidate, now) +
    WEIGHTS.bookable * bookable(candidate, now)
  )
}

/** Why a result is where it is; the page words them. */
export const WHY = [
  'words',
  'online',
  'comes_to_you',
  'near',
  'liked',
  'soon',
  'turn',
  'stale',
  'not_bookable',
] as const
export type Why = (typeof WHY)[number]

/** The reasons that moved it, strongest first. */
export function reasonsFor(
  candidate: Candidate,
  now: Moment,
  asked: { words: boolean; near: boolean },
): Why[] {
  const value = (part: Part): number => WEIGHTS[part] * PARTS[part](candidate, now)
  const reasons: [Why, number][] = []
  if (asked.words) reasons.push(['words', value('words') + 0.3])
  if (candidate.comesToYou) reasons.push(['comes_to_you', asked.near ? value('distance') : 0.01])
  else if (candidate.setting === ONLINE) reasons.push(['online', asked.near ? value('distance') : 0.01])
  else if (asked.near && candidate.chord >= 0) reasons.push(['near', value('distance')])
  if (candidate.known && candidate.experience >= 4) reasons.push(['liked', value('experience')])
  if (PARTS.soon(candidate, now) >= 0.8) reasons.push(['soon', value('soon')])
  if (getsATurn(candidate, now) && PARTS.turn(candidate, now) > 0.5) reasons.push(['turn', value('turn')])
  if (!candidate.place && PARTS.fresh(candidate, now) === 0) reasons.push(['stale', -1])
  if (!candidate.bookable) reasons.push(['not_bookable', -2])
  return reasons.sort((a, b) => b[1] - a[1]).map(([why]) => why)
}
