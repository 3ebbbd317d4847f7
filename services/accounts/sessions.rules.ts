import type { Temporal } from '#services/kernel/time.ts'

/** Staff and operators see other people's lives: their sessions are short. */
export type SessionKind = 'person' | 'provider' | 'staff'

export interface Roles {
  operator: boolean
  staff: boolean
  provider: boolean
}

/** The strictest role decides. */
export function sessionKind({ operator, staff, provider }: Roles): SessionKind {
  if (operator || staff) return 'staff'
  return provider ? 'provider' : 'person'
}

export const SESSION_HOURS: Readonly<Record<SessionKind, number>> = { person: 720, provider: 336, staff: 8 }

/** A code opens a session of this length. */
export function firstExpiry(kind: SessionKind, now: Temporal.Instant): Temporal.Instant {
  return now.add({ hours: SESSION_HOURS[kind] })
}

export type SessionState = { live: false } | { live: true; extendTo: Temporal.Instant | null }

/**
 * Whether a session still counts. Those of people and providers move on with use, written down at most once a day;
 * a staff session ends 8 hours after it began, also when the role was given in the middle of it.
 */
export function sessionState(
  session: { createdAt: Temporal.Instant; expiresAt: Temporal.Instant },
  kind: SessionKind,
  now: Temporal.Instant,
): SessionState {
  const ends = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
    a.epochMilliseconds <= b.epochMilliseconds
  const length = SESSION_HOURS[kind]
  if (ends(session.expiresAt, now)) return { live: false }
  if (kind === 'staff')
    return ends(session.createdAt.add({ hours: length }), now)
      ? { live: false }
      : { live: true, extendTo: null }
  const fresh = now.add({ hours: length })
  const worthWriting = ends(session.expiresAt, fresh.subtract({ hours: 24 }))
  return { live: true, extendTo: worthWriting ? fresh : null }
}

const FRESH_MINUTES = 10

/** Whether the second step is recent enough for what cannot be taken back. */
export function isFreshStep(doneAt: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return doneAt !== null && now.since(doneAt).total('minutes') < FRESH_MINUTES
}
