import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { type Pence, pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, longDate, plainDateOf } from '#services/kernel/time.ts'
import { type Age, leastPay } from './cost.rules.ts'
import { NO_BUREAU } from './employment.schema.ts'
import { fundRefuses } from './fund.rules.ts'

/** A sentence beside one field. */
export const beside = (name: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [name]: [sentence] } })

const LISTS_PAYROLL = {
  claimed: true,
  pausedAt: null,
  services: {
    some: { state: 'published', currentVersion: { categoryCode: 'direct_payment_support' } },
  },
} as const

/** Payroll services: whoever lists direct payment support. */
export const readBureaus = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  tx.provider.findMany({
    where: LISTS_PAYROLL,
    orderBy: { name: 'asc' },
    take: 100,
    select: { id: true, name: true },
  })

/** A person's funds that have not ended, with the rule that refuses where there is one. */
export async function readPayingFunds(
  tx: Tx,
  personId: string,
  today: Temporal.PlainDate,
): Promise<{ id: string; name: string; refuses: string | null; until: string }[]> {
  const rows = await tx.allocation.findMany({
    // What the person pays in is no fund of its own.
    where: { personId, towardsId: null, endsOn: { gte: dateColumn(today) }, replacedBy: { is: null } },
    orderBy: [{ endsOn: 'desc' }, { id: 'asc' }],
    take: 100,
    include: { stream: true },
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.stream.name,
    refuses: fundRefuses(row.stream),
    until: longDate(plainDateOf(row.endsOn)),
  }))
}

/** @throws INVALID beside the field when this fund cannot pay for somebody who is employed */
export async function mustPay(
  tx: Tx,
  personId: string,
  allocationId: string,
  today: Temporal.PlainDate,
): Promise<void> {
  const fund = (await readPayingFunds(tx, personId, today)).find(({ id }) => id === allocationId)
  if (!fund) throw beside('allocationId', 'Choose a fund that has not ended')
  if (fund.refuses) throw beside('allocationId', fund.refuses)
}

/** @returns null for nobody. @throws INVALID beside the field */
export async function bureauOf(tx: Tx, chosen: string, now: string | null = null): Promise<string | null> {
  if (chosen === NO_BUREAU) return null
  // Whoever has it already may keep it, also when they list nothing new.
  if (chosen === now) return chosen
  const found = await tx.provider.findFirst({
    where: { ...LISTS_PAYROLL, id: chosen },
    select: { id: true },
  })
  if (!found) throw beside('bureau', 'Choose a payroll service from the list')
  return found.id
}

/** @throws INVALID beside the field, with the figure: less than the law's least pay of the day */
export function mustBeLawful(hourly: Pence, age: Age, day: Temporal.PlainDate): void {
  const least = leastPay(age, day.toString())
  if (hourly < least)
    throw beside('hourly', `By law somebody of this age is paid at least ${pounds(least)} an hour`)
}

const YEARS_BACK = 40
/** @throws INVALID beside the field */
export function readStart(text: string, today: Temporal.PlainDate): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(text)
  if (Temporal.PlainDate.compare(day, today.subtract({ years: YEARS_BACK })) < 0)
    throw beside('startsOn', 'Enter the day on which they started, with its year')
  if (Temporal.PlainDate.compare(day, today.add({ years: 1 })) > 0)
    throw beside('startsOn', 'This is more than a year ahead. Write it down nearer the time')
  return day
}

export const later = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(a, b) > 0 ? a : b

/**
 * The assistant's account, made if they have none: it becomes theirs when they sign in with a code to that address.
 * @returns null when no address was given. @throws INVALID beside the field for the employer's own and for the actor's own
 */
export async function assistantUser(
  tx: Tx,
  actor: Actor,
  personId: string,
  { email, name }: { email: string | null; name: string },
): Promise<string | null> {
  if (email === null) return null
  const known = await tx.user.findUnique({
    where: { email },
    select: { id: true, person: { select: { id: true } } },
  })
  if (known?.person?.id === personId)
    throw beside('email', 'This is your own address. Enter theirs, or leave it empty')
  if (known && actor.kind === 'user' && known.id === actor.userId)
    throw beside('email', 'This is your own address. Somebody else has to write down that you are employed')
  if (known) return known.id
  const made = await tx.user.create({ data: { email, name }, select: { id: true } })
  return made.id
}
