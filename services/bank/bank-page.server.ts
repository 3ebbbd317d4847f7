import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal, fromDate, londonDate, longDate, plainDateOf, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Owner, requireBankReader } from './bank.policy.ts'
import { fits } from './decide-bank-line.server.ts'
import type { Candidate } from './match.rules.ts'
import { readCandidates } from './read-candidates.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
export const LINE_STATES = ['suggested', 'unmatched', 'matched', 'left_out'] as const
export type LineState = (typeof LINE_STATES)[number]
const A_PAGE = 25
/** More than that nobody looks through. */
const MOST_CHOICES = 60

export interface BankPageLine {
  id: string
  day: string
  description: string
  /** Above zero in, below zero out. Pence. */
  pence: number
  state: LineState
  /** What it is, or is thought to be: 'Payment to Weavers Care, £27.50'. */
  subject: string | null
  why: string
  /** What else it could be, of the same direction and amount. */
  choices: { value: string; label: string }[]
}

export interface BankPage {
  state: LineState
  counts: Record<LineState, number>
  lines: BankPageLine[]
  page: number
  pages: number
  /** Files that were brought, the newest first. */
  files: { id: string; name: string; rows: number; when: string }[]
}

/**
 * What the files of an account said, by what became of each line.
 * @param query.state the first that has lines, when it is none of ours
 * @throws as requireBankReader; NOT_FOUND for a page that is not there
 */
export async function bankPage(
  deps: Needs,
  actor: Actor,
  owner: Owner,
  query: { state: string | null; page: string | null },
  allocationId: string | null = null,
): Promise<BankPage> {
  requireBankReader(actor, owner)
  const { prisma } = deps.db
  const where = { ownerKind: owner.kind, ownerId: owner.id, ...(allocationId ? { allocationId } : {}) }
  const [groups, files] = await Promise.all([
    prisma.bankLine.groupBy({ by: ['state'], where, _count: { _all: true } }),
    prisma.bankImport.findMany({ where, orderBy: [{ importedAt: 'desc' }, { id: 'desc' }], take: 5 }),
  ])
  const countOf = (state: LineState): number =>
    groups.find((group) => group.state === state)?._count._all ?? 0
  const counts = {
    suggested: countOf('suggested'),
    unmatched: countOf('unmatched'),
    matched: countOf('matched'),
    left_out: countOf('left_out'),
  }
  const state =
    LINE_STATES.find((one) => one === query.state) ??
    LINE_STATES.find((one) => counts[one] > 0) ??
    'suggested'
  const pages = Math.max(1, Math.ceil(counts[state] / A_PAGE))
  const page = readPage(query.page)
  if (page > pages) throw notFound()
  const rows = await prisma.bankLine.findMany({
    where: { ...where, state },
    orderBy: [{ bookedOn: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * A_PAGE,
    take: A_PAGE,
  })
  const { candidates, gone } = await readCandidates(prisma, owner, allocationId, deps.clock.now())
  const open = candidates.filter(({ id }) => !gone.includes(id))
  const words = await wordsOfMatched(
    deps,
    rows.flatMap(({ subjectId, state: its }) => (subjectId && its === 'matched' ? [subjectId] : [])),
  )
  return {
    state,
    counts,
    page,
    pages,
    files: files.map((file) => ({
      id: file.id,
      name: file.fileName,
      rows: file.rows,
      when: longDate(londonDate(fromDate(file.importedAt))),
    })),
    lines: rows.map((row) => {
      const thought = candidates.find(({ id }) => id === row.subjectId)
      return {
        id: row.id,
        day: shortDate(plainDateOf(row.bookedOn)),
        description: row.description,
        pence: row.pence,
        state: row.state,
        subject:
          row.state === 'matched'
            ? (words.get(row.subjectId ?? '') ?? 'Something that is done')
            : thought
              ? candidateWords(thought)
              : null,
        why: row.why,
        choices:
          row.state === 'matched'
            ? []
            : open
                .filter((one) => fits(row, one) && !(row.state === 'suggested' && one.id === row.subjectId))
                .slice(0, MOST_CHOICES)
                .map((one) => ({ value: `${one.type}:${one.id}`, label: candidateWords(one) })),
      }
    }),
  }
}

const readPage = (text: string | null): number => {
  if (text === null || text === '') return 1
  if (!/^[1-9]\d{0,3}$/.test(text)) throw notFound()
  return Number(text)
}

function candidateWords(one: Candidate): string {
  switch (one.type) {
    case 'payment':
      return `Payment to ${one.name}, ${pounds(one.pence)}, reference ${one.reference}`
    case 'instalment':
      return `Money from ${one.name}, ${pounds(one.pence)}, due on ${longDate(Temporal.PlainDate.from(one.dueOn))}`
    case 'contribution':
      return `What ${one.name} pays, ${pounds(one.pence)}, reference ${one.reference}`
  }
}

/** What lines were, once they are done: payments, instalments and contributions, each in one look. */
async function wordsOfMatched({ db }: Needs, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const where = { id: { in: [...ids] } }
  const [payments, instalments, contributions] = await Promise.all([
    db.prisma.payment.findMany({
      where,
      include: { provider: { select: { name: true } } },
      take: ids.length,
    }),
    db.prisma.instalment.findMany({
      where,
      include: { allocation: { select: { stream: { select: { name: true } } } } },
      take: ids.length,
    }),
    db.prisma.contributionPayment.findMany({
      where,
      include: { person: { select: { name: true } } },
      take: ids.length,
    }),
  ])
  return new Map([
    ...payments.map((one): [string, string] => [
      one.id,
      `Payment to ${one.provider.name}, reference ${one.reference}`,
    ]),
    ...instalments.map((one): [string, string] => [
      one.id,
      `${one.allocation.stream.name}: the money due on ${longDate(plainDateOf(one.dueOn))}`,
    ]),
    ...contributions.map((one): [string, string] => [
      one.id,
      `What ${one.person.name} paid, reference ${one.reference}`,
    ]),
  ])
}
