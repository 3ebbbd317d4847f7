import type { ReactNode } from 'react'
import { SummaryList } from '../summary-list/summary-list.tsx'

export interface PlanShownProps {
  plan: { aboutMe: string; dates: string; outcomes: readonly string[] } | null
  answers: { lines: readonly { about: string; words: string }[]; put: string } | null
  /** Said where there is no plan yet. */
  noPlan: ReactNode
  noAnswers: ReactNode
  /** What can be done with the answers. */
  children?: ReactNode
}

/** A plan, and what the person said would help, as whoever may see it reads them. */
export function PlanShown({ plan, answers, noPlan, noAnswers, children }: PlanShownProps) {
  return (
    <>
      <section className="stack" aria-labelledby="plan-for">
        <h2 id="plan-for">What the support is for</h2>
        {plan ? (
          <>
            {plan.outcomes.length > 0 ? (
              <ol className="stack-s">
                {plan.outcomes.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ol>
            ) : null}
            {plan.aboutMe ? <p>{plan.aboutMe}</p> : null}
            <p className="small soft">{plan.dates}</p>
          </>
        ) : (
          noPlan
        )}
      </section>
      <section className="stack" aria-labelledby="plan-said">
        <h2 id="plan-said">What would help</h2>
        {answers ? (
          <>
            <SummaryList rows={answers.lines.map(({ about, words }) => ({ term: about, value: words }))} />
            <p className="small soft">{answers.put}</p>
          </>
        ) : (
          noAnswers
        )}
        {children}
      </section>
    </>
  )
}
