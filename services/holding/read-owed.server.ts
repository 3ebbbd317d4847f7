import { type VisitTitle, visitTitles } from '#services/bookings/visit-titles.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { type NoWord, type Word, wordFor } from './paying.rules.ts'
import type { HeldAccount } from './read-account.server.ts'
import { type Press, whoSaid } from './who-said.server.ts'

/** More than a holder owes for one fund at a time. */
const MOST = 300

export interface Told {
  instructionId: string
  /** 'done': it was paid and did not arrive, so it is owed again and the person's word still stands. */
  state: 'asked' | 'done'
  pence: number
  at: Temporal.Instant
  by: string
  note: string
}
export interface Refused {
  by: string
  at: Temporal.Instant
  reason: string
}

/** One thing that a held fund owes. */
export interface Owed {
  payableId: string
  visitId: string | null
  providerId: string
  provider: string
  /** The holder's own service. */
  own: boolean
  what: string
  onDay: Temporal.PlainDate
  pence: number
  /** Since when it is owed. */
  since: Temporal.Instant
  told: Told | null
  /** Why the holder did not pay it, when it was told to and nobody has asked again. */
  refused: Refused | null
  word: Word | NoWord
}
/** What a provider gives back: it makes the next payment to it smaller. */
export interface Credit {
  payableId: string
  providerId: string
  pence: number
}

/**
 * What a held fund owes and nothing has been done about yet, oldest first, each with whose word there is for it; and what
 * providers give back.
 */
export async function readOwed(
  tx: Tx,
  account: HeldAccount,
  today: Temporal.PlainDate,
): Promise<{ owed: Owed[]; credits: Credit[] }> {
  const payables = await tx.payable.findMany({
    where: {
      allocationId: account.allocationId,
      state: 'due',
      payerKind: 'fund_holder',
      payerId: account.holderId,
    },
    orderBy: [{ onDay: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: { provider: { select: { name: true } } },
  })
  const ids = payables.map(({ id }) => id)
  const [titles, instructions] = await Promise.all([
    visitTitles(
      tx,
      payables.flatMap(({ visitId }) => visitId ?? []),
    ),
    tx.paymentInstruction.findMany({
      where: { payableId: { in: ids }, state: { in: ['asked', 'done', 'refused'] } },
      orderBy: { askedAt: 'asc' },
    }),
  ])
  const by = await whoSaid(
    tx,
    instructions.flatMap((one): Press[] => [
      { userId: one.askedById, authorityId: one.authorityId },
      { userId: one.answeredById, authorityId: null },
    ]),
    { userId: account.personUserId, shortName: account.shortName },
  )
  const told = new Map<string, Told>()
  const refused = new Map<string, Refused>()
  for (const one of instructions) {
    if (!one.payableId) continue
    if (one.state === 'refused') {
      const at = fromDate(one.answeredAt ?? one.askedAt)
      refused.set(one.payableId, {
        by: by({ userId: one.answeredById, authorityId: null }),
        at,
        reason: one.answer,
      })
    } else if (one.state !== 'withdrawn')
      told.set(one.payableId, {
        instructionId: one.id,
        state: one.state,
        pence: one.pence,
        at: fromDate(one.askedAt),
        by: by({ userId: one.askedById, authorityId: one.authorityId }),
        note: one.note,
      })
  }
  const owed: Owed[] = []
  const credits: Credit[] = []
  for (const payable of payables) {
    const { id, providerId, pence } = payable
    if (pence < 0) {
      credits.push({ payableId: id, providerId, pence })
      continue
    }
    const its = told.get(id) ?? null
    owed.push({
      payableId: id,
      visitId: payable.visitId,
      providerId,
      provider: payable.provider.name,
      own: providerId === account.holderId,
      what: whatIsOwed(payable, payable.visitId ? titles.get(payable.visitId) : undefined),
      onDay: plainDateOf(payable.onDay),
      pence,
      since: fromDate(payable.createdAt),
      told: its,
      refused: its ? null : (refused.get(id) ?? null),
      word: wordFor({
        deployment: account.deployment,
        terms: account.agreement,
        pence,
        told: its,
        today: today.toString(),
      }),
    })
  }
  return { owed, credits }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  late_cancellation: 'Cancelled late: ',
  no_answer: 'No answer at the door: ',
}

/** 'Morning help, Wednesday 18 November' */
export function whatIsOwed(payable: { onDay: Date }, visit: VisitTitle | undefined): string {
  const day = visit ? londonDate(fromDate(visit.startsAt)) : plainDateOf(payable.onDay)
  return `${OUTCOMES[visit?.outcome ?? ''] ?? ''}${visit?.title ?? 'A visit'}, ${longDate(day, { year: false })}`
}

/** Who is paid how much for what is chosen: by provider, with what they give back taken off. */
export function byProvider(
  owed: readonly Owed[],
  credits: readonly Credit[],
): { providerId: string; provider: string; own: boolean; owed: Owed[]; credits: Credit[]; pence: number }[] {
  const groups = new Map<string, Owed[]>()
  for (const one of owed) groups.set(one.providerId, [...(groups.get(one.providerId) ?? []), one])
  return [...groups].map(([providerId, its]) => {
    const back = credits.filter((credit) => credit.providerId === providerId)
    return {
      providerId,
      provider: its[0]?.provider ?? '',
      own: its[0]?.own ?? false,
      owed: its,
      credits: back,
      pence: [...its, ...back].reduce((sum, one) => sum + one.pence, 0),
    }
  })
}
