import { machineNow } from '#services/accounts/machine-time.ts'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, isDomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { type FileKey, fileKey } from '#services/ports/files.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'
import { type PhotoOwner, holdOwner, mostOf, requireKeeper, whereOf } from './photo-owner.server.ts'
import { REFUSAL_WORDS, keyText, lookAt } from './photo.rules.ts'
import { addPhotoSchema } from './photo.schema.ts'
import { type PreparedPhoto, preparePhoto } from './prepare-photo.server.ts'

type PhotoDeps = Pick<Deps, 'db' | 'clock' | 'files' | 'log'>

export interface SentPhoto {
  photo: { bytes: Uint8Array } | null
  alt: unknown
  consent: unknown
}

const full = (owner: PhotoOwner): DomainError =>
  new DomainError(
    'REFUSED_BY_RULE',
    owner.kind === 'service'
      ? `There are ${String(mostOf(owner))} photographs already. Remove one before you add another.`
      : 'There is a photograph already. Remove it before you add another.',
  )

/** What is typed and the first look at the file together, so that one answer says everything that is to be put right. */
function readSent(sent: SentPhoto): { alt: string; bytes: Uint8Array } {
  const looked = lookAt(sent.photo?.bytes ?? null)
  const typed = addPhotoSchema.safeParse({ alt: sent.alt, consent: sent.consent })
  const fields: Record<string, string[]> = looked.ok ? {} : { photo: [REFUSAL_WORDS[looked.why]] }
  for (const { path, message } of typed.error?.issues ?? []) fields[String(path[0])] ??= [message]
  if (!typed.success || !sent.photo || !looked.ok) throw invalid(fields)
  return { alt: typed.data.alt, bytes: sent.photo.bytes }
}

/**
 * Adds a photograph behind the others. It is made ready in the request, so that whoever sent it learns at once whether it
 * can be read. The same photograph twice is one.
 *
 * The files are written before the row that names them, and before the files a job that takes away what no row names: a
 * process that dies in between leaves nothing behind.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID beside `photo`, `alt` and `consent`; REFUSED_BY_RULE when all places are
 *   taken; TOO_MANY; UNAVAILABLE
 */
export async function addPhoto(
  deps: PhotoDeps,
  actor: Actor,
  owner: PhotoOwner,
  sent: SentPhoto,
): Promise<'added' | 'already_there'> {
  await requireKeeper(deps, actor, owner)
  const { alt, bytes } = readSent(sent)
  if ((await deps.db.prisma.photo.count({ where: whereOf(owner) })) >= mostOf(owner)) throw full(owner)
  const prepared = await preparePhoto(bytes)
  const photoId = newId()
  const keys = prepared.sizes.map(({ width }) => fileKey(keyText(photoId, prepared.hash, width)))
  await clearLater(deps, photoId, keys, 60)
  try {
    await putAll(deps, keys, prepared)
    return await writeRow(deps, actor, owner, { photoId, alt, keys, prepared })
  } catch (error) {
    // Not in an hour but now; when this fails too the job of before is still there.
    await clearLater(deps, photoId, keys, 0).catch(() => undefined)
    throw error
  }
}

async function putAll(deps: PhotoDeps, keys: readonly FileKey[], prepared: PreparedPhoto): Promise<void> {
  try {
    for (const [i, key] of keys.entries())
      await deps.files.put(key, prepared.sizes[i]?.bytes ?? new Uint8Array())
  } catch (error) {
    if (isDomainError(error)) throw error
    deps.log.error({ err: error }, 'a photograph could not be kept')
    throw new DomainError(
      'UNAVAILABLE',
      'The photograph could not be kept just now. Nothing was changed. Try again in a few minutes.',
      {},
      { cause: error },
    )
  }
}

interface NewPhoto {
  photoId: string
  alt: string
  keys: readonly FileKey[]
  prepared: PreparedPhoto
}

async function writeRow(
  deps: PhotoDeps,
  actor: Actor,
  owner: PhotoOwner,
  { photoId, alt, keys, prepared }: NewPhoto,
): Promise<'added' | 'already_there'> {
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    await holdOwner(tx, owner)
    const there = await tx.photo.findMany({
      where: whereOf(owner),
      select: { contentHash: true },
      take: mostOf(owner),
    })
    if (there.some(({ contentHash }) => contentHash === prepared.hash)) {
      await addClearing(tx, photoId, keys)
      return 'already_there'
    }
    if (there.length >= mostOf(owner)) throw full(owner)
    await tx.photo.create({
      data: {
        id: photoId,
        ...whereOf(owner),
        position: there.length,
        alt,
        width: prepared.width,
        height: prepared.height,
        widths: prepared.sizes.map(({ width }) => width),
        keys: [...keys],
        contentHash: prepared.hash,
        addedById: traceOf(actor).actorUserId,
        addedAt: toDate(now),
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'photo.added',
      subjectType: owner.kind,
      subjectId: owner.id,
      forPersonId: null,
      // Whoever added it has said that everybody in it said yes.
      facts: {
        photoId,
        consent: true,
        bytes: prepared.sizes.reduce((sum, size) => sum + size.bytes.length, 0),
      },
    })
    return 'added'
  })
}

type AnyTx = Parameters<typeof addJob>[0]

/** Takes the files away as soon as no row names them any more. */
export const addClearing = (tx: AnyTx, photoId: string, keys: readonly string[]): Promise<void> =>
  addJob(tx, 'clear_photo_files', { photoId, keys: [...keys] }, { key: `photo:${photoId}` })

async function clearLater(
  deps: PhotoDeps,
  photoId: string,
  keys: readonly FileKey[],
  minutes: number,
): Promise<void> {
  // The queue goes by the machine's time: the demo's clock may be weeks ahead.
  const runAt = machineNow(deps.clock).add({ minutes })
  await deps.db.tx((tx) =>
    minutes === 0
      ? addClearing(tx, photoId, keys)
      : addJob(tx, 'clear_photo_files', { photoId, keys: [...keys] }, { key: `photo:${photoId}`, runAt }),
  )
}
