import { DomainError } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { machineNow } from './machine-time.ts'
import { keyedHash, secretOf } from './seal.server.ts'

export interface Limit {
  /** What is counted, such as 'code.sent'. */
  what: string
  most: number
  minutes: number
}

/**
 * Counts one more try by `who` (an address, a user id) and refuses when there were too many. The count is kept in
 * the database, so that every instance knows it, under a keyed hash.
 * @throws TOO_MANY
 */
export async function countTry(deps: Deps, { what, most, minutes }: Limit, who: string): Promise<void> {
  const length = minutes * 60_000
  const window = Math.floor(machineNow(deps.clock).epochMilliseconds / length) * length
  const key = `${what}:${keyedHash(secretOf(deps.settings), 'tries', who)}`
  const rows = await deps.db.query<{ count: number }>(
    'rate_count_up',
    `insert into rate_count (key, window_start, count) values ($1, $2, 1)
     on conflict (key, window_start) do update set count = rate_count.count + 1 returning count`,
    [key, new Date(window)],
  )
  if ((rows[0]?.count ?? 0) > most)
    throw new DomainError(
      'TOO_MANY',
      `That was tried too often. Wait ${String(minutes)} minutes, then try again.`,
    )
}

/** Whether nobody used this in the last minutes; of two at the same moment one is told so. */
export async function firstUse(
  deps: Deps,
  { what, minutes }: Omit<Limit, 'most'>,
  who: string,
): Promise<boolean> {
  const key = `${what}:${keyedHash(secretOf(deps.settings), 'tries', who)}`
  const now = machineNow(deps.clock)
  return deps.db.tx(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`
    const since = toDate(now.subtract({ minutes }))
    if (await tx.rateCount.findFirst({ where: { key, windowStart: { gt: since } }, select: { key: true } }))
      return false
    await tx.rateCount.create({ data: { key, windowStart: toDate(now), count: 1 }, select: { key: true } })
    return true
  })
}

/** Forgets what is over: counts, kept forms, codes, and sessions a week after their end. Run by the schedule. */
export async function forgetOldSignIns(deps: Deps): Promise<void> {
  const now = machineNow(deps.clock)
  const dayAgo = toDate(now.subtract({ hours: 24 }))
  await deps.db.prisma.rateCount.deleteMany({
    where: { windowStart: { lt: dayAgo } },
  })
  await deps.db.prisma.keptForm.deleteMany({ where: { expiresAt: { lt: toDate(now) } } })
  await deps.db.prisma.authVerification.deleteMany({ where: { expiresAt: { lt: dayAgo } } })
  // A job that has not run for three months will not.
  await deps.db.prisma.mailDelivery.deleteMany({
    where: { at: { lt: toDate(now.subtract({ hours: 2_160 })) } },
  })
  await deps.db.prisma.session.deleteMany({
    where: { expiresAt: { lt: toDate(now.subtract({ hours: 168 })) } },
  })
}
