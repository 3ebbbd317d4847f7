import type { Tx } from '#services/db/client.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { longDate, plainDateOf } from '#services/kernel/time.ts'

export interface OpenQuestion {
  id: string
  fund: string
  /** What the person can do now, or whom it waits for. */
  words: string
}

const MOST = 20

/** What a council asks about surplus in a person's funds and is not over yet, the most urgent first. */
export async function openQuestions(tx: Tx, personId: string): Promise<OpenQuestion[]> {
  const cases = await tx.surplusCase.findMany({
    where: { personId, state: { in: ['told', 'answered', 'decided', 'appealed'] } },
    orderBy: [{ answerBy: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: { allocation: { select: { stream: { select: { name: true } } } } },
  })
  return cases.map((one) => ({
    id: one.id,
    fund: one.allocation.stream.name,
    words: wordsOf(one),
  }))
}

function wordsOf(one: {
  state: string
  surplusPence: number
  reclaimPence: number | null
  answerBy: Date
  appealBy: Date | null
}): string {
  switch (one.state) {
    case 'told':
      return `The council asks what ${pounds(one.surplusPence)} of it is for. Answer by ${longDate(plainDateOf(one.answerBy))}.`
    case 'answered':
      return 'You have answered. The council decides, and nothing moves before you hear from them.'
    case 'decided':
      return `The council decided that ${pounds(one.reclaimPence ?? 0)} goes back.${one.appealBy ? ` If you do not agree, say so by ${longDate(plainDateOf(one.appealBy))}.` : ''}`
    default:
      return 'You have said that you do not agree. Somebody else at the council looks at it.'
  }
}
