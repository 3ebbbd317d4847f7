import { Term } from '../details/details.tsx'
import { ExperienceBars } from '../voices/experience.tsx'

export interface SaidProps {
  said: {
    count: number
    newest: string | null
    spreads: readonly {
      key: string
      words: string
      counts: readonly [number, number, number, number, number]
      good: number
    }[]
  }
}

/** What people said: one spread, the others in words, how many and how recent. */
export function Said({ said: { count, newest, spreads } }: SaidProps) {
  const [first, ...others] = spreads
  return (
    <div className="card stack">
      <h3>{first ? `What ${String(count)} people said` : 'What people said'}</h3>
      <ExperienceBars caption="It kept me in control" count={count} scores={first?.counts ?? null} />
      {first ? (
        <p className="small soft">
          Only people who had the visit. Newest: {newest}. People who said 4 or 5 on the rest:{' '}
          {others.map(({ words, good }) => `${words.toLowerCase()} ${String(good)}`).join(', ')}.
        </p>
      ) : null}
      <Term asks="What does “kept me in control” mean?">
        That you chose what was done, when, and by whom.
      </Term>
    </div>
  )
}
