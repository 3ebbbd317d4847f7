/** How many people gave 1, 2, 3, 4 and 5, in that order. */
export type Scores = readonly [number, number, number, number, number]

export interface Experience {
  /** People who said how it was. Under 3 no figure is shown. */
  count: number
  /** For "kept me in control"; may be left out when fewer than 3. */
  scores?: Scores | null
  /** How recent, in words: '3 days ago'. */
  newest?: string | null
  /** In words: 'October 2026'. */
  since?: string | null
}

export const FEWEST = 3
const goodOnes = (scores: Scores): number => scores[3] + scores[4]
const people = (count: number): string => (count === 1 ? '1 person' : `${String(count)} people`)

/** On a result card: small bars, the same in words, how many and how recent. */
export function ExperienceSummary({ count, scores, newest, since }: Experience) {
  if (count < FEWEST || !scores)
    return (
      <>
        <p>Fewer than 3 people so far, so no figures yet.</p>
        {since ? <p className="small soft">Started here in {since}</p> : null}
      </>
    )
  return (
    <>
      <div className="say">
        <SmallBars scores={scores} />
        <p>
          Kept me in control: {goodOnes(scores)} of {people(count)} gave 4 or 5.
        </p>
      </div>
      <p className="small soft">{newest ? `${people(count)}, newest ${newest}` : people(count)}</p>
    </>
  )
}

function SmallBars({ scores }: { scores: Scores }) {
  const most = Math.max(1, ...scores)
  return (
    <svg viewBox="0 0 90 28" width="90" height="28" className="chart" aria-hidden="true" focusable="false">
      {scores.map((score, i) => {
        const height = score === 0 ? 3 : Math.max(5, Math.round((score / most) * 26))
        return (
          <rect
            key={i}
            className={score === 0 ? 'track' : 'c1'}
            x={i * 18}
            y={28 - height}
            width={14}
            height={height}
          />
        )
      })}
    </svg>
  )
}

export interface ExperienceBarsProps {
  /** The question: 'It kept me in control'. */
  caption: string
  count: number
  scores?: Scores | null
}

const LINES = ['1, never', '2', '3', '4', '5, always'] as const

/** The whole spread of one score, five first, with the number of people beside each bar. */
export function ExperienceBars({ caption, count, scores }: ExperienceBarsProps) {
  if (count < FEWEST || !scores)
    return (
      <p>
        {count === 0 ? 'Nobody has said how it was yet. ' : `Fewer than 3 people so far. `}We show figures
        from three people on.
      </p>
    )
  const most = Math.max(1, ...scores)
  return (
    <table className="plainbars">
      <caption>{caption}</caption>
      <thead className="vh">
        <tr>
          <th scope="col">Score</th>
          <th scope="col">Bar</th>
          <th scope="col">People</th>
        </tr>
      </thead>
      <tbody>
        {[4, 3, 2, 1, 0].map((i) => (
          <tr key={i}>
            <th scope="row">{LINES[i]}</th>
            <td>
              <svg className="chart" width="100%" height="20" aria-hidden="true" focusable="false">
                <rect className="track" width="100%" height="20" rx="4" />
                <rect
                  className="c1"
                  width={`${String(Math.round(((scores[i] ?? 0) / most) * 100))}%`}
                  height="20"
                  rx="4"
                />
              </svg>
            </td>
            <td className="n">{scores[i]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
