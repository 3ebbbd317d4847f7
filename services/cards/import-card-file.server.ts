import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import { type Temporal, londonDate, londonInstant, longDate, toDate } from '#services/kernel/time.ts'
import { type CardTransaction, FILE_FAULTS, LINE_FAULTS } from '#services/ports/card-files.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import type { CardOutcome } from './card-event.schema.ts'
import { type CardRow, lockCard } from './card-rows.server.ts'
import { writeFileDifferences } from './file-differences.server.ts'
import { giveBack } from './give-back.server.ts'
import { mappingForm, mappingOf } from './mapping.schema.ts'
import { isKnown, takeMoney } from './take-money.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'cardFiles'>

export interface FileLine {
  line: number
  on: string
  what: string
  card: string
  pence: number
  /** new: it will be, or was, taken in. known: another file or event brought it before. refused: why says it. */
  stands: 'new' | 'known' | 'refused'
  why: string | null
}
export interface CardFile {
  lines: FileLine[]
  fresh: number
  known: number
  refused: number
}

const OUTCOME_WORDS: Readonly<Partial<Record<CardOutcome, string>>> = {
  'more than is left':
    'the fund has less than this left, so the books would not agree: look at the fund, then bring the file again',
  'unknown object': 'gives money back, and no purchase at that shop is known',
  'more than was paid': 'gives back more than was paid at that shop',
  'a visit was paid back':
    'gives back what a visit cost: that is decided on the visit’s own page, under refunds',
}
const KIND_WORDS: Readonly<Record<CardTransaction['kind'], string>> = {
  load: 'Put on the card',
  unload: 'Taken off the card',
  purchase: 'Purchase',
  refund: 'Money back',
  cash: 'Cash',
  fee: 'Fee of the scheme',
  decline: 'Refused',
}

/** What the form sends beside the mapping; `file` is the text of the file. */
const fileForm = mappingForm.extend({
  programmeId: z.uuid({ error: 'Choose the card scheme' }),
  file: z.string({ error: 'Choose the file.' }),
})
type Given = Record<string, unknown> & { councilId: string }

/**
 * Reads a card scheme's file of transactions by the scheme's mapping and says of each line what would become of it. Nothing is
 * changed but the mapping, which is kept for the next file.
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council; SECOND_STEP; INVALID beside `file` when the file as a whole
 *   cannot be taken, or beside a field of the mapping
 */
export async function previewCardFile(deps: Needs, actor: Actor, input: Given): Promise<CardFile> {
  const { programmeId, form, read } = await open(deps, actor, input)
  await deps.db.prisma.cardProgramme.update({ where: { id: programmeId }, data: { fileMapping: form } })
  const cards = await cardsIn(deps.db.prisma, programmeId, read.rows)
  const known = await knownAmong(deps.db.prisma, programmeId, read.rows)
  return summed(
    read.rows.map((row) => {
      if (!cards.has(row.card)) return lineOf(row, 'refused', UNKNOWN_CARD)
      return lineOf(row, known.has(`${row.card} ${row.reference}`) ? 'known' : 'new', null)
    }),
    read.refused,
  )
}

/**
 * Takes a card scheme's file in. Each line is taken by itself, in the order of the file: what a line brought before, in this file,
 * another or an event, changes nothing; a line that cannot be taken is said by its number, and the rest is taken.
 * @throws as `previewCardFile`
 */
export async function importCardFile(deps: Needs, actor: Actor, input: Given): Promise<CardFile> {
  const { programmeId, councilId, read } = await open(deps, actor, input)
  const now = deps.clock.now()
  const lines: FileLine[] = []
  const leftOut: { row: CardTransaction; why: string }[] = []
  for (const row of read.rows) {
    const line = await takeLine(deps, actor, now, programmeId, row)
    lines.push(line)
    if (line.why !== null) leftOut.push({ row, why: line.why })
  }
  const result = summed(lines, read.refused)
  await deps.db.tx(async (tx) => {
    await writeFileDifferences(tx, now, { councilId, programmeId }, read.rows, leftOut)
    await recordAudit(tx, now, actor, {
      action: 'card_file.imported',
      subjectType: 'card_programme',
      subjectId: programmeId,
      forPersonId: null,
      facts: { councilId, fresh: result.fresh, known: result.known, refused: result.refused },
    })
  })
  return result
}

async function open(deps: Needs, actor: Actor, input: Given) {
  const { councilId } = input
  if (!isId(councilId)) throw notFound()
  requireStaffOf(actor, 'money.work', councilId)
  requireFreshSecondStep(actor)
  const { programmeId, file, ...given } = parseInput(fileForm, input)
  const programme = await deps.db.prisma.cardProgramme.findFirst({ where: { id: programmeId, councilId } })
  if (!programme) throw notFound()
  const form = Object.fromEntries(
    Object.keys(mappingForm.shape).map((name) => {
      const value = input[name]
      return [name, typeof value === 'string' ? value : '']
    }),
  )
  const mapping = mappingOf(given)
  if (mapping.spending === 'two_columns' && mapping.columns.moneyIn === undefined)
    throw invalid({ moneyIn: ['Write the heading of the column with what comes in.'] })
  const read = deps.cardFiles.read(file, mapping, londonDate(deps.clock.now()))
  if (!read.ok) throw invalid({ file: [FILE_FAULTS[read.why]] })
  if (read.rows.length === 0 && read.refused.length === 0)
    throw invalid({ file: ['The file has a heading and no lines.'] })
  return { councilId, programmeId, form, read }
}

