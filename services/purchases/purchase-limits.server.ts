import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { readLimits } from './purchase-funds.server.ts'
import { limitsSchema } from './purchase.schema.ts'

const typed = (value: number | null): string => (value === null ? '' : (value / 100).toFixed(2))

/** The two sums of a council, as its form shows them. @throws SIGN_IN; NOT_FOUND for all but finance */
export async function purchaseLimitsPage(deps: Pick<Deps, 'db'>, actor: Actor) {
  const [councilId] = requireStaff(actor, 'money.work').councilIds
  const council = await deps.db.prisma.council.findUniqueOrThrow({
    where: { id: councilId ?? '' },
    select: { id: true, name: true },
  })
  const { atOncePence, adviserPence } = await readLimits(deps.db.prisma, council.id)
  return { council, atOnce: typed(atOncePence), adviser: typed(adviserPence) }
}

/**
 * Sets up to which sum a carer's purchase needs nobody's yes, and how much a personal adviser agrees alone. Empty: none.
 * What was agreed before stands.
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council; SECOND_STEP; INVALID
 */
export async function savePurchaseLimits(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { councilId: string },
): Promise<void> {
  requireStaff(actor, 'money.work')
  if (!isId(input.councilId)) throw notFound()
  requireStaffOf(actor, 'money.work', input.councilId)
  requireFreshSecondStep(actor)
  const { atOnce, adviser } = parseInput(limitsSchema, input)
  const now = deps.clock.now()
  const limits = { purchaseAtOncePence: atOnce, adviserLimitPence: adviser, updatedAt: toDate(now) }
  await deps.db.tx(async (tx) => {
    await tx.councilMoney.upsert({
      where: { councilId: input.councilId },
      create: { councilId: input.councilId, ...limits },
      update: limits,
    })
    await recordAudit(tx, now, actor, {
      action: 'purchase_limits.saved',
      subjectType: 'council',
      subjectId: input.councilId,
      forPersonId: null,
      facts: { atOnce, adviser },
    })
  })
}
