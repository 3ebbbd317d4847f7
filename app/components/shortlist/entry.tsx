import { pounds } from '#services/kernel/money.ts'
import { Keep } from '../keep/keep.tsx'
import { Tile } from '../tile/picture.tsx'
import { kindLabel } from '../tile/tile.ts'
import { ExperienceSummary, type Experience } from '../voices/experience.tsx'
import { RegulatorSummary, Voices, type Regulator } from '../voices/regulator.tsx'
import { Said, type Written, type Wrong } from './said.tsx'

export interface EntryProps {
  card: {
    id: string
    slug: string
    title: string
    summary: string
    provider: { id: string; name: string; kind: string }
    listed: {
      price: { pence: number; unit: string } | null
      priceWords: string | null
      nextFree: string | null
      nextIs: string
      where: string
      experience: Experience
      regulator: Regulator
    } | null
  }
  written: Written | null
  whose: { kind: 'browser' } | { kind: 'person'; personId: string; shortName: string; self: boolean }
  /** Id of the form that compares what is ticked. */
  compareForm: string
  wrong: Wrong | null
}

/** One service that is kept: what it is, why, and what others say of it. */
export function Entry({ card, written, whose, compareForm, wrong }: EntryProps) {
  const { listed, provider } = card
  const tick = `compare-${card.id}`
  const personId = whose.kind === 'person' ? whose.personId : null
  return (
    <li className="card stack" id={`entry-${card.id}`}>
      <div className="result-top">
        <div className="who top">
          <Tile id={provider.id} kind={provider.kind} />
          <div>
            <h2>{listed ? <a href={`/services/${card.slug}`}>{card.title}</a> : card.title}</h2>
            {provider.name === card.title ? null : <p>{provider.name}</p>}
            <p className="kind">{kindLabel(provider.kind)}</p>
          </div>
        </div>
        {listed?.price ? (
          <p className="cost">
            <span className="price">{pounds(listed.price.pence)}</span>{' '}
            <span className="sub">{listed.price.unit}</span>
          </p>
        ) : listed?.priceWords ? (
          <p className="cost">
            <strong>{listed.priceWords}</strong>
          </p>
        ) : null}
      </div>
      {listed ? (
        <>
          <p>{card.summary}</p>
          <p className="row-s times">
            {listed.nextFree ? (
              <span>
                <span className="soft">{listed.nextIs}:</span> <strong>{listed.nextFree}</strong>
              </span>
            ) : null}
            <span>{listed.where}</span>
          </p>
          <Voices
            experience={<ExperienceSummary {...listed.experience} />}
            regulator={<RegulatorSummary {...listed.regulator} />}
            level={3}
          />
        </>
      ) : (
        <p>
          <strong>It is not listed here any more.</strong> You can{' '}
          <a href="/find">look for something like it</a>, or take it off.
        </p>
      )}
      {written && whose.kind === 'person' ? (
        <Said title={card.title} written={written} whose={whose} wrong={wrong} />
      ) : null}
      <div className="row-s no-print">
        {listed ? (
          <div className="check">
            <input type="checkbox" id={tick} name="service" value={card.slug} form={compareForm} />
            <div className="check-text">
              <label htmlFor={tick}>
                <span>
                  Compare<span className="vh"> {card.title}</span>
                </span>
              </label>
            </div>
          </div>
        ) : null}
        <Keep serviceId={card.id} title={card.title} kept={{ ids: [card.id], personId }} />
      </div>
    </li>
  )
}
