import { createHash } from 'node:crypto'
import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, isoText, londonDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { applyMatches } from './apply-matches.server.ts'
import { type ChosenColumns, type Layout, chosenLayout, findLayout } from './bank-layout.rules.ts'
import { type BankFileLine, type FileRecord, type Refused, readLines, sameness } from './bank-lines.rules.ts'
import { type Owner, requireBankWorker } from './bank.policy.ts'
import { type MoneyLine, matchLines } from './match.rules.ts'
import { readCandidates } from './read-candidates.server.ts'
import { readRecords, refuseFile, textOf } from './read-bank-file.server.ts'

export interface BankFile {
  owner: Owner
  /** Of one fund's account, for somebody who holds several. */
  allocationId: string | null
  fileName: string
  /** What the file holds; as text when a page kept it while the columns were chosen. */
  content: Uint8Array | string
  /** Which column is what, when the heading does not say it. */
  mapping?: ChosenColumns | null
}

export interface Imported {
  importId: string
  /** Lines that could be read. */
  rows: number
  /** Of the lines that are new: what became of them. */
  matched: number
  suggested: number
  unmatched: number
  /** Lines that another file, or this one before, had brought. */
  known: number
  /** By line of the file, each with why. */
  refused: Refused[]
}

/** What a page shows when the columns must be chosen. */
export interface ColumnsToChoose {
  /** Numbered from 1, each with what the first lines hold in it. */
  columns: { number: number; samples: string[] }[]
  /** What the file holds, for the page to keep meanwhile; null when it is too long for that. */
  text: string | null
}

/**
 * Reads a bank's file of one account and says what each line was: what fits exactly is done, what fits nearly waits for a
 * person, the rest is kept as it is. The same file twice changes nothing, and a line that stands in two files is one.
 *
 * @throws NOT_FOUND, FORBIDDEN, SIGN_IN, SECOND_STEP by whose account it is; INVALID beside `file` when it is no CSV; INVALID
 *   with the fact `columns` (ColumnsToChoose) when its heading does not say which column is what
 */
export async function importBankFile(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  file: BankFile,
): Promise<Imported> {
  requireBankWorker(actor, file.owner)
  const now = deps.clock.now()
  const records = await readRecords(file.content)
  const layout = layoutFor(records, file)
  const { lines, refused } = readLines(records, layout, londonDate(now))
  if (lines.length === 0 && refused.length === 0)
    refuseFile('This file has a heading and no lines. Choose one with the days that you want.')
  const digest = digestOf(file)
  return deps.db.tx(async (tx) => {
    await requireFundOfHolder(tx, file)
    const importId = await beginImport(tx, now, actor, file, digest, lines.length)
    if (importId.known)
      return { importId: importId.id, rows: lines.length, matched: 0, suggested: 0, unmatched: 0, known: lines.length, refused } // prettier-ignore
    const fresh = await keepNewLines(tx, file, importId.id, lines)
    const counts = await judge(tx, now, actor, file, fresh)
    await recordAudit(tx, now, actor, {
      action: 'bank_file.imported',
      subjectType: 'bank_import',
      subjectId: importId.id,
      ...(file.owner.kind === 'person' ? { forPersonId: file.owner.id } : {}),
      facts: { lines: lines.length, refused: refused.length, ...counts },
    })
    return {
      importId: importId.id,
      rows: lines.length,
      ...counts,
      known: lines.length - fresh.length,
      refused,
    }
  })
}

function layoutFor(records: readonly FileRecord[], { mapping, content }: BankFile): Layout {
  const cells = records.map((record) => record.cells)
  if (mapping) {
    const made = chosenLayout(mapping, cells)
    if (made.ok) return made.layout
    throw new DomainError('INVALID', 'Some columns are to be chosen again.', {
      fields: made.errors,
      facts: { ...columnsOf(cells, content) },
    })
  }
  const found = findLayout(cells)
  if (found) return found
  const sentence =
    'The file does not say by itself which column is what. Say it below, and nothing is guessed.'
  throw new DomainError('INVALID', sentence, {
    fields: { '': [sentence] },
    facts: { ...columnsOf(cells, content) },
  })
}

const SAMPLES = 4
const LONGEST_KEPT = 400_000

function columnsOf(
  records: readonly (readonly string[] | null)[],
  content: BankFile['content'],
): ColumnsToChoose {
  const rows = records.flatMap((cells) => (cells ? [cells] : [])).slice(0, SAMPLES)
  const width = Math.min(40, Math.max(0, ...rows.map((cells) => cells.length)))
  return {
    text: content.length > LONGEST_KEPT ? null : textOf(content),
    columns: Array.from({ length: width }, (_, index) => ({
      number: index + 1,
      samples: rows.map((cells) => (cells[index] ?? '').trim().slice(0, 60)),
    })),
  }
}

const hash = (...parts: (string | Uint8Array)[]): string => {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part).update('\0')
  return sum.digest('hex')
}

const digestOf = ({ allocationId, content, mapping }: BankFile): string =>
  hash(allocationId ?? '', mapping ? JSON.stringify(mapping) : '', content)

