import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { addClearing } from './add-photo.server.ts'
import { type PhotoOwner, holdOwner, mostOf, requireKeeper, whereOf } from './photo-owner.server.ts'
import { wordsSchema } from './photo.schema.ts'

type PhotoDeps = Pick<Deps, 'db' | 'clock'>

const gone = (): DomainError =>
  new DomainError('STALE_STATE', 'This photograph is not here any more. Look at how it stands now.')

/**
 * Changes what is said of a photograph.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; ZodError for words that say nothing; STALE_STATE when it is gone
 */
export async function changeWords(
  deps: PhotoDeps,
  actor: Actor,
  owner: PhotoOwner,
  input: { photoId: string; alt: unknown },
): Promise<void> {
  await requireKeeper(deps, actor, owner)
  const { alt } = wordsSchema.parse({ alt: input.alt })
  if (!isId(input.photoId)) throw gone()
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const changed = await tx.photo.updateMany({
      where: { id: input.photoId, ...whereOf(owner) },
      data: { alt },
    })
    if (changed.count !== 1) throw gone()
    await recordAudit(tx, now, actor, {
      action: 'photo.words_changed',
      subjectType: owner.kind,
      subjectId: owner.id,
      forPersonId: null,
      facts: { photoId: input.photoId },
    })
  })
}

/**
 * Lets a photograph change places with the one before or behind it. At the end of the row it stays where it is, so that a
 * double press does no harm.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when it is gone
 */
export async function movePhoto(
  deps: PhotoDeps,
  actor: Actor,
  owner: PhotoOwner,
  input: { photoId: string; by: -1 | 1 },
): Promise<void> {
  await requireKeeper(deps, actor, owner)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await holdOwner(tx, owner)
    const row = await tx.photo.findMany({
      where: whereOf(owner),
      select: { id: true, position: true },
      orderBy: { position: 'asc' },
      take: mostOf(owner),
    })
    const at = row.findIndex(({ id }) => id === input.photoId)
    const here = row[at]
    if (!here) throw gone()
    const there = row[at + input.by]
    if (!there) return
    await tx.$executeRaw`
      update photo set position = case id when ${here.id}::uuid then ${there.position}::int else ${here.position}::int end
      where id in (${here.id}::uuid, ${there.id}::uuid)`
    await recordAudit(tx, now, actor, {
      action: 'photo.moved',
      subjectType: owner.kind,
      subjectId: owner.id,
      forPersonId: null,
      facts: { photoId: here.id, to: there.position },
    })
  })
}

/**
 * Removes a photograph: nobody is shown it from now on, and its files go in a job of the same transaction. Two who remove it
 * at once remove it once.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when it is gone already
 */
export async function removePhoto(
  deps: PhotoDeps,
  actor: Actor,
  owner: PhotoOwner,
  photoId: string,
): Promise<void> {
  await requireKeeper(deps, actor, owner)
  if (!isId(photoId)) throw gone()
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await holdOwner(tx, owner)
    const photo = await tx.photo.findFirst({
      where: { id: photoId, ...whereOf(owner) },
      select: { position: true, keys: true },
    })
    if (!photo) throw gone()
    await tx.photo.delete({ where: { id: photoId }, select: { id: true } })
    // Those behind it move up, so that places stay without gaps.
    if (owner.kind === 'service')
      await tx.$executeRaw`
        update photo set position = position - 1 where service_id = ${owner.id}::uuid and position > ${photo.position}`
    await addClearing(tx, photoId, photo.keys)
    await recordAudit(tx, now, actor, {
      action: 'photo.removed',
      subjectType: owner.kind,
      subjectId: owner.id,
      forPersonId: null,
      facts: { photoId },
    })
  })
}
