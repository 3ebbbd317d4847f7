import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { supplierSchema } from './order.schema.ts'

/**
 * Gives a provider its number in a council's finance system, or another one. Runs that were made keep the number they were
 * made with.
 * @throws NOT_FOUND for all but the council's finance and for a provider that does not exist; INVALID, also when another
 *   provider has this number
 */
export async function giveSupplierNumber(
  deps: Pick<Deps, 'db' | 'clock'>,
  given: Actor,
  input: { councilId: string; providerId: string; number: string },
): Promise<void> {
  const actor = requireStaffOf(given, 'money.work', input.councilId)
  const { number } = parseInput(supplierSchema, input)
  const now = deps.clock.now()
  const key = { councilId: input.councilId, providerId: input.providerId }
  await deps.db.tx(async (tx) => {
    const provider = await tx.provider.findUnique({ where: { id: input.providerId }, select: { id: true } })
    if (!provider) throw notFound()
    const other = await tx.councilSupplier.findFirst({
      where: { councilId: input.councilId, number, providerId: { not: input.providerId } },
      select: { provider: { select: { name: true } } },
    })
    if (other) throw invalid({ number: [`${other.provider.name} has this number. Look at it again.`] })
    await tx.councilSupplier.upsert({
      where: { councilId_providerId: key },
      create: { ...key, number, createdAt: toDate(now) },
      update: { number },
    })
    await recordAudit(tx, now, actor, {
      action: 'supplier.numbered',
      subjectType: 'provider',
      subjectId: input.providerId,
      forPersonId: null,
      facts: { councilId: input.councilId, number },
    })
  })
}
