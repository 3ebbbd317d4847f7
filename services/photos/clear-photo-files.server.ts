import { z } from 'zod'
import { fileKey } from '#services/ports/files.ts'
import type { Deps } from '#services/ports/deps.ts'

const payloadSchema = z.object({ photoId: z.uuid(), keys: z.array(z.string()).max(10) })

/** A job: takes away the files of a photograph that no row names. What is gone already is gone, so twice is harmless. */
export async function clearPhotoFiles(deps: Pick<Deps, 'db' | 'files'>, payload: unknown): Promise<void> {
  const { photoId, keys } = payloadSchema.parse(payload)
  if ((await deps.db.prisma.photo.count({ where: { id: photoId } })) > 0) return
  for (const key of keys) await deps.files.remove(fileKey(key))
}
