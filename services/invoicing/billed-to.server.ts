import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { addressLinesSchema } from './billing.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const schema = z.object({
  councilId: z.uuid({ error: 'Open the page again from the start.' }),
  address: addressLinesSchema('Enter the address that invoices to the council carry.'),
})

/**
 * The address that invoices to these councils carry, a line each; empty until finance says it.
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function billedToPage(deps: Needs, actor: Actor) {
  const { councilIds } = requireStaff(actor, 'money.work')
  const councils = await deps.db.prisma.council.findMany({
    where: { id: { in: [...councilIds] } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, money: { select: { billedTo: true } } },
    take: 20,
  })
  return councils.map(({ id, name, money }) => ({ id, name, address: (money?.billedTo ?? []).join('\n') }))
}

/**
 * Finance says it: invoices that are issued from now on carry it; those that were stay as they are.
 * @param input.address one to six lines
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council; INVALID; SECOND_STEP
 */
export async function saveBilledTo(
  deps: Needs,
  given: Actor,
  input: Record<string, unknown> & { councilId: string },
): Promise<void> {
  requireStaff(given, 'money.work')
  const { councilId, address } = parseInput(schema, input)
  const actor = requireStaffOf(given, 'money.work', councilId)
  requireFreshSecondStep(actor)
  const now = deps.clock.now()
  const values = { billedTo: address, updatedAt: toDate(now) }
  await deps.db.tx(async (tx) => {
    await tx.councilMoney.upsert({ where: { councilId }, create: { councilId, ...values }, update: values })
    await recordAudit(tx, now, actor, {
      action: 'council.billed_to',
      subjectType: 'council',
      subjectId: councilId,
      forPersonId: null,
    })
  })
}
