import { z } from 'zod'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { machineNow } from './machine-time.ts'
import { seal, secretOf, unseal } from './seal.server.ts'

const PURPOSE = 'kept form'
export const KEPT_MINUTES = 30
const MOST_LETTERS = 60_000

const content = z.object({
  path: z.string(),
  userId: z.string().nullable(),
  fields: z.array(z.tuple([z.string(), z.string()])),
})

export interface KeptForm {
  /** Where it was going to. */
  path: string
  fields: [string, string][]
}

/**
 * Keeps what somebody typed when their session turned out to have ended. Sealed, because it may be about somebody's
 * health, and for half an hour.
 * @param token of the ended session, if the browser still has it: then the same user alone gets the form back
 * @returns the id under which it waits; null when it is too long to keep
 */
export async function keepForm(deps: Deps, token: string | null, form: KeptForm): Promise<string | null> {
  const length = form.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (length > MOST_LETTERS) return null
  const session = token
    ? await deps.db.prisma.session.findUnique({ where: { token }, select: { userId: true } })
    : null
  const id = newId()
  const expiresAt = machineNow(deps.clock).add({ minutes: KEPT_MINUTES })
  const value = { ...form, userId: session?.userId ?? null }
  await deps.db.prisma.keptForm.create({
    data: {
      id,
      sealed: seal(secretOf(deps.settings), `${PURPOSE} ${id}`, value, expiresAt),
      expiresAt: toDate(expiresAt),
    },
    select: { id: true },
  })
  return id
}

/** What was kept under `id`; null when it is over or when somebody else typed it (a shared computer). */
export async function keptForm(deps: Deps, actor: Actor, id: string): Promise<KeptForm | null> {
  if (actor.kind !== 'user') return null
  const row = await deps.db.prisma.keptForm.findUnique({ where: { id } })
  if (!row) return null
  const value = content.safeParse(
    unseal(secretOf(deps.settings), `${PURPOSE} ${id}`, row.sealed, machineNow(deps.clock)),
  )
  if (!value.success) return null
  const { userId, ...form } = value.data
  return userId === null || userId === actor.userId ? form : null
}

export async function forgetForm(deps: Deps, _actor: Actor, id: string): Promise<void> {
  await deps.db.prisma.keptForm.deleteMany({ where: { id } })
}
