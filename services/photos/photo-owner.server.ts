import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type ProviderAct, requireMember } from '#services/providers/providers.policy.ts'
import { MOST_PHOTOS } from './photo.rules.ts'

/** Whose photographs: a service's, or those of an organisation itself. */
export interface PhotoOwner {
  kind: 'service' | 'provider'
  id: string
}

/** Who writes a listing keeps its photographs, and who writes about the organisation keeps its own. */
const ACT: Readonly<Record<PhotoOwner['kind'], ProviderAct>> = {
  service: 'edit_listing',
  provider: 'edit_details',
}

export const mostOf = ({ kind }: PhotoOwner): number => (kind === 'service' ? MOST_PHOTOS : 1)

export const whereOf = ({ kind, id }: PhotoOwner): { serviceId: string } | { providerId: string } =>
  kind === 'service' ? { serviceId: id } : { providerId: id }

/** @throws SIGN_IN; NOT_FOUND for strangers and for what is not there; FORBIDDEN for a role that is too small */
export async function requireKeeper(deps: Pick<Deps, 'db'>, actor: Actor, owner: PhotoOwner): Promise<void> {
  if (!isId(owner.id)) throw notFound()
  requireMember(actor, await providerIdOf(deps, owner), ACT[owner.kind])
}

async function providerIdOf(deps: Pick<Deps, 'db'>, { kind, id }: PhotoOwner): Promise<string> {
  if (kind === 'provider') return id
  const service = await deps.db.prisma.service.findUnique({ where: { id }, select: { providerId: true } })
  if (!service) throw notFound()
  return service.providerId
}

/** Whoever adds, moves or removes waits here for the others: places are counted and filled one at a time. */
export async function holdOwner(tx: Tx, { kind, id }: PhotoOwner): Promise<void> {
  if (kind === 'service') await tx.$queryRaw`select 1 from service where id = ${id}::uuid for no key update`
  else await tx.$queryRaw`select 1 from provider where id = ${id}::uuid for no key update`
}
