import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { publishReady, withdrawUnlawful } from '#services/catalogue/publish-ready.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Temporal, dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import { reindexProvider } from '#services/providers/reindex-provider.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, paragraphs, parseInput } from '#services/providers/fields.schema.ts'
import { mergeImported } from '#services/providers/merge-imported.server.ts'
import { type CheckState, TRANSITIONS, checkName, mayPress } from './checks.rules.ts'
import { readDay } from './day.schema.ts'
import { holdChecks } from './read-checks.server.ts'
import { mayCheck, requireChecker } from './vetting.policy.ts'

export const decisionSchema = z.object({
  decision: z.enum(['verify', 'refuse'], { error: 'Choose whether it holds.' }),
  reason: paragraphs(1000),
  expiresOn: z.string().default(''),
})

export interface Decision {
  state: CheckState
  /** Services that became public by it. */
  published: string[]
  /** Services that left the search, or went back to their provider. */
  withdrawn: string[]
}

/**
 * Says of a check that it holds, or that it does not and why. Everything that follows happens in the same transaction: a
 * verified registration brings the imported places along, listings that waited for it are published and indexed, listings
 * that rested on a refused one are taken off, the provider is told.
 * @throws DomainError NOT_FOUND for whoever may not check this provider; SECOND_STEP when theirs is long ago; INVALID; STALE_STATE when it was decided meanwhile
 */
export async function decideCheck(
  deps: Deps,
  actor: Actor,
  checkId: string,
  input: unknown,
): Promise<Decision> {
  const scope = requireChecker(actor)
  requireFreshSecondStep(actor)
  const given = parseInput(decisionSchema, input)
  const now = deps.clock.now()
  const expiresOn = expiryOf(given, now)
  return deps.db.tx(async (tx) => {
    const check = await tx.verification.findUnique({
      where: { id: checkId },
      include: { provider: { select: { id: true, councilId: true } } },
    })
    if (!check || !mayCheck(actor, scope, check.provider)) throw notFound()
    const press = given.decision
    if (!mayPress(press, check.state)) throw alreadyDecided()
    const verified = press === 'verify'
    await holdChecks(tx, check.providerId)
    const moved = await tx.verification.updateMany({
      where: { id: check.id, state: check.state, updatedAt: check.updatedAt },
      data: {
        state: TRANSITIONS[press].to,
        reason: given.reason === '' ? null : given.reason,
        checkedOn: dateColumn(londonDate(now)),
        expiresOn: verified ? (expiresOn ?? check.expiresOn) : check.expiresOn,
        checkedById: actor.kind === 'user' ? actor.userId : null,
        updatedAt: toDate(now),
      },
    })
    if (moved.count !== 1) throw alreadyDecided()
    await recordAudit(tx, now, actor, {
      action: verified ? 'check.verified' : 'check.refused',
      subjectType: 'verification',
      subjectId: check.id,
      forPersonId: null,
      facts: { kind: check.kind, from: check.state, providerId: check.providerId },
    })
    if (verified && check.kind === 'cqc_registration' && check.reference)
      await mergeImported(tx, now, actor, check.providerId, check.reference)
    await tellProvider(tx, now, check, given)
    const published = verified ? await publishReady(tx, now, actor, check.providerId) : []
    const withdrawn = verified
      ? []
      : await withdrawUnlawful(
          tx,
          now,
          actor,
          check.providerId,
          (fact) => fact.id === check.id,
          `${checkName(check.kind)}: ${given.reason}`,
        )
    // What somebody has checked can be searched by.
    await reindexProvider(tx, now, check.providerId)
    return { state: TRANSITIONS[press].to, published, withdrawn }
  })
}

const alreadyDecided = (): DomainError =>
  new DomainError(
    'STALE_STATE',
    'Somebody decided this in the meantime. Open the page again to see how it stands.',
  )

function expiryOf(given: z.output<typeof decisionSchema>, now: Temporal.Instant): Date | null {
  if (given.decision === 'refuse') {
    if (given.reason === '')
      throw invalid({ reason: ['Say why not, in words that help them put it right. They read this.'] })
    return null
  }
  if (given.expiresOn === '') return null
  const day = readDay(given.expiresOn)
  if (!day) throw invalid({ expiresOn: ['This date does not exist. Enter a day, a month and a year.'] })
  if (day.toString() < londonDate(now).toString())
    throw invalid({ expiresOn: ['This date has passed. A check that has run out cannot be accepted.'] })
  return dateColumn(day)
}

async function tellProvider(
  tx: Tx,
  now: Temporal.Instant,
  check: { id: string; kind: Parameters<typeof checkName>[0]; providerId: string },
  given: z.output<typeof decisionSchema>,
): Promise<void> {
  const name = checkName(check.kind)
  await tell(tx, now, [
    {
      to: { providerId: check.providerId },
      kind: given.decision === 'verify' ? 'check.verified' : 'check.refused',
      title: given.decision === 'verify' ? `Checked: ${name}` : `Not accepted: ${name}`,
      body: given.decision === 'verify' ? 'People see it on your page with its date.' : given.reason,
      path: '/provider/checks',
      subjectId: check.id,
    },
  ])
}
