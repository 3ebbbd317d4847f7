import type { ReactNode } from 'react'

export interface SummaryRow {
  term: string
  value: ReactNode
  /** Where it can be changed. `what` ends the link for somebody who hears it alone: 'the days and times'. */
  change?: { href: string; what: string; label?: string }
}

/** Answers to check, each with its own Change link. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl className="answers">
      {rows.map(({ term, value, change }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
          {change ? (
            <dd className="act">
              <a href={change.href}>
                {change.label ?? 'Change'}
                <span className="vh"> {change.what}</span>
              </a>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  )
}