async function requireFundOfHolder(tx: Tx, { owner, allocationId }: BankFile): Promise<void> {
  if (allocationId === null) return
  const found = await tx.allocation.count({
    where: {
      id: allocationId,
      ...(owner.kind === 'fund_holder'
        ? { holderProviderId: owner.id }
        : owner.kind === 'person'
          ? { personId: owner.id }
          : { stream: { councilId: owner.id } }),
    },
  })
  if (found === 0) throw notFound()
}

/** The row of the import; the earlier one's id when the same file was brought before. */
async function beginImport(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  { owner, allocationId, fileName }: BankFile,
  digest: string,
  rows: number,
): Promise<{ id: string; known: boolean }> {
  const made = await tx.$queryRaw<{ id: string }[]>`
    insert into bank_import (id, owner_kind, owner_id, allocation_id, file_name, digest, rows, imported_by_id, imported_at)
    values (${newId()}::uuid, ${owner.kind}::bank_owner, ${owner.id}::uuid, ${allocationId}::uuid, ${nameToKeep(fileName)}, ${digest}, ${rows},
      ${traceOf(actor).actorUserId}::uuid, ${isoText(now)}::timestamptz)
    on conflict (owner_kind, owner_id, digest) do nothing returning id::text`
  if (made[0]) return { id: made[0].id, known: false }
  const before = await tx.bankImport.findFirstOrThrow({
    where: { ownerKind: owner.kind, ownerId: owner.id, digest },
    select: { id: true },
  })
  return { id: before.id, known: true }
}

/** What the file was called, without folders and without what cannot be shown. */
const nameToKeep = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '')
    .trim()
    .slice(0, 100) || 'file'

const kept = z.array(z.object({ id: z.string(), n: z.number() }))

/** Lines that no file had brought yet, each with a fingerprint of the account, day, amount, words and number among equals. */
async function keepNewLines(
  tx: Tx,
  { owner, allocationId }: BankFile,
  importId: string,
  lines: readonly BankFileLine[],
): Promise<MoneyLine[]> {
  if (lines.length === 0) return []
  const rows = lines.map((line, n) => ({
    n,
    id: newId(),
    booked_on: line.on.toString(),
    description: line.description,
    pence: line.pence,
    fingerprint: hash(allocationId ?? '', sameness(line), String(line.occurrence)),
  }))
  const fresh = kept.parse(
    await tx.$queryRaw`
      with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as g (n int, id uuid, booked_on date, description text, pence int, fingerprint text)),
      made as (
        insert into bank_line (id, import_id, owner_kind, owner_id, allocation_id, booked_on, description, pence, fingerprint, state)
        select g.id, ${importId}::uuid, ${owner.kind}::bank_owner, ${owner.id}::uuid, ${allocationId}::uuid, g.booked_on, g.description, g.pence,
          g.fingerprint, 'unmatched' from given g order by g.fingerprint
        on conflict (owner_kind, owner_id, fingerprint) do nothing returning id)
      select g.id::text, g.n from given g join made m on m.id = g.id order by g.n`,
  )
  return fresh.flatMap(({ id, n }) => {
    const line = lines[n]
    return line ? [{ id, on: line.on.toString(), description: line.description, pence: line.pence }] : []
  })
}

interface JudgedRow {
  id: string
  state: 'matched' | 'suggested' | 'unmatched'
  type: string | null
  subject: string | null
  why: string
}

/** What fits exactly is done; what fits nearly is kept as a question. */
async function judge(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  { owner, allocationId }: BankFile,
  lines: readonly MoneyLine[],
): Promise<{ matched: number; suggested: number; unmatched: number }> {
  const { candidates, gone } = await readCandidates(tx, owner, allocationId, now)
  const verdicts = matchLines(lines, candidates, gone)
  const judged = lines.flatMap((line) => {
    const verdict = verdicts.get(line.id)
    return verdict ? [{ line, verdict }] : []
  })
  const done = await applyMatches(
    tx,
    now,
    actor,
    judged.flatMap(({ line, verdict }) =>
      verdict.state === 'matched' ? [{ line, subject: verdict.subject }] : [],
    ),
  )
  const rows = judged.flatMap(({ line, verdict }): JudgedRow[] => {
    if (verdict.state === 'unmatched')
      return verdict.why === ''
        ? []
        : [{ id: line.id, state: verdict.state, type: null, subject: null, why: verdict.why }]
    const { type, id } = verdict.subject
    if (verdict.state === 'suggested')
      return [{ id: line.id, state: verdict.state, type, subject: id, why: verdict.why }]
    return done.has(line.id) ? [{ id: line.id, state: verdict.state, type, subject: id, why: '' }] : []
  })
  await tx.$executeRaw`
    update bank_line l set state = j.state, subject_type = j.type, subject_id = j.subject, why = j.why, decided_at = ${toDate(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as j (id uuid, state bank_line_state, type text, subject uuid, why text)
    where l.id = j.id and l.state = 'unmatched'`
  const count = (state: string): number => rows.filter((row) => row.state === state).length
  const [matched, suggested] = [count('matched'), count('suggested')]
  return { matched, suggested, unmatched: lines.length - matched - suggested }
}
