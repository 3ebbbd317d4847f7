import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { live } from '#services/circle/live.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { z } from 'zod'
import { pressedBy, requireOwnerPress } from './holding.policy.ts'
import { instructSchema, withdrawSchema } from './holding.schema.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'
import { byProvider, readOwed } from './read-owed.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * The authority that the actor acts under still counts, asked inside the transaction that rests on it: one that was ended a
 * moment ago moves no money.
 * @returns whether whoever presses is of the organisation that holds the fund; false for the person themselves
 * @throws FORBIDDEN
 */
export async function mustStillCount(
  tx: Tx,
  now: Temporal.Instant,
  actor: UserActor,
  account: Pick<HeldAccount, 'holderId'>,
): Promise<boolean> {
  if (!actor.actingFor) return false
  const authority = await tx.authority.findFirst({
    where: { id: actor.actingFor.authorityId, scopes: { has: 'manage_money' }, AND: [live(now)] },
    select: { supporterProviderId: true },
  })
  if (!authority)
    throw new DomainError(
      'FORBIDDEN',
      'You no longer manage the money for this person. Nothing was changed. What was agreed before stands.',
    )
  return authority.supporterProviderId === account.holderId
}

/** Somebody of the holder who writes down the person's word says how they were told: the one who is told and the one who tells are the same. */
export function mustSayHow(byHolder: boolean, note: string, account: HeldAccount): void {
  if (!byHolder || note !== '') return
  const sentence = `Say how ${account.shortName} told you, such as “on the telephone this morning”`
  throw new DomainError('INVALID', sentence, { fields: { note: [sentence] } })
}

/** The person hears of what somebody did for them. */
export const toldForThem = (
  actor: UserActor,
  account: HeldAccount,
  notice: Omit<NewNotice, 'to'>,
): NewNotice[] => (actor.actingFor ? [{ ...notice, to: { personId: account.personId } }] : [])

/** 'Bethan Rowe of Evenhand', as the notice to the person says it. */
export const nameOf = (actor: UserActor): string =>
  actor.actingFor?.organisationName ? `${actor.name} of ${actor.actingFor.organisationName}` : actor.name

const openedAgain = (sentence: string): DomainError => new DomainError('STALE_STATE', sentence)

/**
 * "Pay this": the person, or a supporter with `manage_money`, tells whoever holds their fund to pay what is owed. Nothing
 * moves yet; the holder sees each thing and pays it or says why not.
 * @throws SIGN_IN; NOT_FOUND for strangers and other people's funds; FORBIDDEN without the scope, or when the authority has
 *   ended; STALE_STATE when something was paid, was asked for, or comes to another amount meanwhile (then nothing is asked); INVALID
 */
export async function instructPayment(
  deps: Needs,
  given: Actor,
  input: z.input<typeof instructSchema>,
): Promise<{ count: number; pence: number; holder: string }> {
  const asked = instructSchema.parse(input)
  const actor = requireOwnerPress(given, asked.personId)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const account = await readAccount(tx, asked.allocationId)
    if (account.personId !== asked.personId) throw notFound()
    mustSayHow(await mustStillCount(tx, now, actor, account), asked.note, account)
    const wanted = new Set(asked.payableIds)
    const { owed, credits } = await readOwed(tx, account, londonDate(now))
    const chosen = owed.filter(({ payableId }) => wanted.has(payableId))
    if (chosen.length !== wanted.size)
      throw openedAgain(
        'Some of this has been paid, or is being paid, meanwhile. Nothing was asked. Look again.',
      )
    const again = chosen.find(({ told }) => told !== null)
    if (again)
      throw openedAgain(
        again.told?.pence === again.pence
          ? `${account.holderName} has been told to pay this already. Nothing more was asked.`
          : 'The amount has changed since it was asked for. Take the first request back, then ask again.',
      )
    const groups = byProvider(chosen, credits)
    const pence = groups.reduce((sum, group) => sum + Math.max(0, group.pence), 0)
    if (pence !== asked.expectedPence)
      throw openedAgain(`It comes to ${pounds(pence)} now. Nothing was asked. Look at it again.`)
    // A press at the same moment keeps one of them out here: each thing is asked for once.
    const { count } = await tx.paymentInstruction.createMany({
      data: chosen.map((one) => ({
        id: newId(),
        allocationId: account.allocationId,
        personId: account.personId,
        holderId: account.holderId,
        payableId: one.payableId,
        pence: one.pence,
        note: asked.note,
        ...pressedBy(actor),
        askedAt: toDate(now),
      })),
      skipDuplicates: true,
    })
    if (count !== chosen.length)
      throw openedAgain(`${account.holderName} has been told to pay this already. Nothing more was asked.`)
    await recordAudit(tx, now, actor, {
      action: 'payment.instructed',
      subjectType: 'allocation',
      subjectId: account.allocationId,
      forPersonId: account.personId,
      facts: { count, pence },
    })
    await tell(tx, now, [
      {
        to: { providerId: account.holderId },
        kind: 'holding.instructed',
        title: `${account.shortName} asks you to pay ${pounds(pence)}`,
        body: `${count === 1 ? 'One thing' : `${String(count)} things`} from the ${account.streamName.toLowerCase()} that you hold. Pay it and say so, or say why not.`,
        path: `/provider/money/accounts/${account.allocationId}`,
        subjectId: account.allocationId,
      },
      ...toldForThem(actor, account, {
        kind: 'payment.instructed',
        title: `${account.holderName} was told to pay ${pounds(pence)} for you`,
        body: `${nameOf(actor)} did it for you. If it is not right, take it back on the page of this fund.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: account.allocationId,
      }),
    ])
    return { count, pence, holder: account.holderName }
  })
}

/**
 * Takes a request back before the holder has answered it.
 * @throws as `instructPayment`; STALE_STATE when it has been answered
 */
export async function withdrawInstruction(
  deps: Needs,
  given: Actor,
  input: z.input<typeof withdrawSchema>,
): Promise<void> {
  const asked = withdrawSchema.parse(input)
  const actor = requireOwnerPress(given, asked.personId)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const account = await readAccount(tx, asked.allocationId)
    if (account.personId !== asked.personId) throw notFound()
    await mustStillCount(tx, now, actor, account)
    const known = await tx.paymentInstruction.count({
      where: { id: asked.instructionId, allocationId: account.allocationId },
    })
    if (known === 0) throw notFound()
    const { count } = await tx.paymentInstruction.updateMany({
      where: { id: asked.instructionId, state: 'asked' },
      data: { state: 'withdrawn', answeredAt: toDate(now), answeredById: actor.userId },
    })
    if (count !== 1)
      throw openedAgain(`${account.holderName} has answered this already, so it cannot be taken back.`)
    await recordAudit(tx, now, actor, {
      action: 'payment.instruction_withdrawn',
      subjectType: 'payment_instruction',
      subjectId: asked.instructionId,
      forPersonId: account.personId,
    })
    await tell(tx, now, [
      {
        to: { providerId: account.holderId },
        kind: 'holding.withdrawn',
        title: `${account.shortName} takes a request back`,
        body: `Do not pay it from the ${account.streamName.toLowerCase()}. It was not paid yet.`,
        path: `/provider/money/accounts/${account.allocationId}`,
        subjectId: account.allocationId,
      },
    ])
  })
}
