import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, isoText, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { applyMatches } from './apply-matches.server.ts'
import { type Owner, requireBankWorker } from './bank.policy.ts'
import { pressSchema } from './bank.schema.ts'
import { readCandidates } from './read-candidates.server.ts'
import type { Candidate, MoneyLine, SubjectType } from './match.rules.ts'

export type Decided = 'matched' | 'left_out'

const ALREADY = 'Another line, or somebody else, was quicker: this is done already. Look at the line again.'

/**
 * A person says what a line was: yes to what is suggested, something else, or nothing of Kith's. A line that was matched stays
 * so; a payment that did not arrive after all is put right on its own page.
 *
 * @throws NOT_FOUND for a line of another account; INVALID when the amounts do not fit; STALE_STATE when the line, or what it
 *   should be, is done already
 */
export async function decideBankLine(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  owner: Owner,
  input: z.input<typeof pressSchema>,
): Promise<Decided> {
  requireBankWorker(actor, owner)
  const press = pressSchema.parse(input)
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const row = await lockLine(tx, owner, press.lineId)
    if (row.state === 'matched') {
      // A second press of the same is no harm.
      const same = press.press === 'choose' && press.subject.id === row.subjectId
      if (press.press === 'accept' || same) return 'matched'
      throw new DomainError('STALE_STATE', 'This line is matched already. What was not right is put right on its own page.') // prettier-ignore
    }
    if (press.press === 'leave_out') return leaveOut(tx, now, actor, owner, row)
    const subject =
      press.press === 'choose'
        ? press.subject
        : row.state === 'suggested' && row.subjectType && row.subjectId
          ? { type: row.subjectType, id: row.subjectId }
          : null
    if (!subject)
      throw new DomainError('STALE_STATE', 'Nothing is suggested for this line any more. Look again.')
    return match(tx, now, actor, owner, row, subject)
  })
}

const lineRow = z.array(
  z.object({
    id: z.string(),
    on: z.date().transform((date) => plainDateOf(date).toString()),
    description: z.string(),
    pence: z.number(),
    state: z.enum(['matched', 'suggested', 'unmatched', 'left_out']),
    allocationId: z.string().nullable(),
    subjectType: z.enum(['payment', 'instalment', 'contribution', 'purchase']).nullable(),
    subjectId: z.string().nullable(),
  }),
)
type LineRow = z.output<typeof lineRow>[number]

async function lockLine(tx: Tx, owner: Owner, lineId: string): Promise<LineRow> {
  const [row] = lineRow.parse(
    await tx.$queryRaw`
      select id::text, booked_on as on, description, pence, state::text, allocation_id::text as "allocationId",
        subject_type as "subjectType", subject_id::text as "subjectId"
      from bank_line where id = ${lineId}::uuid and owner_kind = ${owner.kind}::bank_owner and owner_id = ${owner.id}::uuid for update`,
  )
  if (!row) throw notFound()
  return row
}

async function leaveOut(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  owner: Owner,
  row: LineRow,
): Promise<Decided> {
  if (row.state === 'left_out') return 'left_out'
  await tx.bankLine.update({
    where: { id: row.id },
    data: {
      state: 'left_out',
      subjectType: null,
      subjectId: null,
      why: '',
      decidedById: traceOf(actor).actorUserId,
      decidedAt: toDate(now),
    },
    select: { id: true },
  })
  await audit(tx, now, actor, owner, row, 'bank_line.left_out', {})
  return 'left_out'
}

async function match(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  owner: Owner,
  row: LineRow,
  subject: { type: SubjectType | 'purchase'; id: string },
): Promise<Decided> {
  const { candidates, gone } = await readCandidates(tx, owner, row.allocationId, now)
  const chosen = candidates.find((one) => one.id === subject.id && one.type === subject.type)
  if (!chosen || gone.includes(chosen.id)) throw new DomainError('STALE_STATE', ALREADY)
  refuseWhatDoesNotFit(row, chosen)
  const done = await applyMatches(tx, now, actor, [
    { line: row, subject: { type: chosen.type, id: chosen.id } },
  ])
  if (!done.has(row.id)) throw new DomainError('STALE_STATE', ALREADY)
  const by = traceOf(actor).actorUserId
  await tx.$executeRaw`
    update bank_line set state = 'matched', subject_type = ${chosen.type}, subject_id = ${chosen.id}::uuid, why = '',
      decided_by_id = ${by}::uuid, decided_at = ${isoText(now)}::timestamptz
    where id = ${row.id}::uuid`
  // What other lines were thought to be is not theirs any more.
  await tx.bankLine.updateMany({
    where: { subjectId: chosen.id, state: 'suggested', id: { not: row.id } },
    data: {
      state: 'unmatched',
      subjectType: null,
      subjectId: null,
      why: 'Another line was what this seemed to be.',
    },
  })
  await audit(tx, now, actor, owner, row, 'bank_line.matched', { subject: chosen.type, subjectId: chosen.id })
  return 'matched'
}

/** A payment is paid in full or not at all; an instalment is what came. */
export function fits(line: Pick<MoneyLine, 'pence'>, candidate: Candidate): boolean {
  if (candidate.type === 'payment') return line.pence === -candidate.pence
  if (candidate.type === 'contribution') return line.pence === candidate.pence
  return line.pence > 0 && (!candidate.counted || line.pence === candidate.pence)
}

function refuseWhatDoesNotFit(line: MoneyLine, candidate: Candidate): void {
  if (fits(line, candidate)) return
  const sentence =
    candidate.type === 'payment' && line.pence > 0
      ? 'This money came in. It cannot be a payment that went out.'
      : line.pence < 0 && candidate.type !== 'payment'
        ? 'This money went out. It cannot be money that came in.'
        : `That is ${pounds(candidate.pence)}, and this line is ${pounds(Math.abs(line.pence))}. Choose something of the same amount.`
  throw new DomainError('INVALID', sentence, { fields: { subject: [sentence] } })
}

async function audit(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  owner: Owner,
  row: LineRow,
  action: string,
  facts: Record<string, string>,
): Promise<void> {
  await recordAudit(tx, now, actor, {
    action,
    subjectType: 'bank_line',
    subjectId: row.id,
    ...(owner.kind === 'person' ? { forPersonId: owner.id } : {}),
    facts: { pence: row.pence, day: londonDate(now).toString(), ...facts },
  })
}
