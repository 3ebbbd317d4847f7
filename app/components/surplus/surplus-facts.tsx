import { pounds } from '#services/kernel/money.ts'
import { SummaryList } from '../summary-list/summary-list.tsx'

export interface SurplusFactsProps {
  /** All in pence. */
  available: number
  keep: number
  surplus: number
  leftNow: number
  setAside: number
  keptBack: readonly { purpose: string; pence: number }[]
  stands: string
  answerBy: string | null
}

/** What was found in a fund, what may stay, and what was not counted. */
export function SurplusFacts(props: SurplusFactsProps) {
  return (
    <SummaryList
      rows={[
        { term: 'How it stands', value: props.stands },
        { term: 'Was left when it was found', value: pounds(props.available) },
        { term: 'May stay', value: pounds(props.keep) },
        { term: 'More than that', value: pounds(props.surplus) },
        { term: 'Left today', value: pounds(props.leftNow) },
        {
          term: 'Not counted',
          value: [
            `${pounds(props.setAside)} set aside for visits`,
            ...props.keptBack.map(({ purpose, pence }) => `${pounds(pence)} kept for ${purpose}`),
          ].join(', '),
        },
        ...(props.answerBy ? [{ term: 'Answer by', value: props.answerBy }] : []),
      ]}
    />
  )
}
