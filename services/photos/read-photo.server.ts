import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type KeptFile, fileKey } from '#services/ports/files.ts'
import type { Deps } from '#services/ports/deps.ts'

export interface PhotoFile extends KeptFile {
  /** Whether anybody may see it, and so whether it may be kept by a cache. */
  forEverybody: boolean
}

/**
 * One size of a photograph: for anybody while the page that shows it is public, else for the people of its provider.
 * @throws NOT_FOUND for everybody else, and for what is not there
 */
export async function readPhoto(
  deps: Pick<Deps, 'db' | 'files' | 'log'>,
  actor: Actor,
  photoId: string,
  width: string,
): Promise<PhotoFile> {
  const photo = isId(photoId)
    ? await deps.db.prisma.photo.findUnique({
        where: { id: photoId },
        select: {
          widths: true,
          keys: true,
          service: { select: { state: true, providerId: true, provider: { select: { claimed: true } } } },
          provider: {
            select: {
              id: true,
              claimed: true,
              services: { where: { state: 'published' }, select: { id: true }, take: 1 },
            },
          },
        },
      })
    : null
  const key = photo?.keys[photo.widths.findIndex((one) => String(one) === width)]
  if (!photo || key === undefined) throw notFound()
  const { service, provider } = photo
  // As the pages do: a service while it is published, a provider while something of it is.
  const forEverybody = service
    ? service.state === 'published' && service.provider.claimed
    : provider !== null && provider.claimed && provider.services.length > 0
  const providerId = service?.providerId ?? provider?.id
  const theirs = actor.kind === 'user' && actor.providers.some((entry) => entry.providerId === providerId)
  if (!forEverybody && !theirs) throw notFound()
  const file = await deps.files.get(fileKey(key))
  if (!file) {
    deps.log.error({ photoId }, 'the file of a photograph is not there')
    throw notFound()
  }
  return { ...file, forEverybody }
}
