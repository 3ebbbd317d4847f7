import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { withdrawUnlawful } from '#services/catalogue/publish-ready.server.ts'
import { system } from '#services/kernel/actor.ts'
import { dateColumn, longDate, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import { reindexProvider } from '#services/providers/reindex-provider.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { checkName } from './checks.rules.ts'
import { holdChecks } from './read-checks.server.ts'

/** The job `expire_checks`: a check past its last day stands no longer, and neither does what rested on it. Harmless twice. */
export async function expireChecks(deps: Deps): Promise<number> {
  const now = deps.clock.now()
  const today = dateColumn(londonDate(now))
  const actor = system('expire_checks')
  const due = await deps.db.prisma.verification.findMany({
    where: { state: 'verified', expiresOn: { lt: today } },
    select: { id: true, kind: true, providerId: true, expiresOn: true },
    orderBy: { id: 'asc' },
    take: 500,
  })
  // One transaction each: a provider whose listings cannot be taken off must not keep the others' checks alive.
  for (const check of due)
    await deps.db.tx(async (tx) => {
      await holdChecks(tx, check.providerId)
      const moved = await tx.verification.updateMany({
        where: { id: check.id, state: 'verified', expiresOn: { lt: today } },
        data: { state: 'expired', updatedAt: toDate(now) },
      })
      if (moved.count !== 1) return
      const name = checkName(check.kind)
      const ended = check.expiresOn
        ? `It ended on ${longDate(plainDateOf(check.expiresOn))}.`
        : 'It has ended.'
      await recordAudit(tx, now, actor, {
        action: 'check.expired',
        subjectType: 'verification',
        subjectId: check.id,
        facts: { kind: check.kind, providerId: check.providerId },
      })
      await tell(tx, now, [
        {
          to: { providerId: check.providerId },
          kind: 'check.expired',
          title: `Run out: ${name}`,
          body: `${ended} Tell us about the new one.`,
          path: '/provider/checks',
          subjectId: check.id,
        },
      ])
      await withdrawUnlawful(
        tx,
        now,
        actor,
        check.providerId,
        (fact) => fact.id === check.id,
        `${name} has run out. ${ended}`,
      )
      await reindexProvider(tx, now, check.providerId)
    })
  return due.length
}
