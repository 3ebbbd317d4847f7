import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { modulusCheck } from './modulus.rules.ts'
import { masked } from './payee.rules.ts'
import { proposePayeeSchema } from './payee.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** Everybody who could know that it is wrong: owners, co-ordinators, and the address that was known before. */
async function tellOldContact(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  payeeId: string,
  accountNumber: string,
): Promise<void> {
  const provider = await tx.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: { name: true, email: true },
  })
  const title = 'Somebody has asked to change where you are paid'
  const body = `To the account that ends in ${accountNumber.slice(-3)}. Nothing is paid there before a council has rung you on the number it knows and three working days have passed. If it was not you, say so on the page of your bank details, or ring your council.`
  await tell(tx, now, [
    { to: { providerId }, kind: 'payee.proposed', title, body, path: '/provider/money/bank-details', subjectId: payeeId }, // prettier-ignore
  ])
  if (provider.email)
    await addJob(tx, 'send_mail', {
      to: provider.email,
      subject: title,
      text: `${provider.name}\n\n${title}. ${body}\n`,
      key: `payee-proposed:${payeeId}`,
    })
}

/**
 * Proposes where a provider is paid by bank transfer. What is in use stays in use: a change counts only after a payee check, a
 * call back on the number known from before, and three working days. Of two that wait the later one stands.
 *
 * @param input accountName, sortCode (6 digits), accountNumber (6 to 8 digits; kept as 8), sure ('yes' after the published check
 *   said no and they looked again)
 * @throws SIGN_IN; NOT_FOUND to strangers; FORBIDDEN to all but owners; INVALID
 */
export async function proposePayee(
  deps: Needs,
  actor: Actor,
  providerId: string,
  input: Record<string, unknown>,
): Promise<{ payeeId: string }> {
  requireMember(actor, providerId, 'manage_money')
  const asked = parseInput(proposePayeeSchema, input)
  if (modulusCheck(asked.sortCode, asked.accountNumber) === 'invalid' && !asked.sure)
    throw invalid({
      accountNumber: [
        'By the banks’ published check this sort code and this account number do not belong together. Look at both again.',
      ],
      sure: ['If they are right, tick that you have looked again.'],
    })
  const now = deps.clock.now()
  const payeeId = newId()
  await deps.db.tx(async (tx) => {
    // Two presses at once take turns here.
    await tx.$queryRaw`select 1 from provider where id = ${providerId}::uuid for update`
    const same = await tx.payeeAccount.findFirst({
      where: {
        providerId,
        state: { in: ['proposed', 'cooling', 'active'] },
        sortCode: asked.sortCode,
        accountNumber: asked.accountNumber,
        accountName: asked.accountName,
      },
      select: { state: true },
    })
    if (same)
      throw new DomainError(
        'STALE_STATE',
        same.state === 'active' ? 'You are paid there already.' : 'This has been asked for already.',
      )
    await tx.payeeAccount.updateMany({
      where: { providerId, state: { in: ['proposed', 'cooling'] } },
      data: { state: 'replaced', endedAt: toDate(now) },
    })
    await tx.payeeAccount.create({
      data: {
        id: payeeId,
        providerId,
        accountName: asked.accountName,
        sortCode: asked.sortCode,
        accountNumber: asked.accountNumber,
        proposedById: actor.kind === 'user' ? actor.userId : '',
        proposedAt: toDate(now),
      },
    })
    await tellOldContact(tx, now, providerId, payeeId, asked.accountNumber)
    const councils = await tx.councilSupplier.findMany({
      where: { providerId },
      select: { councilId: true, provider: { select: { name: true } } },
      take: 50,
    })
    await tell(
      tx,
      now,
      councils.map(({ councilId, provider }) => ({
        to: { councilId },
        kind: 'money.payee_proposed',
        title: `${provider.name} asks to be paid into another account`,
        body: 'Ask the bank whether the name fits, and ring them on the number that you know from before.',
        path: `/council/money/payees/${payeeId}`,
        subjectId: payeeId,
      })),
    )
    await recordAudit(tx, now, actor, {
      action: 'payee.proposed',
      subjectType: 'payee_account',
      subjectId: payeeId,
      forPersonId: null,
      facts: { providerId, account: masked(asked.accountNumber), sure: asked.sure },
    })
  })
  return { payeeId }
}

/**
 * The provider takes back what it asked for, or says that it was not them.
 * @throws as `proposePayee`; STALE_STATE when nothing waits any more
 */
export async function withdrawPayee(
  deps: Needs,
  actor: Actor,
  input: { providerId: string; payeeId: string },
): Promise<void> {
  requireMember(actor, input.providerId, 'manage_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const payee = await tx.payeeAccount.findFirst({
      where: { id: input.payeeId, providerId: input.providerId },
    })
    if (!payee) throw notFound()
    const moved = await tx.payeeAccount.updateMany({
      where: { id: payee.id, state: { in: ['proposed', 'cooling'] } },
      data: { state: 'refused', endedAt: toDate(now) },
    })
    if (moved.count !== 1)
      throw new DomainError('STALE_STATE', 'This does not wait any more. Look at how it stands now.')
    await recordAudit(tx, now, actor, {
      action: 'payee.withdrawn',
      subjectType: 'payee_account',
      subjectId: payee.id,
      forPersonId: null,
      facts: { providerId: input.providerId },
    })
  })
}
