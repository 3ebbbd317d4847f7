import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'
import { Tile } from '../tile/picture.tsx'
import { kindLabel } from '../tile/tile.ts'

export interface OptionCardProps {
  href: string
  title: string
  provider: { id: string; name: string; kind: string }
  facts: readonly string[]
  price: { pence: number; unit: string } | null
  priceWords: { words: string; unit?: string } | null
  summary: string
  nextFree: string | null
  nextIs: string
  place: { strong: string; rest?: string } | null
  /** Two or three sentences, from the answers. */
  reasons: readonly string[]
  /** A form: puts it on the shortlist. */
  keep: ReactNode
}

/** One of the handful: why it is here comes before all else. */
export function OptionCard(props: OptionCardProps) {
  const { provider, price, priceWords, place } = props
  return (
    <li className="card result">
      <div className="result-top">
        <div className="who top">
          <Tile id={provider.id} kind={provider.kind} />
          <div>
            <h2>
              <a href={props.href}>{props.title}</a>
            </h2>
            {provider.name === props.title ? null : <p>{provider.name}</p>}
            <p className="kind">{[kindLabel(provider.kind), ...props.facts].join(' · ')}</p>
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
      <div className="reasons stack-s">
        <h3>Why it may suit you</h3>
        <ul>
          {props.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
      {props.summary ? <p>{props.summary}</p> : null}
      {props.nextFree || place ? (
        <p className="row-s times">
          {props.nextFree ? (
            <span>
              <span className="soft">{props.nextIs}:</span> <strong>{props.nextFree}</strong>
            </span>
          ) : null}
          {place ? (
            <span>
              <strong>{place.strong}</strong> {place.rest ? <span className="soft">{place.rest}</span> : null}
            </span>
          ) : null}
        </p>
      ) : null}
      {props.keep}
    </li>
  )
}
