import { z } from 'zod'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readDate } from '~/components/forms/date-parts.ts'
import { text } from './answer.server.ts'
import { goneCookie, readSealed, sealedCookie } from './sealed-cookie.server.ts'

/** What was typed on the pages before, kept in the browser and readable here alone: nothing is written down before it is checked. */
const COOKIE = 'kith.assistant'
const MINUTES = 120

const kept = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  userId: z.uuid(),
  values: z.record(z.string(), z.string().max(400)),
})
export type AssistantDraft = z.infer<typeof kept>

/** The draft of this reader for this person; a new one when there is none, or when it was somebody else's. */
export function readDraft(deps: Deps, request: Request, actor: Actor, personId: string): AssistantDraft {
  const userId = actor.kind === 'user' ? actor.userId : ''
  const found = kept.safeParse(readSealed(deps, request, COOKIE))
  const mine = found.success && found.data.personId === personId && found.data.userId === userId
  return mine ? found.data : { id: newId(), personId, userId, values: {} }
}

export const draftCookie = (deps: Deps, draft: AssistantDraft): string =>
  sealedCookie(deps, COOKIE, draft, MINUTES)
export const noDraft = (deps: Deps): string => goneCookie(deps, COOKIE)

const TEXTS = [
  'allocationId', 'name', 'email', 'hourly', 'hours', 'age', 'vary', 'bureau', 'fee', 'pension', 'allowance',
] as const // prettier-ignore
const DAYS = ['startsOn', 'insuranceEndsOn', 'endsOn'] as const

/** The terms that a form holds, and nothing for those that it does not ask. */
export function termsForm(form: FormData): Record<string, string> {
  const values: Record<string, string> = {}
  for (const name of TEXTS) if (form.has(name)) values[name] = text(form, name)
  for (const name of DAYS) if (form.has(`${name}.day`)) values[name] = readDate(form, name)
  return values
}
