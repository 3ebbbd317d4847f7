import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'

export interface OwedView {
  payableId: string
  provider: string
  own: boolean
  what: string
  pence: number
}

/** Things that a fund owes, each with what can be done about it. */
export function OwedLines<Line extends OwedView>({
  lines,
  visits = false,
  about,
  press,
}: {
  lines: readonly (Line & { visitId?: string | null })[]
  /** Lead to the visit: only for the person's side. */
  visits?: boolean
  about?: (line: Line) => ReactNode
  press?: (line: Line) => ReactNode
}) {
  return (
    <ul className="plain stack">
      {lines.map((line) => (
        <li key={line.payableId} className="card stack-s">
          <div className="head">
            <strong>
              {visits && line.visitId ? <a href={`/my/visits/${line.visitId}`}>{line.what}</a> : line.what}
            </strong>
            <span className="num">{pounds(line.pence)}</span>
          </div>
          <p className="small soft">
            {line.provider}
            {line.own ? ', its own service' : ''}
          </p>
          {about?.(line)}
          {press?.(line)}
        </li>
      ))}
    </ul>
  )
}
