import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { payToSchema } from './contributions.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * The accounts into which people pay by bank transfer, of the councils whose finance it is.
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function payToPage(deps: Needs, actor: Actor) {
  const { councilIds } = requireStaff(actor, 'money.work')
  const councils = await deps.db.prisma.council.findMany({
    where: { id: { in: councilIds } },
    orderBy: { name: 'asc' },
    include: { money: true },
    take: 20,
  })
  return {
    councils: councils.map(({ id, name, money }) => ({
      id,
      name,
      account: {
        name: money?.payToName ?? '',
        sortCode: money?.payToSortCode ?? '',
        account: money?.payToAccount ?? '',
      },
    })),
  }
}

/**
 * Finance says where people pay to.
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council; SECOND_STEP; ZodError beside fields
 */
export async function savePayTo(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof payToSchema>,
): Promise<void> {
  requireStaff(actor, 'money.work')
  const { councilId, name, sortCode, account } = payToSchema.parse(input)
  requireStaffOf(actor, 'money.work', councilId)
  requireFreshSecondStep(actor)
  const now = deps.clock.now()
  const values = {
    payToName: name,
    payToSortCode: sortCode,
    payToAccount: account,
    updatedAt: toDate(now),
  }
  await deps.db.tx(async (tx) => {
    await tx.councilMoney.upsert({
      where: { councilId },
      create: { councilId, ...values },
      update: values,
      select: { councilId: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'contribution.account_set',
      subjectType: 'council',
      subjectId: councilId,
      forPersonId: null,
      facts: { last4: account.slice(-4) },
    })
  })
}
