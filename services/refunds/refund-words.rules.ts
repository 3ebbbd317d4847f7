/** What is said of a refund, at each state, to each reader. Never "back" before it is. Pure. */
import { pounds } from '#services/kernel/money.ts'
import type { MoneyIs } from './refund.rules.ts'

export type RefundReader = 'person' | 'provider' | 'council' | 'fund_holder'

export interface RefundFacts {
  state: 'asked' | 'decided' | 'refused' | 'returned'
  pence: number
  personPence: number
  askedAs: 'person' | 'provider' | 'council'
  decidedAs: 'provider' | 'council' | null
  provider: string
  /** What goes back, by where its money is. */
  parts: { pence: number; is: MoneyIs; payer: 'person' | 'council' | 'fund_holder'; fund: string }[]
  decides: 'provider' | 'council'
}

export interface RefundWords {
  tone: 'plain' | 'asked' | 'done' | 'stop'
  tag: string
  /** One sentence a thing. */
  sentences: string[]
}

const whoAsked: Record<RefundFacts['askedAs'], string> = {
  person: 'The person asked',
  provider: 'The provider offered',
  council: 'The council began it',
}

/** Where the money of a decided refund is: the part that matters most to a reader first. */
function moneyWords({ parts, provider }: RefundFacts, reader: RefundReader): string[] {
  const sum = (is: MoneyIs): number =>
    parts.filter((part) => part.is === is).reduce((all, part) => all + part.pence, 0)
  const you = reader === 'provider'
  const words: Record<MoneyIs, (amount: string) => string> = {
    not_paid_yet: (amount) =>
      `${amount} of it is not known to have arrived yet: the next payment is smaller by it.`,
    with_provider: (amount) =>
      you
        ? `${amount} had been paid. You owe it: send it back, or it is taken off what you are paid next.`
        : `${amount} is decided; the money is not back yet. ${provider} sends it, or it is taken off what ${provider} is paid next.`,
    on_its_way: (amount) => `${amount} is on its way back.`,
    back: (amount) => `${amount} is back where it was paid from.`,
  }
  return (['with_provider', 'on_its_way', 'not_paid_yet', 'back'] as const).flatMap((is) => {
    const amount = sum(is)
    return amount === 0 ? [] : [words[is](pounds(amount))]
  })
}

/** The fund's own side: it is free to use as soon as it is decided, whatever the bank still has to do. */
function fundWords({ parts }: RefundFacts, reader: RefundReader): string {
  const funds = new Map<string, number>()
  for (const { fund, pence } of parts) funds.set(fund, (funds.get(fund) ?? 0) + pence)
  const list = [...funds].map(([fund, pence]) => `${pounds(pence)} in ${fund}`).join(' and ')
  return reader === 'person' ? `It counts as back in your funds: ${list}.` : `It counts as back: ${list}.`
}

export function refundWords(facts: RefundFacts, reader: RefundReader): RefundWords {
  const amount = pounds(facts.pence)
  const decider = facts.decides === 'council' ? 'The council' : facts.provider
  switch (facts.state) {
    case 'asked':
      return {
        tone: 'asked',
        tag: 'Asked',
        sentences: [
          reader === 'person' && facts.askedAs === 'person'
            ? `You asked for ${amount}.`
            : `${whoAsked[facts.askedAs]}: ${amount}.`,
          (reader === 'provider' && facts.decides === 'provider') ||
          (reader === 'council' && facts.decides === 'council')
            ? 'You decide.'
            : `${decider} decides. Nothing has moved.`,
        ],
      }
    case 'refused':
      return {
        tone: 'stop',
        tag: 'Not given back',
        sentences: [
          `${decider} said no. Nothing has moved.`,
          ...(reader === 'person' ? ['If you do not agree, talk to a person, or complain.'] : []),
        ],
      }
    case 'decided':
    case 'returned': {
      const part =
        facts.personPence > 0
          ? [
              `Of it, ${pounds(facts.personPence)} is what ${reader === 'person' ? 'you pay' : 'the person pays'} towards it, and ${pounds(facts.pence - facts.personPence)} the council’s.`,
            ]
          : []
      return {
        tone: facts.state === 'returned' ? 'done' : 'asked',
        tag: facts.state === 'returned' ? 'Given back' : 'Decided',
        sentences: [
          `${facts.decidedAs === 'council' ? 'The council' : reader === 'provider' ? 'You' : facts.provider} decided to give ${amount} back.`,
          fundWords(facts, reader),
          ...part,
          ...moneyWords(facts, reader),
        ],
      }
    }
  }
}
