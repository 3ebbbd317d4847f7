/** A provider who has said how they bill. */
import type { Prisma } from '#services/db/generated/client.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

export async function makeBilling(
  deps: Deps,
  providerId: string,
  changes: Partial<Prisma.BillingUncheckedCreateInput> = {},
): Promise<void> {
  await deps.db.prisma.billing.create({
    data: {
      providerId,
      prefix: 'TST-',
      addressLines: ['1 Test Row', 'Aldermere'],
      updatedAt: toDate(deps.clock.now()),
      ...changes,
    },
  })
}
