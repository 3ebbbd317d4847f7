import type { Prisma } from '#services/db/generated/client.ts'
import { dateColumn, londonDate, type Temporal } from '#services/kernel/time.ts'

/** Authorities that count now: begun, not over, not ended. */
export function live(now: Temporal.Instant) {
  const today = dateColumn(londonDate(now))
  return {
    endedAt: null,
    startsOn: { lte: today },
    OR: [{ endsOn: null }, { endsOn: { gte: today } }],
  } satisfies Prisma.AuthorityWhereInput
}

/** Authorities of which this user is the supporter, alone or as one of an organisation's staff. */
export function heldBy(userId: string) {
  return {
    OR: [
      { supporterUserId: userId },
      { supporterProvider: { members: { some: { userId, endedAt: null } } } },
    ],
  } satisfies Prisma.AuthorityWhereInput
}
