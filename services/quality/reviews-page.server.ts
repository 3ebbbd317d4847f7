import { providerMay, requireProvider } from '#services/bookings/bookings.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { fromDate, inLondon, longDate, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { publicReviews } from './public-reviews.server.ts'
import { SCORE_WORDS, SCORES } from './review.schema.ts'

const A_PAGE = 20

export type ReviewsPage = Awaited<ReturnType<typeof reviewsPage>>

/**
 * What people said about an organisation, newest first, for its own people. Figures as the public sees them, from three
 * people on; the words from the first on, because each may be replied to. Never who wrote them, and the month only.
 * @throws SIGN_IN; NOT_FOUND for strangers
 */
export async function reviewsPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { org: string | null; page: number },
) {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const providerId = input.org ?? actor.providers[0]?.providerId
  if (!providerId) throw notFound()
  const { role } = requireProvider(actor, providerId, 'see')
  const { prisma } = deps.db
  const [provider, said, inAll, unanswered] = await Promise.all([
    prisma.provider.findUniqueOrThrow({ where: { id: providerId }, select: { id: true, name: true } }),
    publicReviews(deps.db, { kind: 'provider', id: providerId }, 1),
    prisma.review.count({ where: { providerId } }),
    prisma.review.count({ where: { providerId, reply: null, comment: { not: '' } } }),
  ])
  const pages = Math.max(1, Math.ceil(inAll / A_PAGE))
  const page = Math.min(Math.max(1, input.page), pages)
  const reviews = await prisma.review.findMany({
    where: { providerId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * A_PAGE,
    take: A_PAGE,
    include: { service: { select: { currentVersion: { select: { title: true } } } } },
  })
  return {
    provider,
    mayReply: providerMay(role, 'reply'),
    people: said.count,
    inAll,
    unanswered,
    page,
    pages,
    spreads: SCORES.map((score) => ({
      score,
      words: SCORE_WORDS[score],
      counts: said.spreads?.find((spread) => spread.score === score)?.counts ?? null,
    })),
    reviews: reviews.map((review) => ({
      id: review.id,
      service: review.service.currentVersion?.title ?? '',
      month: monthWords(review.createdAt),
      comment: review.comment,
      scores: SCORES.map((score) => ({ words: SCORE_WORDS[score], given: review[score] })),
      reply: review.reply,
      repliedOn: review.repliedAt ? longDate(londonDate(fromDate(review.repliedAt))) : null,
    })),
  }
}

/** 'November 2026': the day would say which visit it was about. */
const monthWords = (date: Date): string =>
  longDate(inLondon(fromDate(date)).toPlainDate())
    .split(' ')
    .slice(2)
    .join(' ')
