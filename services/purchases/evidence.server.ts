import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'
import { FILE_WORDS, MOST_FILES, checkFile, safeName } from './evidence.rules.ts'
import { type PurchaseRow, changedMeanwhile, factsOf, readPurchase } from './purchase-row.server.ts'
import { needsReceipt, receiptsOf } from '#services/budgets/receipts.rules.ts'
import {
  councilRecords,
  councilSees,
  personMay,
  requireCouncilSees,
  requirePersonMay,
} from './purchases.policy.ts'
import { recorderFor } from './purchase-row.server.ts'

export interface GivenFile {
  name: string
  bytes: Uint8Array
}
interface Giving {
  purchaseId: string
  file: GivenFile | null
}

/** Whether the scheme asks for a paper about this purchase, paid as it is. */
export const asksForReceipt = (row: PurchaseRow): boolean =>
  row.state === 'paid' && needsReceipt(receiptsOf(row.allocation.stream), row.paidPence ?? row.pence)

/**
 * Keeps a receipt, where the fund's scheme asks for one. What the file is, is seen in its content.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID for a file that is not what it says, not whole or too large;
 *   REFUSED_BY_RULE when the scheme asks for none, or there are enough
 */
export async function giveEvidence(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Giving & { personId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'give_evidence')
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (row.personId !== input.personId) throw notFound()
    await keep(tx, deps.clock.now(), actor, row, input.file)
  })
}

/** The same by whoever pays for the council's side. @throws as `giveEvidence` */
export async function giveEvidenceByCouncil(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Giving,
): Promise<void> {
  requireCouncilSees(actor)
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (!councilSees(actor, row.person.councilId)) throw notFound()
    if (!councilRecords(actor, factsOf(row), recorderFor(row)))
      throw new DomainError('FORBIDDEN', 'Whoever paid for this has the receipt.')
    await keep(tx, deps.clock.now(), actor, row, input.file)
  })
}

async function keep(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  row: PurchaseRow,
  file: GivenFile | null,
): Promise<void> {
  if (!asksForReceipt(row))
    throw new DomainError('REFUSED_BY_RULE', 'Nobody asks for a receipt for this, so none is kept.')
  const checked = checkFile(file?.bytes ?? new Uint8Array())
  if (!file || !checked.ok) throw invalid({ file: [FILE_WORDS[checked.ok ? 'empty' : checked.why]] })
  // Two at once count each other.
  await tx.$executeRaw`select 1 from purchase where id = ${row.id}::uuid for update`
  if ((await tx.evidence.count({ where: { purchaseId: row.id } })) >= MOST_FILES)
    throw new DomainError(
      'REFUSED_BY_RULE',
      `${String(MOST_FILES)} files are kept for one purchase. Take one away first.`,
    )
  const id = newId()
  await tx.evidence.create({
    data: {
      id,
      personId: row.personId,
      purchaseId: row.id,
      name: safeName(file.name, checked.kind),
      mime: checked.kind,
      bytes: Uint8Array.from(file.bytes),
      givenById: traceOf(actor).actorUserId,
      givenAt: toDate(now),
    },
    select: { id: true },
  })
  await recordAudit(tx, now, actor, {
    action: 'evidence.given',
    subjectType: 'purchase',
    subjectId: row.id,
    forPersonId: row.personId,
    facts: { evidenceId: id, kind: checked.kind, bytes: file.bytes.length },
  })
}

/**
 * Takes a paper away that was sent by mistake, until finance has looked at the purchase.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when it has been looked at
 */
export async function takeEvidenceAway(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { personId: string; purchaseId: string; evidenceId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requirePersonMay(actor, input.personId, 'give_evidence')
  if (!isId(input.evidenceId)) throw notFound()
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (row.personId !== input.personId) throw notFound()
    if (row.auditedAt) throw changedMeanwhile()
    const gone = await tx.evidence.deleteMany({ where: { id: input.evidenceId, purchaseId: row.id } })
    if (gone.count !== 1) throw notFound()
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'evidence.taken_away',
      subjectType: 'purchase',
      subjectId: row.id,
      forPersonId: row.personId,
      facts: { evidenceId: input.evidenceId },
    })
  })
}

export interface EvidenceFile {
  name: string
  mime: string
  bytes: Uint8Array
}

/**
 * One paper, for the person, their supporters who see the money, and advisers and finance of their council. Opening it is
 * written down for staff.
 * @throws SIGN_IN; NOT_FOUND for everybody else, as for an id that is nobody's
 */
export async function readEvidence(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  evidenceId: string,
): Promise<EvidenceFile> {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const found = isId(evidenceId)
    ? await deps.db.prisma.evidence.findUnique({
        where: { id: evidenceId },
        include: { person: { select: { councilId: true } } },
      })
    : null
  if (!found?.purchaseId) throw notFound()
  const theirs = personMay(actor, found.personId, 'see')
  if (!theirs && !councilSees(actor, found.person.councilId)) throw notFound()
  if (!theirs)
    await recordAudit(deps.db.prisma, deps.clock.now(), actor, {
      action: 'evidence.opened',
      subjectType: 'purchase',
      subjectId: found.purchaseId,
      forPersonId: found.personId,
      facts: { evidenceId },
    })
  return { name: found.name, mime: found.mime, bytes: found.bytes }
}

/** These papers whole, in the order given, up to so many bytes in all: for a pack, whose caller has asked who may. */
export async function readPapers(
  tx: Tx,
  ids: readonly string[],
  mostBytes: number,
): Promise<(EvidenceFile & { id: string })[]> {
  const papers: (EvidenceFile & { id: string })[] = []
  let left = mostBytes
  const sizes = await tx.$queryRaw<{ id: string; size: number }[]>`
    select id::text, octet_length(bytes) as size from evidence where id = any(${[...ids]}::uuid[])`
  const fits = ids.filter((id) => {
    const size = sizes.find((one) => one.id === id)?.size ?? Infinity
    if (size > left) return false
    left -= size
    return true
  })
  const rows = await tx.evidence.findMany({ where: { id: { in: fits } } })
  for (const id of fits) {
    const row = rows.find((one) => one.id === id)
    if (row) papers.push({ id, name: row.name, mime: row.mime, bytes: row.bytes })
  }
  return papers
}
