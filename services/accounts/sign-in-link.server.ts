import { z } from 'zod'
import type { Deps } from '#services/ports/deps.ts'
import { machineNow } from './machine-time.ts'
import { seal, secretOf, unseal } from './seal.server.ts'

const PURPOSE = 'sign-in link'
const content = z.object({ email: z.string(), code: z.string() })

/**
 * The address in the mail. It holds the e-mail address and the code sealed, so that neither is in an address bar,
 * a history or a log; opening it shows a page with a button and signs nobody in (mail programs open links themselves).
 */
export function signInLink(
  deps: Pick<Deps, 'clock' | 'settings'>,
  input: { email: string; code: string },
): string {
  const until = machineNow(deps.clock).add({ minutes: 10 })
  const url = new URL('/sign-in/link', deps.settings.origin)
  url.searchParams.set('t', seal(secretOf(deps.settings), PURPOSE, input, until))
  return url.href
}

/** Address and code from the link; null when it is old or not ours. */
export function readSignInLink(
  deps: Pick<Deps, 'clock' | 'settings'>,
  sealed: string,
): { email: string; code: string } | null {
  const value = unseal(secretOf(deps.settings), PURPOSE, sealed, machineNow(deps.clock))
  const parsed = content.safeParse(value)
  return parsed.success ? parsed.data : null
}
