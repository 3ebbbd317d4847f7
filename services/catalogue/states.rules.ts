import { Temporal } from '#services/kernel/time.ts'
import { GONE_MONTHS, STALE_MONTHS } from './presses.rules.ts'

export type ListingTone = 'plain' | 'asked' | 'done' | 'stop'
export interface ListingStanding {
  words: string
  tone: ListingTone
  /** What to do now; empty when there is nothing. */
  next: string
}

/**
 * How a listing stands, in words, and the next step.
 * @param confirmedOn day on which somebody last said that it is still right
 */
export function standingOfListing(
  listing: {
    state: string
    waiting: boolean
    hasDraft: boolean
    missing: number
    acceptsNew: boolean
    paused: boolean
    confirmedOn: Temporal.PlainDate
  },
  today: Temporal.PlainDate,
): ListingStanding {
  switch (listing.state) {
    case 'submitted':
      return {
        words: 'Sent in. Being checked',
        tone: 'asked',
        next: 'You need do nothing. We tell you as soon as it is published.',
      }
    case 'paused':
      return {
        words: 'Paused. Nobody sees it',
        tone: 'stop',
        next: 'Press “Show it again” when you are ready.',
      }
    case 'unpublished':
      return {
        words: 'Taken off',
        tone: 'stop',
        next: listing.hasDraft
          ? 'Finish it and send it in again.'
          : 'Change what is needed and send it in again.',
      }
    case 'published':
      return publishedStanding(listing, today)
    default:
      return {
        words: 'Not finished',
        tone: 'plain',
        next:
          listing.missing === 0
            ? 'Look it over and send it in.'
            : `Answer ${listing.missing === 1 ? 'the last question' : `${String(listing.missing)} more questions`}.`,
      }
  }
}

function publishedStanding(
  listing: {
    waiting: boolean
    hasDraft: boolean
    acceptsNew: boolean
    paused: boolean
    confirmedOn: Temporal.PlainDate
  },
  today: Temporal.PlainDate,
): ListingStanding {
  if (listing.paused)
    return {
      words: 'New bookings are paused by the council',
      tone: 'stop',
      next: 'Talk to the adult safeguarding team.',
    }
  if (listing.waiting)
    return {
      words: 'Published. A change is being checked',
      tone: 'asked',
      next: 'People see it as it was until then.',
    }
  if (listing.hasDraft)
    return {
      words: 'Published. You have changes that nobody sees',
      tone: 'asked',
      next: 'Send the changes in, or drop them.',
    }
  if (isStale(listing.confirmedOn, today)) {
    const gone = listing.confirmedOn.add({ months: GONE_MONTHS })
    return {
      words: 'Published. Is it still right?',
      tone: 'asked',
      next: `Nobody has said so for ${String(STALE_MONTHS)} months. It moves down in the search, and leaves it on ${gone.toString()}.`,
    }
  }
  return listing.acceptsNew
    ? { words: 'Published', tone: 'done', next: '' }
    : {
        words: 'Published. Takes nobody new',
        tone: 'done',
        next: 'Press “Take new people” when you have room.',
      }
}

export const isStale = (confirmedOn: Temporal.PlainDate, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(confirmedOn.add({ months: STALE_MONTHS }), today) <= 0
