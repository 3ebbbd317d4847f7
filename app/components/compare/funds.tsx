import { Tag } from '../tag/tag.tsx'

export type PayingFor =
  | { kind: 'anybody' }
  | { kind: 'hidden'; shortName: string }
  | {
      kind: 'funds'
      self: boolean
      shortName: string
      funds: readonly { id: string; name: string; pays: 'all' | 'part' | 'none'; why: string }[]
    }

const ANSWER = { all: 'Yes', part: 'Part of it', none: 'No' } as const
const TONE = { all: 'done', part: 'asked', none: 'stop' } as const

/** Which of somebody's funds can pay: those that can with what is in them, those that cannot with the reason. */
export function FundsThatPay({ paying }: { paying: PayingFor | null }) {
  if (paying === null || paying.kind === 'anybody') return <p>It costs nothing, so no fund pays.</p>
  if (paying.kind === 'hidden')
    return <p>You may not see the money of {paying.shortName}. They, or their council, can change that.</p>
  if (paying.funds.length === 0)
    return <p>{paying.self ? 'You have' : `${paying.shortName} has`} no fund that can be used today.</p>
  return (
    <ul className="plain stack-s">
      {paying.funds.map((fund) => (
        <li key={fund.id}>
          <Tag tone={TONE[fund.pays]}>{ANSWER[fund.pays]}</Tag> <strong>{fund.name}</strong>
          <p className="small">{fund.why}</p>
        </li>
      ))}
    </ul>
  )
}
