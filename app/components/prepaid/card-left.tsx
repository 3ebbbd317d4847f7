import { pounds } from '#services/kernel/money.ts'
import { Facts } from '~/components/card/card.tsx'

interface Left {
  over: boolean
  until: string
  available: number
  held: number
}

/** What a card can still pay. */
export function CardLeft({ fund }: { fund: Left }) {
  return (
    <>
      <p>
        {fund.over
          ? `This fund ended on ${fund.until}.`
          : `${pounds(fund.available)} can be spent with the card, until ${fund.until}.`}
      </p>
      <Facts
        items={[
          { term: 'Left on the card', value: pounds(fund.available) },
          { term: 'Set aside', value: pounds(fund.held) },
        ]}
      />
    </>
  )
}
