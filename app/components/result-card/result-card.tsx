import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'
import { Tile } from '../tile/picture.tsx'
import { kindLabel } from '../tile/tile.ts'
import { ExperienceSummary, type Experience } from '../voices/experience.tsx'
import { RegulatorSummary, Voices, type Regulator } from '../voices/regulator.tsx'

export interface ResultCardProps {
  href: string
  title: string
  provider: { id: string; name: string; kind: string }
  /** Short facts after the kind: 'new here', 'personal care'. */
  facts?: readonly string[]
  /** Number on the map. */
  pin?: number | null
  /** The whole price in pence and what it is for: 'for one hour, travel in'. */
  price?: { pence: number; unit: string } | null
  /** Instead of a price: 'No price yet', 'Free'. */
  priceWords?: { words: string; unit?: string } | null
  /** One or two sentences. */
  summary?: string | null
  /** In words: 'Wed 25 Nov, 9am'. */
  nextFree?: string | null
  /** 'Next' for what is not booked. */
  nextIs?: string
  /** 'Comes to you' and 'from 1.2 miles away'. */
  place?: { strong: string; rest?: string } | null
  /** Left out for a place nobody has claimed. */
  experience?: Experience | null
  regulator: Regulator
  /** Why it stands where it stands. */
  why: string
  /** For a place nobody has claimed: where its facts are from, and when. */
  source?: { words: string; date: string } | null
  level?: 2 | 3
  /** A form: puts it on the shortlist. */
  keep?: ReactNode
}

/** One result, as an item of a list. Plain elements and links: twenty of them are drawn at once. */
export function ResultCard(props: ResultCardProps) {
  const { provider, pin, price, priceWords, place } = props
  const Heading = props.level === 2 ? 'h2' : 'h3'
  return (
    <li className="card result" id={pin ? `result-${String(pin)}` : undefined}>
      <div className="result-top">
        <div className="who top">
          <span className="pinned">
            <Tile id={provider.id} kind={provider.kind} />
            {pin ? (
              <span className="pin">
                <span className="vh">On the map: </span>
                {pin}
              </span>
            ) : null}
          </span>
          <div>
            <Heading>
              <a href={props.href}>{props.title}</a>
            </Heading>
            {provider.name === props.title ? null : <p>{provider.name}</p>}
            <p className="kind">{[kindLabel(provider.kind), ...(props.facts ?? [])].join(' · ')}</p>
          </div>
        </div>
        {price ? (
          <p className="cost">
            <span className="price">{pounds(price.pence)}</span> <span className="sub">{price.unit}</span>
          </p>
        ) : priceWords ? (
          <p className="cost">
            <strong>{priceWords.words}</strong>{' '}
            {priceWords.unit ? <span className="sub">{priceWords.unit}</span> : null}
          </p>
        ) : null}
      </div>
      {props.summary ? <p>{props.summary}</p> : null}
      {props.nextFree || place ? (
        <p className="row-s times">
          {props.nextFree ? (
            <span>
              <span className="soft">{props.nextIs ?? 'Next free'}:</span> <strong>{props.nextFree}</strong>
            </span>
          ) : null}
          {place ? (
            <span>
              <strong>{place.strong}</strong> {place.rest ? <span className="soft">{place.rest}</span> : null}
            </span>
          ) : null}
        </p>
      ) : null}
      <Voices
        experience={
          props.experience ? (
            <ExperienceSummary {...props.experience} />
          ) : (
            <p>Nobody can say yet: support here is not booked through Kith.</p>
          )
        }
        regulator={<RegulatorSummary {...props.regulator} />}
      />
      {props.source ? (
        <p className="small soft">
          Nobody has claimed this page yet. Its facts are from {props.source.words}, {props.source.date}.
        </p>
      ) : null}
      <div className="row-s top">
        <details className="why">
          <summary>
            Why is this here?<span className="vh"> {props.title}</span>
          </summary>
          <p>{props.why}</p>
        </details>
        {props.keep}
      </div>
    </li>
  )
}
