import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { authOf, forgetCodes } from './auth.server.ts'
import { countTry } from './count-tries.server.ts'
import { askForCodeSchema } from './sign-in.schema.ts'

/** A mailbox is not to be filled with codes by a stranger. */
const SENT = { what: 'code.sent', most: 5, minutes: 15 }

/**
 * Mails a six-digit code to an address. Anybody may ask, and an address nobody has used before gets one too (it becomes
 * an account when the code is used): so the answer and its timing say nothing about who has an account.
 * @throws INVALID input (ZodError) for no address; TOO_MANY
 */
export async function askForCode(
  deps: Deps,
  _actor: Actor,
  input: { email: string },
): Promise<{ email: string }> {
  const { email } = askForCodeSchema.parse(input)
  await countTry(deps, SENT, email)
  await forgetCodes(deps, email)
  await authOf(deps).api.sendVerificationOTP({ body: { email, type: 'sign-in' } })
  return { email }
}
