import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { pounds } from '#services/kernel/money.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { leastPay } from './cost.rules.ts'
import { NO_BUREAU } from './employment.schema.ts'
import { pagePerson } from './person-words.server.ts'
import { readBureaus, readPayingFunds } from './terms.server.ts'
import { ratesOn } from './rates.ts'
import { AGE_WORDS } from './words.ts'

/** The choices of the pages on which an employment is written down or changed. */
export async function termChoices(deps: Pick<Deps, 'db' | 'clock'>, personId: string) {
  const today = londonDate(deps.clock.now())
  const [funds, bureaus] = await Promise.all([
    readPayingFunds(deps.db.prisma, personId, today),
    readBureaus(deps.db.prisma),
  ])
  return {
    funds,
    bureaus: [
      ...bureaus.map(({ id, name }) => ({ value: id, label: name })),
      { value: NO_BUREAU, label: 'Nobody: I run the payroll myself' },
    ],
    ages: Object.entries(AGE_WORDS).map(([value, label]) => ({ value, label })),
    least: pounds(leastPay('adult', today.toString())),
    joinsFrom: pounds(ratesOn(today.toString()).rates.pensionTriggerWeekly),
  }
}
export type NewAssistantPage = Awaited<ReturnType<typeof newAssistantPage>>

/**
 * What the pages for writing down an employment offer.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter who does not manage the money
 */
export async function newAssistantPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'manage_money')
  const [person, choices] = await Promise.all([
    pagePerson(deps.db.prisma, actor, personId),
    termChoices(deps, personId),
  ])
  return { person, ...choices }
}
