import { Tag, type Tone } from '../tag/tag.tsx'

export type BookingState =
  'draft' | 'requested' | 'countered' | 'accepted' | 'paused' | 'ended' | 'declined' | 'withdrawn' | 'expired'
export type VisitState =
  | 'planned'
  | 'started'
  | 'delivered'
  | 'confirmed'
  | 'disputed'
  | 'cancelled_free'
  | 'missed_by_provider'
  | 'settled'
/** How a confirmed visit came about, where it was not simply a visit. */
export type VisitOutcome = 'attended' | 'amended' | 'late_cancellation' | 'no_answer'
/** Who reads it: the person and their supporters, or the provider. */
export type Reader = 'person' | 'provider'

type Words = Record<Reader, string> & { tone: Tone }

const BOOKING: Record<BookingState, Words> = {
  draft: { tone: 'plain', person: 'Not asked yet', provider: 'Not asked yet' },
  requested: { tone: 'asked', person: 'Asked', provider: 'They asked' },
  countered: { tone: 'asked', person: 'They offer another time', provider: 'You offered another time' },
  accepted: { tone: 'done', person: 'Booked', provider: 'Booked' },
  paused: { tone: 'asked', person: 'Paused', provider: 'Paused' },
  ended: { tone: 'plain', person: 'Ended', provider: 'Ended' },
  declined: { tone: 'stop', person: 'They said no', provider: 'You said no' },
  withdrawn: { tone: 'plain', person: 'You took it back', provider: 'They took it back' },
  expired: { tone: 'stop', person: 'They did not answer in time', provider: 'You did not answer in time' },
}

const VISIT: Record<VisitState, Words> = {
  planned: { tone: 'done', person: 'Booked', provider: 'Booked' },
  started: { tone: 'done', person: 'Happening now', provider: 'Started' },
  delivered: { tone: 'asked', person: 'Did it happen?', provider: 'Waiting for them to say yes' },
  confirmed: { tone: 'done', person: 'It happened', provider: 'They said yes' },
  disputed: {
    tone: 'stop',
    person: 'You said something was different',
    provider: 'They say something was different',
  },
  cancelled_free: {
    tone: 'plain',
    person: 'Cancelled, nothing to pay',
    provider: 'Cancelled, nothing to pay',
  },
  missed_by_provider: { tone: 'stop', person: 'Nobody came', provider: 'Nobody went' },
  // Whether it is paid, and by whom, is said beside it: a council pays by a run of its own.
  settled: { tone: 'done', person: 'Confirmed', provider: 'Confirmed' },
}

const OUTCOME: Partial<Record<VisitOutcome, Words>> = {
  amended: { tone: 'done', person: 'It happened, changed as agreed', provider: 'Changed as agreed' },
  late_cancellation: { tone: 'plain', person: 'Cancelled late', provider: 'They cancelled late' },
  no_answer: { tone: 'stop', person: 'No answer at the door', provider: 'No answer at the door' },
}

export interface StatusTagProps {
  /** Give one of the two. */
  booking?: BookingState
  visit?: VisitState
  /** For a visit that is confirmed or settled. */
  outcome?: VisitOutcome | null
  reader?: Reader
  /** The next step, a sentence without its full stop: 'They answer by Tuesday 5pm'. */
  next?: string | null
}

/** Where a booking or a visit stands, in the words of whoever reads it. */
export function StatusTag({ booking, visit, outcome, reader = 'person', next }: StatusTagProps) {
  const special = outcome && (visit === 'confirmed' || visit === 'settled') ? OUTCOME[outcome] : undefined
  const words = booking ? BOOKING[booking] : visit ? (special ?? VISIT[visit]) : null
  if (!words) return null
  return <Tag tone={words.tone}>{next ? `${words[reader]}. ${next}` : words[reader]}</Tag>
}
