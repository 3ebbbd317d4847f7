import type { ReactNode } from 'react'

export type RatingCode =
  'outstanding' | 'good' | 'requires_improvement' | 'inadequate' | 'not_yet_rated' | 'not_required'

const WORDS: Record<RatingCode, string> = {
  outstanding: 'Outstanding',
  good: 'Good',
  requires_improvement: 'Requires improvement',
  inadequate: 'Inadequate',
  not_yet_rated: 'Not yet rated',
  not_required: 'CQC does not inspect this kind of support',
}

export interface Regulator {
  rating: RatingCode
  /** Day of the report in words: '14 May 2025'. */
  date?: string | null
  /** The report on the regulator's own site. */
  href?: string | null
  /** What it means here: 'You would be her employer. What that means is on her page.' */
  note?: string | null
}

/** On a result card. */
export function RegulatorSummary({ rating, date, note }: Regulator) {
  return (
    <>
      <p>
        <strong>{WORDS[rating]}</strong>
      </p>
      {date ? <p className="small soft">Care Quality Commission, {date}</p> : null}
      {note ? <p className="small soft">{note}</p> : null}
    </>
  )
}

export interface RegulatorRatingProps extends Regulator {
  title?: string
  level?: 2 | 3
  /** The parts of the rating: 'Safe', 'Good'. */
  parts?: readonly { label: string; words: string }[]
}

/** On a service's page, beside experience and never mixed with it. */
export function RegulatorRating({
  rating,
  date,
  href,
  note,
  title = 'What the regulator found',
  level = 3,
  parts = [],
}: RegulatorRatingProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const rated = rating !== 'not_required' && rating !== 'not_yet_rated'
  return (
    <div className="panel sand stack">
      <Heading>{title}</Heading>
      {rated ? (
        <p className="reg">
          <span>Overall</span> {WORDS[rating]}
        </p>
      ) : (
        <p>
          <strong>{WORDS[rating]}</strong>
        </p>
      )}
      {date ? <p>Care Quality Commission, report of {date}.</p> : null}
      {note ? <p>{note}</p> : null}
      {parts.length > 0 ? (
        <ul className="small">
          {parts.map((part) => (
            <li key={part.label}>
              {part.label}: {part.words}
            </li>
          ))}
        </ul>
      ) : null}
      {href ? (
        <p className="go">
          <a href={href}>Read the report on the regulator’s site</a>
        </p>
      ) : null}
    </div>
  )
}

/** Experience and the regulator side by side with a seam between them: never one score. */
export function Voices({
  experience,
  regulator,
  level = 4,
}: {
  experience: ReactNode
  regulator: ReactNode
  level?: 3 | 4
}) {
  const Heading = level === 3 ? 'h3' : 'h4'
  return (
    <div className="voices">
      <div className="stack-s">
        <Heading>What people say</Heading>
        {experience}
      </div>
      <div className="stack-s">
        <Heading>What the regulator says</Heading>
        {regulator}
      </div>
    </div>
  )
}
