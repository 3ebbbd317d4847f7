import { pounds } from '#services/kernel/money.ts'
import { Facts } from '~/components/card/card.tsx'

interface Left {
  over: boolean
  until: string
  available: number
  held: number
  cards: readonly unknown[]
}

/** What a card can still pay. */
export function CardLeft({ fund }: { fund: Left }) {
  return (
    <>
      <p>
        {fund.over
          ? `This fund ended on ${fund.until}.`
          : `${pounds(fund.available)} can be spent${fund.cards.length > 0 ? ' with the card' : ''}, until ${fund.until}.`}
      </p>
      <Facts
        items={[
          { term: fund.cards.length > 0 ? 'Left on the card' : 'Left', value: pounds(fund.available) },
          { term: 'Set aside', value: pounds(fund.held) },
        ]}
      />
    </>
  )
}
