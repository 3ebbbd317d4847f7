import { Notice } from '../notice/notice.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'

export interface AgreementProps {
  rows: readonly { term: string; value: string }[] | null
  /** Why it does not hold today; null when it does. */
  problem: string | null
  /** What follows from that, for whoever reads it. */
  then: string
}

/** What was agreed about a fund that somebody holds: the same words for everybody. */
export function Agreement({ rows, problem, then }: AgreementProps) {
  return (
    <>
      {problem ? (
        <Notice tone="warn">
          <p>
            <strong>{problem}</strong> {then}
          </p>
        </Notice>
      ) : null}
      {rows ? <SummaryList rows={rows} /> : null}
    </>
  )
}
