import { requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { employmentFor } from './assistant-page.server.ts'
import { NO_BUREAU } from './employment.schema.ts'
import { hoursText } from './hours.rules.ts'
import { termChoices } from './new-assistant-page.server.ts'
import { pagePerson } from './person-words.server.ts'

/**
 * The terms as the form of changing them shows them.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter who does not manage the money
 */
export async function changePage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string) {
  const row = await employmentFor(deps, actor, id)
  requireScope(actor, row.personId, 'manage_money')
  const choices = await termChoices(deps, row.personId)
  // What stands there now can be kept, also when it would not be offered any more.
  if (!choices.funds.some((fund) => fund.id === row.allocationId))
    choices.funds.push({ id: row.allocationId, name: row.allocation.stream.name, refuses: null, until: '' })
  if (row.bureauProviderId && !choices.bureaus.some(({ value }) => value === row.bureauProviderId))
    choices.bureaus.unshift({ value: row.bureauProviderId, label: row.bureau?.name ?? '' })
  const email = row.assistantUserId
    ? (
        await deps.db.prisma.user.findUniqueOrThrow({
          where: { id: row.assistantUserId },
          select: { email: true },
        })
      ).email
    : ''
  const money = (amount: number): string => (amount / 100).toFixed(2)
  const day = (date: Date | null): string => (date ? plainDateOf(date).toString() : '')
  return {
    id,
    name: row.assistantName,
    person: await pagePerson(deps.db.prisma, actor, row.personId),
    values: {
      allocationId: row.allocationId,
      name: row.assistantName,
      email,
      hourly: money(row.hourlyPence),
      hours: hoursText(row.weeklyMinutes).includes(':')
        ? (row.weeklyMinutes / 60).toFixed(2)
        : hoursText(row.weeklyMinutes),
      age: row.age,
      vary: row.hoursVary ? 'yes' : 'no',
      bureau: row.bureauProviderId ?? NO_BUREAU,
      fee: row.payrollFeePence === 0 ? '' : money(row.payrollFeePence),
      pension: row.pension ? 'yes' : 'no',
      allowance: row.employmentAllowance ? 'yes' : 'no',
      insuranceEndsOn: day(row.insuranceEndsOn),
      endsOn: day(row.endsOn),
    } as Record<string, string>,
    ...choices,
  }
}
