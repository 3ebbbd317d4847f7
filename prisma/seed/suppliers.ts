import type { Prisma } from '#services/db/generated/client.ts'
import type { Borough } from './borough.ts'
import { at, DAY, type Kit } from './kit.ts'
import type { SeededProvider } from './providers.ts'

/** Aldermere can pay the other providers of its area, too; Thornhaugh gives a number when it first buys. */
export function makeSuppliers(
  kit: Kit,
  borough: Borough,
  providers: readonly SeededProvider[],
  known: readonly { councilId: string; providerId: string }[],
): Prisma.CouncilSupplierCreateManyInput[] {
  const councilId = borough.councilId.aldermere
  const has = new Set(known.filter((one) => one.councilId === councilId).map(({ providerId }) => providerId))
  return providers
    .filter(({ id }) => !has.has(id))
    .map((provider, index) => ({
      councilId,
      providerId: provider.id,
      number: String(40_000 + index * 7),
      createdAt: at(kit.nowMs - 400 * DAY),
    }))
}
