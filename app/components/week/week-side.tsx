import { pounds } from '#services/kernel/money.ts'
import { Card, Panel } from '../card/card.tsx'
import { counted, type Whose } from './words.ts'

export interface WeekSideProps {
  person: Whose
  money: { funds: number; left: number; setAside: number } | null
  /** Support that could be booked once more. */
  again: { slug: string; title: string; id: string } | null
  mayBook: boolean
  /** Put what is not there to the providers nearby. */
  mayAsk: boolean
  maySeePlan: boolean
  maySeeQuestions: boolean
  authority: { may: string[]; until: string | null; personMayEnd: boolean } | null
}

const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Beside the week: money in one sentence, what to do next, and what a supporter may do. */
export function WeekSide({
  person,
  money,
  again,
  mayBook,
  mayAsk,
  maySeePlan,
  maySeeQuestions,
  authority,
}: WeekSideProps) {
  const { self, shortName } = person
  return (
    <aside className="side stack-l" aria-label="Money and things to do">
      {money ? (
        <Panel labelledBy="week-money">
          <h2 id="week-money">Money</h2>
          {money.funds === 0 ? (
            <p>No fund can be used today.</p>
          ) : (
            <p>
              <strong className="num">{pounds(money.left)}</strong> left in{' '}
              {counted(money.funds, 'fund', 'funds')}.{' '}
              <strong className="num">{pounds(money.setAside)}</strong> set aside.
            </p>
          )}
          <p className="go">
            <a href="/my/money">{self ? 'See my money' : `See ${shortName}’s money`}</a>
          </p>
        </Panel>
      ) : null}
      <Card labelledBy="week-next">
        <h2 id="week-next">Do next</h2>
        <ul className="stack-s plain">
          <li>
            <a href="/find">Find {again ? 'more ' : ''}support</a>
          </li>
          {maySeeQuestions ? (
            <li>
              <a href="/my/questions">Questions to providers</a>
            </li>
          ) : null}
          {mayAsk ? (
            <li>
              <a href="/my/requests">Ask for what is not there</a>
            </li>
          ) : null}
          {again && mayBook ? (
            <li>
              <a href={`/book/${again.slug}`}>Ask for {small(again.title)} again</a>
            </li>
          ) : null}
          {again ? (
            <li>
              <a href={`/my/bookings/${again.id}`}>Change or stop {small(again.title)}</a>
            </li>
          ) : null}
          {self ? (
            <li>
              <a href="/shortlist">My shortlist</a>
            </li>
          ) : null}
          {maySeePlan ? (
            <li>
              <a href="/my/plan">{self ? 'My plan' : `${shortName}’s plan`}</a>
            </li>
          ) : null}
          <li>
            <a href="/my/circle">{self ? 'Who helps me' : 'Whom I support'}</a>
          </li>
          <li>
            <a href="/help">Talk to a person</a>
          </li>
        </ul>
      </Card>
      {authority ? (
        <Panel tone="plum" labelledBy="week-you">
          <h2 id="week-you">You and {shortName}</h2>
          {authority.may.length > 0 ? (
            <>
              <p>You may:</p>
              <ul>
                {authority.may.map((words) => (
                  <li key={words}>{small(words)}</li>
                ))}
              </ul>
            </>
          ) : (
            <p>You may see these pages and change nothing.</p>
          )}
          <p>
            {authority.until
              ? `You can do this until ${authority.until}.`
              : 'You can do this until it is ended.'}{' '}
            {authority.personMayEnd ? `${shortName} can stop it any day.` : 'The council can stop it.'}
          </p>
          <p className="go">
            <a href="/my/circle">What you can do, and whom else you support</a>
          </p>
        </Panel>
      ) : null}
    </aside>
  )
}
