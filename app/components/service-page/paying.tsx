import { LinkButton } from '../button/button.tsx'
import { Tag } from '../tag/tag.tsx'

export interface PayingProps {
  slug: string
  paying:
    | { kind: 'anybody'; signedIn: boolean }
    | { kind: 'hidden'; shortName: string }
    | {
        kind: 'funds'
        self: boolean
        shortName: string
        mayBook: boolean
        funds: readonly { id: string; name: string; pays: 'all' | 'part' | 'none'; why: string }[]
      }
  /** Null when it can be asked for here. */
  notBookable: string | null
}

const ANSWER = { all: 'Yes', part: 'Part of it', none: 'No' } as const
const TONE = { all: 'done', part: 'asked', none: 'stop' } as const

/** Which of somebody's funds can pay for this, fund by fund with the reason; for strangers, how it can be paid for. */
export function Paying({ slug, paying, notBookable }: PayingProps) {
  if (paying.kind === 'anybody')
    return (
      <section className="stack" aria-labelledby="paying">
        <h2 id="paying">How it can be paid for</h2>
        <p>
          From a personal budget, however it is held: money in your account or on your card, an account looked
          after for you, a fund that a provider or an adviser holds for you, or the council paying for you. Or
          from your own money. Each fund has its own rules.
        </p>
        {paying.signedIn ? null : (
          <p className="go no-print">
            <a href={`/sign-in?next=${encodeURIComponent(`/services/${slug}`)}`}>
              Sign in to see which of your funds can pay
            </a>
          </p>
        )}
      </section>
    )
  if (paying.kind === 'hidden')
    return (
      <section className="stack" aria-labelledby="paying">
        <h2 id="paying">Which of {paying.shortName}’s funds can pay</h2>
        <p>
          You may not see the money of {paying.shortName}. They, or their council, can change what you may do.
        </p>
      </section>
    )
  const { self, shortName, funds, mayBook } = paying
  const some = funds.some(({ pays }) => pays !== 'none')
  return (
    <section className="stack" aria-labelledby="paying">
      <h2 id="paying">Which of {self ? 'your' : `${shortName}’s`} funds can pay</h2>
      {funds.length === 0 ? (
        <p>{self ? 'You have' : `${shortName} has`} no fund that can be used today.</p>
      ) : (
        <ul className="plain stack">
          {funds.map((fund) => (
            <li key={fund.id}>
              <p className="row-s">
                <Tag tone={TONE[fund.pays]}>{ANSWER[fund.pays]}</Tag>
                <strong>{fund.name}</strong>
              </p>
              <p className="small">{fund.why}</p>
            </li>
          ))}
        </ul>
      )}
      {some && !notBookable && mayBook ? (
        <div className="row">
          <LinkButton href={`/book/${slug}`}>Choose a day and time</LinkButton>
          <p className="small">
            You see the whole price, and which fund pays what, before anything is asked.
          </p>
        </div>
      ) : some && !notBookable ? (
        <p>You may look, and not ask. {shortName}, or somebody who may, can ask for it.</p>
      ) : some ? null : (
        <div className="row">
          <LinkButton href="/my/money" kind="second">
            See what {self ? 'your' : `${shortName}’s`} funds can buy
          </LinkButton>
          <a href="/help">Talk it through with a person</a>
        </div>
      )}
    </section>
  )
}
