import type { Prisma } from '#services/db/generated/client.ts'
import type { Quote, QuoteLine } from '#services/bookings/quote.rules.ts'
import type { SeededAllocation } from './budgets.ts'
import { type Charging, noCharging } from './charges.ts'
import { at, DAY, type Kit } from './kit.ts'
import type { Holding } from './holding.ts'
import { ledgerBook, type LedgerBook } from './ledger-book.ts'
import { noPaying, type Paying } from './paying.ts'
import type { SeededPerson } from './people.ts'
import type { SeededLane } from './providers.ts'
import type { SeededService } from './services.ts'
import { timeline, type Timeline } from './timeline.ts'

export type VisitRow = Prisma.VisitCreateManyInput
export type BookingRow = Omit<Prisma.BookingCreateManyInput, 'counterOffer' | 'terms' | 'choices'> & {
  terms: object
  choices: object
  counterOffer: object | null
}
export type FundingRow = Prisma.FundingLineCreateManyInput

export interface PlayedVisit {
  row: VisitRow
  booking: PlayedBooking
  /** Its day in London, ISO. */
  on: string
  startMs: number
  endMs: number
  quote: readonly QuoteLine[]
  /** In the order of their positions; `line` is the place of the quote line. */
  funding: { row: FundingRow; line: number; allocation: SeededAllocation }[]
  /** Set aside now, by allocation id. */
  held: Map<string, number>
  lane: SeededLane | null
  /** The journal that settled it, for a refund to name. */
  settledBy?: string
}
export interface PlayedBooking {
  row: BookingRow
  person: SeededPerson
  service: SeededService
  visits: PlayedVisit[]
  script: Script
}

/** What has to happen to a visit or a request, where a page needs it so; otherwise chance decides. */
export interface Script {
  answer?: 'none' | 'accept' | 'decline' | 'counter'
  outcome?:
    'delivered' | 'disputed' | 'missed_said' | 'no_answer' | 'planned' | 'confirmed' | 'cancelled' | 'late'
  pauseMs?: number
  note?: string
}

/** Everything that a year of support leaves behind. */
export interface World {
  kit: Kit
  time: Timeline
  book: LedgerBook
  allocations: readonly SeededAllocation[]
  fundsOf: ReadonlyMap<string, readonly SeededAllocation[]>
  absences: readonly { personId: string; fromMs: number; untilMs: number }[]
  lanes: LaneDiary
  bookings: PlayedBooking[]
  quotes: Map<string, Quote>
  /** Planned lines that wait for an instalment, and confirmed visits that wait for money, by allocation. */
  waiting: Map<string, Set<PlayedVisit>>
  /** Visits that ended in a yes, in that order: who may review what. */
  received: { visit: PlayedVisit; ms: number }[]
  paying: Paying
  charging: Charging
  holding: Holding
  ringFences: Prisma.RingFenceCreateManyInput[]
  notices: Prisma.NoticeCreateManyInput[]
  audits: Prisma.AuditEventCreateManyInput[]
}

export function newWorld(
  kit: Kit,
  allocations: readonly SeededAllocation[],
  absences: World['absences'],
  finance: Paying['finance'],
  holding: Holding,
): World {
  const fundsOf = new Map<string, SeededAllocation[]>()
  for (const allocation of allocations)
    fundsOf.set(allocation.person.id, [...(fundsOf.get(allocation.person.id) ?? []), allocation])
  return {
    kit,
    time: timeline(),
    book: ledgerBook(kit),
    allocations,
    fundsOf,
    absences,
    lanes: laneDiary(),
    bookings: [],
    quotes: new Map(),
    waiting: new Map(),
    received: [],
    paying: noPaying(finance),
    charging: noCharging(),
    holding,
    ringFences: [],
    notices: [],
    audits: [],
  }
}

/** Of lanes, and of people, by id. */
export interface LaneDiary {
  free(lane: { id: string }, from: number, until: number): boolean
  take(lane: { id: string }, from: number, until: number): void
  leave(lane: { id: string }, from: number): void
}

/** No lane in two places: the database would refuse it, so history does not try. */
export function laneDiary(): LaneDiary {
  const taken = new Map<string, Map<number, { from: number; until: number }[]>>()
  const days = (from: number, until: number): number[] => {
    const first = Math.floor(from / DAY)
    return Array.from({ length: Math.floor(until / DAY) - first + 1 }, (_, index) => first + index)
  }
  return {
    free: (lane, from, until) =>
      days(from, until).every((day) =>
        (taken.get(lane.id)?.get(day) ?? []).every((one) => one.until <= from || one.from >= until),
      ),
    take(lane, from, until) {
      const diary = taken.get(lane.id) ?? new Map<number, { from: number; until: number }[]>()
      taken.set(lane.id, diary)
      for (const day of days(from, until)) diary.set(day, [...(diary.get(day) ?? []), { from, until }])
    },
    leave(lane, from) {
      for (const [day, list] of taken.get(lane.id) ?? [])
        if (list.some((one) => one.from === from))
          taken.get(lane.id)?.set(
            day,
            list.filter((one) => one.from !== from),
          )
    },
  }
}

/** How long ago a notice is still kept: the pages show the last days. */
const NOTICE_DAYS = 8

interface NewNotice {
  kind: string
  title: string
  body: string
  path: string
  subjectId: string
}

export function notify(
  world: World,
  ms: number,
  to: { personId: string } | { providerId: string } | { councilId: string },
  /** Only worded when it is kept. */
  words: () => NewNotice,
): void {
  const { kit } = world
  if (ms < kit.nowMs - NOTICE_DAYS * DAY) return
  const notice = words()
  world.notices.push({
    id: kit.id(ms),
    personId: null,
    userId: null,
    providerId: null,
    councilId: null,
    ...to,
    ...notice,
    createdAt: at(ms),
    // Mail goes out within the minute; what came days ago has been read by most.
    arrivedAt: at(Math.min(kit.nowMs, ms + 45_000)),
    readAt: ms < kit.nowMs - 2 * DAY && kit.rng.chance(0.7) ? at(ms + DAY / 4) : null,
  })
}

export function audited(
  world: World,
  ms: number,
  action: string,
  booking: PlayedBooking,
  subject: { type: 'booking' | 'visit'; id: string },
  by: { userId: string | null; authorityId: string | null },
  facts: Record<string, number> = {},
): void {
  world.audits.push({
    id: world.kit.id(ms),
    at: at(ms),
    actorUserId: by.userId,
    forPersonId: booking.person.id,
    authorityId: by.authorityId,
    action,
    subjectType: subject.type,
    subjectId: subject.id,
    facts,
  })
}

/** Who presses: mostly the person, sometimes whoever acts for them; nobody signed in where neither could be. */
export function presser(
  world: World,
  person: SeededPerson,
  may: 'mayBook' | 'mayConfirm',
): { userId: string | null; authorityId: string | null } {
  const able = person.supporters.filter((supporter) => supporter[may])
  if (able.length > 0 && (!person.userId || world.kit.rng.chance(0.35))) {
    const { userId, authorityId } = world.kit.rng.pick(able)
    return { userId, authorityId }
  }
  return { userId: person.userId, authorityId: null }
}