const UNKNOWN_CARD = 'is of a card that is none of this scheme’s here: write the card down first'

async function takeLine(
  deps: Needs,
  actor: Actor,
  now: Temporal.Instant,
  programmeId: string,
  row: CardTransaction,
): Promise<FileLine> {
  return deps.db.tx(async (tx) => {
    const card = await lockCard(tx, row.card)
    if (card?.programmeId !== programmeId) return lineOf(row, 'refused', UNKNOWN_CARD)
    const outcome = await applyLine(tx, now, actor, card, row)
    if (outcome === 'done') return lineOf(row, 'new', null)
    if (outcome === 'nothing to do') return lineOf(row, 'known', null)
    return lineOf(row, 'refused', OUTCOME_WORDS[outcome] ?? 'could not be taken')
  })
}

async function applyLine(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  row: CardTransaction,
): Promise<CardOutcome> {
  const at = londonInstant(row.on.toString(), '12:00')
  const merchant = { name: row.merchant ?? '', mcc: row.mcc ?? '' }
  const of = { transaction: row.reference, authorisation: null, amount: row.amount, merchant, at }
  switch (row.kind) {
    case 'purchase':
    case 'cash':
      return takeMoney(tx, now, actor, card, { ...of, movement: row.kind })
    case 'fee':
      return takeMoney(tx, now, actor, card, {
        ...of,
        movement: 'fee',
        merchant: { ...merchant, name: row.merchant ?? 'A fee of the card scheme' },
      })
    case 'refund':
      return giveBack(tx, now, actor, card, of)
    case 'load':
    case 'unload':
    case 'decline':
      return noted(tx, now, card, row, at)
  }
}

/** What moves no money in the books: instalments are recorded where they arrive, and what was refused was not taken. */
async function noted(
  tx: Tx,
  now: Temporal.Instant,
  card: CardRow,
  row: CardTransaction,
  at: Temporal.Instant,
): Promise<CardOutcome> {
  if (await isKnown(tx, card.id, row.reference)) return 'nothing to do'
  const declined = row.kind === 'decline'
  // A refusal without an amount says nothing that helps anybody.
  if (row.amount === 0) return 'nothing to do'
  await tx.cardTransaction.create({
    data: {
      id: newId(),
      cardId: card.id,
      allocationId: card.allocationId,
      personId: card.personId,
      movement: row.kind === 'load' || row.kind === 'unload' ? row.kind : 'purchase',
      state: declined ? 'declined' : 'cleared',
      declined: declined ? 'scheme_said_no' : null,
      pence: row.amount,
      merchant: (row.merchant ?? '').slice(0, 100),
      merchantCode: row.mcc ?? '',
      externalId: row.reference,
      clearedId: declined ? null : row.reference,
      at: toDate(at),
      updatedAt: toDate(now),
    },
    select: { id: true },
  })
  return 'done'
}

const names = (rows: readonly CardTransaction[]) => [...new Set(rows.map(({ card }) => card))]

async function cardsIn(tx: Tx, programmeId: string, rows: readonly CardTransaction[]): Promise<Set<string>> {
  const found = await tx.card.findMany({
    where: { programmeId, externalId: { in: names(rows) } },
    select: { externalId: true },
  })
  return new Set(found.map(({ externalId }) => externalId))
}

async function knownAmong(
  tx: Tx,
  programmeId: string,
  rows: readonly CardTransaction[],
): Promise<Set<string>> {
  const references = rows.map(({ reference }) => reference)
  const found = await tx.cardTransaction.findMany({
    where: {
      card: { programmeId },
      OR: [
        { clearedId: { in: references } },
        { externalId: { in: references }, state: { in: ['cleared', 'declined'] } },
      ],
    },
    select: { externalId: true, clearedId: true, card: { select: { externalId: true } } },
  })
  return new Set(found.map((one) => `${one.card.externalId} ${one.clearedId ?? one.externalId}`))
}

const lineOf = (row: CardTransaction, stands: FileLine['stands'], why: string | null): FileLine => ({
  line: row.line,
  on: longDate(row.on),
  what: row.merchant ? `${KIND_WORDS[row.kind]}: ${row.merchant}` : KIND_WORDS[row.kind],
  card: row.card,
  pence: row.amount,
  stands,
  why,
})

function summed(
  read: readonly FileLine[],
  refused: readonly { line: number; why: keyof typeof LINE_FAULTS }[],
): CardFile {
  const lines = [
    ...read,
    ...refused.map(({ line, why }): FileLine => ({
      line,
      on: '',
      what: '',
      card: '',
      pence: 0,
      stands: 'refused',
      why: LINE_FAULTS[why],
    })),
  ].sort((a, b) => a.line - b.line)
  const count = (stands: FileLine['stands']) => lines.filter((one) => one.stands === stands).length
  return { lines, fresh: count('new'), known: count('known'), refused: count('refused') }
}
