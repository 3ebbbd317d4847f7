import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Who } from '../card/card.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Words } from './needs-list.tsx'

export interface OfferShown {
  id: string
  provider: { id: string; name: string; kind: string }
  title: string
  slug: string
  came: string
  firstDay: string
  when: string
  visits: number
  total: number
  cheapest: number
  dearest: number
  weekly: boolean
  experience: string
  message: string
  cancelling: string
  holds: string
  standing: string
}

/** Every line of it is by the provider's own listing; where visits differ, as at a weekend, from the least to the most. */
export function priceOfVisit(offer: Pick<OfferShown, 'cheapest' | 'dearest'>): string {
  return offer.cheapest === offer.dearest
    ? pounds(offer.cheapest)
    : `${pounds(offer.cheapest)} to ${pounds(offer.dearest)}`
}

/**
 * Offers side by side, in the order in which they came. Each cell is one element: on a phone a row is a card, and a cell a line
 * of it.
 */
export function OffersTable({
  offers,
  personId,
  mayTake,
}: {
  offers: readonly OfferShown[]
  personId: string
  mayTake: boolean
}) {
  return (
    <DataTable
      caption="Offers, in the order in which they came"
      columns={[
        { key: 'who', label: 'Who' },
        { key: 'when', label: 'First day, and when' },
        { key: 'visit', label: 'A visit', numeric: true },
        { key: 'week', label: 'A week', numeric: true },
        { key: 'total', label: 'In all', numeric: true },
        { key: 'says', label: 'What they say' },
        ...(mayTake ? [{ key: 'take', label: 'Your choice' }] : []),
      ]}
      rows={offers.map((offer) => ({
        key: offer.id,
        cells: {
          who: (
            <span className="stack-s">
              <Who
                id={offer.provider.id}
                kind={offer.provider.kind}
                name={<a href={`/services/${offer.slug}`}>{offer.provider.name}</a>}
                size="s"
              />
              <span className="small soft">{offer.experience}</span>
            </span>
          ),
          when: (
            <span>
              <strong>{offer.firstDay}</strong>
              <br />
              <span className="small">{offer.weekly ? offer.when : offer.when.replace(/^.*?, /, '')}</span>
            </span>
          ),
          visit: priceOfVisit(offer),
          week: offer.weekly ? priceOfVisit(offer) : 'Once only',
          total: (
            <span>
              <strong>{pounds(offer.total)}</strong>
              <br />
              <span className="small">
                {offer.visits === 1 ? 'for one visit' : `for ${String(offer.visits)} visits`}
              </span>
            </span>
          ),
          says: (
            <span>
              {offer.message ? <Words text={offer.message} /> : 'No message.'}
              <br />
              <span className="small soft">Holds until {offer.holds}.</span>
            </span>
          ),
          take: <Take offer={offer} personId={personId} />,
        },
      }))}
    />
  )
}

function Take({ offer, personId }: { offer: OfferShown; personId: string }) {
  const whose = <span className="vh"> from {offer.provider.name}</span>
  return (
    <form method="post" className="stack-s">
      <input type="hidden" name="personId" value={personId} />
      <input type="hidden" name="offerId" value={offer.id} />
      <input type="hidden" name="expectedPence" value={offer.total} />
      <Button name="intent" value="take">
        Take this offer{whose}
      </Button>
      <Button kind="second" size="small" name="intent" value="look">
        See who pays first{whose}
      </Button>
    </form>
  )
}
