import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { STEPS } from './steps.ts'

export const versionInclude = {
  prices: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.ServiceVersionInclude
export type Version = Prisma.ServiceVersionGetPayload<{ include: typeof versionInclude }>

/** The version that is being written; null when there is none and people see the last one. */
export const draftOf = (tx: Tx, serviceId: string): Promise<Version | null> =>
  tx.serviceVersion.findFirst({
    where: { serviceId, frozenAt: null },
    orderBy: { number: 'desc' },
    include: versionInclude,
  })

/**
 * Whether a version is with the checkers: sent in, and not yet published. (What was published keeps no trace of it; a date
 * without a draft means nothing.)
 */
export const isWaiting = (submittedAt: Date | null, newest: { frozenAt: Date | null } | null): boolean =>
  submittedAt !== null && newest !== null && newest.frozenAt === null

/** The same for a query. */
export const waitingServices = {
  submittedAt: { not: null },
  versions: { some: { frozenAt: null } },
} as const satisfies Prisma.ServiceWhereInput

/**
 * The version to write on: the draft there is, else a copy of what people see, because a frozen version never changes.
 * The caller holds the service's row, so that two presses make one draft.
 */
export async function draftToWrite(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  service: { id: string; currentVersionId: string | null; placeId: string | null },
): Promise<Version> {
  const draft = await draftOf(tx, service.id)
  if (draft) return draft
  const shown = await tx.serviceVersion.findFirstOrThrow({
    where: service.currentVersionId ? { id: service.currentVersionId } : { serviceId: service.id },
    orderBy: { number: 'desc' },
    include: versionInclude,
  })
  const last = await tx.serviceVersion.aggregate({ where: { serviceId: service.id }, _max: { number: true } })
  const { prices, id: _id, number: _number, frozenAt: _frozenAt, ...rest } = shown
  return tx.serviceVersion.create({
    data: {
      ...rest,
      id: newId(),
      number: (last._max.number ?? shown.number) + 1,
      createdAt: toDate(now),
      createdById: actor.kind === 'user' ? actor.userId : null,
      placeId: rest.placeId ?? service.placeId,
      answered: [...STEPS],
      prices: {
        create: prices.map(({ position, kind, label, pence, upliftBps, categoryCode }) => ({
          id: newId(),
          position,
          kind,
          label,
          pence,
          upliftBps,
          categoryCode,
        })),
      },
    },
    include: versionInclude,
  })
}

/** Holds the service's row until the transaction ends: steps, presses and decisions about it wait for each other. */
export async function holdServices(tx: Tx, serviceIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM service WHERE id = ANY (${[...serviceIds]}::uuid[]) ORDER BY id FOR UPDATE`
}

/** The words of a version, for telling whether anything besides price, regulation and area differs. */
export function sameWords(a: Version, b: Version): boolean {
  const words = ({ prices: _prices, ...version }: Version) =>
    JSON.stringify({
      ...version,
      id: null,
      number: null,
      frozenAt: null,
      createdAt: null,
      createdById: null,
      answered: null,
    })
  return words(a) === words(b)
}
