import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { CheckKind, CheckState } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from './fields.schema.ts'
import { boardWords, signUpSchema } from './provider.schema.ts'
import { requireUser } from './providers.policy.ts'
import { freeSlug } from './slug.server.ts'

/** One person may run several organisations, but not so many that it is a machine who signs up. */
const MOST_EACH = 5

interface FirstCheck {
  kind: CheckKind
  state: CheckState
  reference?: string
  statement?: string
}

/**
 * Signs up an organisation: the provider, the actor as its owner, their lane in the calendar, and the checks that its
 * claims call for. Nothing is published by it. A CQC id is kept as a claim on its check; the organisation takes over what
 * was imported under that id only when somebody has verified it.
 * @throws DomainError SIGN_IN; INVALID with sentences by field; TOO_MANY after five organisations
 */
export async function signUpProvider(
  deps: Deps,
  actor: Actor,
  input: unknown,
): Promise<{ providerId: string }> {
  const user = requireUser(actor)
  const given = parseInput(signUpSchema, input)
  const now = deps.clock.now()
  if (user.providers.filter((entry) => entry.role === 'owner').length >= MOST_EACH)
    throw new DomainError(
      'TOO_MANY',
      'You own five organisations already. Ask us on the telephone to add another.',
    )
  const providerId = newId()
  await deps.db.tx(async (tx) => {
    if (
      given.councilId !== 'none' &&
      !(await tx.council.findUnique({ where: { id: given.councilId }, select: { id: true } }))
    )
      throw invalid({ councilId: ['Choose the council in whose area you mostly work.'] })
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: user.userId }, select: { email: true } })
    await tx.provider.create({
      data: {
        id: providerId,
        slug: await freeSlug(tx, 'provider', given.name),
        name: given.name,
        kind: given.kind,
        legalForm: given.legalForm,
        size: given.size,
        ultimateOwner: given.ultimateOwner ?? given.name,
        about: given.about,
        phone: given.phone,
        website: given.website,
        email,
        councilId: given.councilId === 'none' ? null : given.councilId,
        charityNumber: given.charityNumber,
        companyNumber: given.companyNumber,
        createdAt: toDate(now),
      },
      select: { id: true },
    })
    const memberId = newId()
    await tx.member.create({
      data: {
        id: memberId,
        providerId,
        userId: user.userId,
        name: user.name,
        email,
        role: 'owner',
        createdAt: toDate(now),
      },
      select: { id: true },
    })
    await tx.lane.create({
      data: { id: newId(), providerId, memberId, name: user.name },
      select: { id: true },
    })
    const checks: FirstCheck[] = [{ kind: 'identity', state: 'asked' }]
    if (given.cqcProviderId)
      checks.push({ kind: 'cqc_registration', state: 'evidence_given', reference: given.cqcProviderId })
    if (given.userLed === 'yes')
      checks.push({
        kind: 'user_led_status',
        state: 'evidence_given',
        statement: boardWords(given),
      })
    await tx.verification.createMany({
      data: checks.map((check) => ({
        id: newId(),
        providerId,
        createdAt: toDate(now),
        updatedAt: toDate(now),
        ...check,
      })),
    })
    await recordAudit(tx, now, actor, {
      action: 'provider.signed_up',
      subjectType: 'provider',
      subjectId: providerId,
      forPersonId: null,
      facts: { kind: given.kind, size: given.size, claimsRegistration: given.cqcProviderId !== null },
    })
  })
  return { providerId }
}
