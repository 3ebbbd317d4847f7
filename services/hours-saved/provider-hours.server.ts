import type { Actor } from '#services/kernel/actor.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { assumptionOn, roughly, savedBy } from './hours.rules.ts'
import { invoicesOf } from './read-spared.server.ts'

/**
 * Invoices that a provider did not type in the last twelve months, with the assumption; null when there was none.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN as the provider's policy
 */
export async function providerHours(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, org: string | null) {
  const { providerId } = providerInView(actor, org)
  requireMember(actor, providerId, 'see_money')
  const today = londonDate(deps.clock.now())
  const spared = await invoicesOf(deps.db.prisma, providerId, {
    from: today.subtract({ years: 1 }),
    until: today.add({ days: 1 }),
  })
  const saved = savedBy(spared, 'invoice')
  const assumption = assumptionOn('invoice', today.toString())
  if (saved.count === 0 || !assumption) return null
  return {
    invoices: saved.count,
    saved: roughly(saved.minutes),
    minutes: assumption.minutes,
    what: assumption.what,
    source: assumption.source,
  }
}
