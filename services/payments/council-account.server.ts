import { requireFreshSecondStep, requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { AccountStatus, Missing } from '#services/ports/payment-accounts.ts'
import { accountWords, missingWords } from '#services/ports/payment-words.ts'
import type { Deps } from '#services/ports/deps.ts'
import { NEW, askHowItStands, openAccount } from './open-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>
const PAGE = '/council/money/contributions/account'

/**
 * How the councils' own accounts at the payment service stand, into which people pay by card and Direct Debit; by council.
 * @param back the council whose finance comes from the payment service's pages: it is asked how the account stands
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function councilAccounts(deps: Needs, actor: Actor, back: string | null) {
  const { councilIds } = requireStaff(actor, 'money.work')
  if (back && councilIds.includes(back)) await askHowItStands(deps, { councilId: back })
  const rows = await deps.db.prisma.connectedAccount.findMany({
    where: { councilId: { in: [...councilIds] } },
  })
  return councilIds.map((councilId) => {
    const account = rows.find((row) => row.councilId === councilId)
    const status = (account?.status ?? NEW) as AccountStatus
    return {
      councilId,
      label: deps.payments.label,
      status,
      words: accountWords[status],
      missing: (account?.missing ?? []).map((code) => missingWords[code as Missing]),
      dueBy: account?.dueBy ? longDate(londonDate(fromDate(account.dueBy))) : null,
    }
  })
}

/**
 * Finance sets the council's account up, or gives what is missing: opens it once, then leads to the hosted pages.
 * @returns where they go on
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council; SECOND_STEP; UNAVAILABLE
 */
export async function setUpCouncilAccount(deps: Needs, given: Actor, councilId: string): Promise<string> {
  const actor = requireStaffOf(given, 'money.work', councilId)
  requireFreshSecondStep(actor)
  const account = await openAccount(
    deps,
    actor,
    { councilId },
    { kind: 'organisation', collectsDebits: true },
  )
  const page = `${deps.settings.origin}${PAGE}?back=${councilId}`
  const { url } = await deps.payments.onboardingLink({ account, doneUrl: page, againUrl: page })
  return url
}
