import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { CheckFact } from './read-checks.server.ts'

/** A claim that a listing rests on, for somebody to look at. */
export type Claim =
  | { kind: 'cqc_registration'; reference: string }
  | { kind: 'regulation_exemption'; serviceId: string; statement: string }

/** Whether a check is about exactly this claim: another register id, or another reason, is another claim. */
export const isAbout = (check: CheckFact, claim: Claim): boolean =>
  check.kind === claim.kind &&
  (claim.kind === 'cqc_registration'
    ? check.reference === claim.reference
    : check.serviceId === claim.serviceId && check.statement === claim.statement)

/**
 * Puts a claim before the checkers: a check that already stands or waits for it is left alone, one that was refused or has
 * run out is asked for again, else a new one is made. Part of the caller's transaction.
 */
export async function askCheck(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  claim: Claim,
  known: readonly CheckFact[],
): Promise<void> {
  const about = known.filter((check) => isAbout(check, claim))
  if (about.some((check) => check.state === 'verified' || check.state === 'evidence_given')) return
  // A new reason takes the place of one that was never accepted, so that only one is on the table.
  const replaceable =
    claim.kind === 'regulation_exemption'
      ? known.filter(
          (check) =>
            check.kind === claim.kind && check.serviceId === claim.serviceId && check.state !== 'verified',
        )
      : about
  const earlier = replaceable.at(-1)
  if (earlier) {
    await tx.verification.updateMany({
      where: { id: earlier.id, state: earlier.state },
      data: { state: 'evidence_given', reason: null, updatedAt: toDate(now), ...claim },
    })
    return
  }
  await tx.verification.create({
    data: {
      id: newId(),
      providerId,
      state: 'evidence_given',
      createdAt: toDate(now),
      updatedAt: toDate(now),
      ...claim,
    },
    select: { id: true },
  })
}
