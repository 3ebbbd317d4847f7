import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  choice,
  cqcId,
  invalid,
  neededParagraphs,
  optionalLine,
  parseInput,
} from '#services/providers/fields.schema.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { DBS_LEVELS, OWN_KINDS, TRANSITIONS } from './checks.rules.ts'
import { readDay } from './day.schema.ts'

const statement = neededParagraphs(1000, 'Say what you have and where it can be seen.')
export const evidenceSchema = z.object({
  statement,
  reference: optionalLine(60),
  level: z
    .union([z.enum(DBS_LEVELS), z.literal('')], { error: 'Choose the level of the check.' })
    .default('')
    .transform((level) => (level === '' ? null : level)),
  expiresOn: z.string().default(''),
})
const newCheckSchema = evidenceSchema.extend({ kind: choice(OWN_KINDS, 'Choose what was checked.') })

function expiry(text: string, today: string): Date | null {
  if (text === '') return null
  const day = readDay(text)
  if (!day) throw invalid({ expiresOn: ['This date does not exist. Enter a day, a month and a year.'] })
  if (day.toString() < today)
    throw invalid({ expiresOn: ['This date has passed. Tell us about the one that holds now.'] })
  return dateColumn(day)
}

/**
 * A provider answers a check that was asked for, refused or has run out: what it has and where it can be seen. Never the
 * content of a DBS certificate: its level, its date, and that the certificate was seen are enough.
 * @throws DomainError NOT_FOUND for strangers; FORBIDDEN for workers; INVALID; STALE_STATE when it is decided already
 */
export async function giveEvidence(deps: Deps, actor: Actor, checkId: string, input: unknown): Promise<void> {
  const check = await deps.db.prisma.verification.findUnique({ where: { id: checkId } })
  if (!check) throw notFound()
  requireMember(actor, check.providerId, 'give_evidence')
  if (check.kind === 'regulation_exemption')
    throw new DomainError(
      'REFUSED_BY_RULE',
      'This reason is part of your listing. Change it there and send it in again.',
    )
  const given = parseInput(evidenceSchema, input)
  const now = deps.clock.now()
  const expiresOn = expiry(given.expiresOn, londonDate(now).toString())
  const reference =
    check.kind === 'cqc_registration'
      ? parseInput(z.object({ reference: cqcId }), given).reference
      : given.reference
  if (check.kind === 'cqc_registration' && !reference)
    throw invalid({ reference: ['Enter your CQC id, such as 1-101234567.'] })
  await deps.db.tx(async (tx) => {
    const moved = await tx.verification.updateMany({
      where: { id: check.id, state: { in: [...TRANSITIONS.give_evidence.from] } },
      data: {
        state: 'evidence_given',
        statement: given.statement,
        reference: reference ?? check.reference,
        level: given.level ?? check.level,
        expiresOn: expiresOn ?? check.expiresOn,
        reason: null,
        updatedAt: toDate(now),
      },
    })
    if (moved.count !== 1)
      throw new DomainError(
        'STALE_STATE',
        'This was checked in the meantime. Open the page again to see how it stands.',
      )
    await recordAudit(tx, now, actor, {
      action: 'check.evidence_given',
      subjectType: 'verification',
      subjectId: check.id,
      forPersonId: null,
      facts: { kind: check.kind },
    })
  })
}

/**
 * A provider tells of a check that nobody asked for yet: insurance, DBS, training, policies.
 * @throws DomainError as giveEvidence; TOO_MANY when a hundred wait already
 */
export async function addCheck(
  deps: Deps,
  actor: Actor,
  providerId: string,
  input: unknown,
): Promise<{ checkId: string }> {
  requireMember(actor, providerId, 'give_evidence')
  const given = parseInput(newCheckSchema, input)
  if (given.kind === 'dbs' && !given.level) throw invalid({ level: ['Choose the level of the check.'] })
  const now = deps.clock.now()
  const expiresOn = expiry(given.expiresOn, londonDate(now).toString())
  const checkId = newId()
  await deps.db.tx(async (tx) => {
    const waiting = await tx.verification.count({
      where: { providerId, state: { in: ['asked', 'evidence_given'] } },
    })
    if (waiting >= 100)
      throw new DomainError(
        'TOO_MANY',
        'Many of your checks are waiting already. Please wait for an answer first.',
      )
    await tx.verification.create({
      data: {
        id: checkId,
        providerId,
        kind: given.kind,
        state: 'evidence_given',
        statement: given.statement,
        reference: given.reference,
        level: given.kind === 'dbs' ? given.level : null,
        expiresOn,
        createdAt: toDate(now),
        updatedAt: toDate(now),
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'check.evidence_given',
      subjectType: 'verification',
      subjectId: checkId,
      forPersonId: null,
      facts: { kind: given.kind },
    })
  })
  return { checkId }
}
