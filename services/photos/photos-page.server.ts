import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { mostOf } from './photo-owner.server.ts'
import { type ShownPhoto, photosOf } from './public-photos.server.ts'

export interface PhotosPage {
  /** The service or the organisation, in words. */
  of: string
  id: string
  photos: ShownPhoto[]
  most: number
  mayEdit: boolean
  /** Whether people see them now. */
  seen: boolean
}

/** The photographs of a listing, to be kept by those who write it. @throws SIGN_IN; NOT_FOUND for strangers */
export async function servicePhotosPage(deps: Deps, actor: Actor, serviceId: string): Promise<PhotosPage> {
  const service = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    select: {
      providerId: true,
      state: true,
      versions: { orderBy: { number: 'desc' }, take: 1, select: { title: true } },
    },
  })
  const [version] = service?.versions ?? []
  if (!service || !version) throw notFound()
  const role = requireMember(actor, service.providerId, 'see')
  const owner = { kind: 'service', id: serviceId } as const
  return {
    of: version.title,
    id: serviceId,
    photos: await photosOf(deps, owner),
    most: mostOf(owner),
    mayEdit: memberMay(role, 'edit_listing'),
    seen: service.state === 'published',
  }
}

/** The photograph of an organisation. @throws SIGN_IN; NOT_FOUND for strangers */
export async function providerPhotoPage(
  deps: Deps,
  actor: Actor,
  wanted: string | null,
): Promise<PhotosPage> {
  const { providerId, role } = providerInView(actor, wanted)
  const provider = await deps.db.prisma.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: { name: true, services: { where: { state: 'published' }, select: { id: true }, take: 1 } },
  })
  const owner = { kind: 'provider', id: providerId } as const
  return {
    of: provider.name,
    id: providerId,
    photos: await photosOf(deps, owner),
    most: mostOf(owner),
    mayEdit: memberMay(role, 'edit_details'),
    seen: provider.services.length > 0,
  }
}
