import { pounds } from '#services/kernel/money.ts'
import { Facts } from '~/components/card/card.tsx'

interface Left {
  over: boolean
  until: string
  available: number
  held: number
  paidIn: number
}

/** What a card can still pay, and what of the fund it cannot. */
export function CardLeft({ fund, who }: { fund: Left; who: string }) {
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
      {fund.paidIn > 0 ? (
        <p className="small">
          {pounds(fund.paidIn)} more is left of what {who} paid in. It pays for visits; in shops the card does
          not draw on it.
        </p>
      ) : null}
    </>
  )
}
