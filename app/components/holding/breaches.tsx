import type { ReactNode } from 'react'
import { Details } from '../details/details.tsx'
import { Notice } from '../notice/notice.tsx'

export interface BreachView {
  id: string
  title: string
  words: string
  remedy: string
  foundOn: string
  closed: { on: string; why: string } | null
}

/** What was not as agreed: the open ones in full, the closed ones folded away. `press` is what can be done about each. */
export function Breaches({
  breaches,
  remedies = false,
  press,
}: {
  breaches: readonly BreachView[]
  /** Say what would put it right, for those who can. */
  remedies?: boolean
  press?: (breach: BreachView) => ReactNode
}) {
  const open = breaches.filter(({ closed }) => !closed)
  const closed = breaches.filter((one) => one.closed)
  if (breaches.length === 0) return null
  return (
    <section className="stack" aria-labelledby="breaches">
      <h2 id="breaches">Not as agreed</h2>
      {open.length === 0 ? <p>Nothing is open.</p> : null}
      {open.map((breach) => (
        <Notice key={breach.id} tone="stop" title={breach.title}>
          <p>{breach.words}</p>
          <p className="small">
            Found on {breach.foundOn}. The person, the holder and the council were told.
          </p>
          {remedies ? <p>{breach.remedy}</p> : null}
          {press?.(breach)}
        </Notice>
      ))}
      {closed.length > 0 ? (
        <Details
          kind="box"
          summary={closed.length === 1 ? 'One that is closed' : `${String(closed.length)} that are closed`}
        >
          <ul className="plain stack">
            {closed.map((breach) => (
              <li key={breach.id}>
                <strong>{breach.title}.</strong> {breach.words} Closed on {breach.closed?.on}: “
                {breach.closed?.why}”
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </section>
  )
}
