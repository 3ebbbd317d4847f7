import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Details } from '../details/details.tsx'
import { Notice } from '../notice/notice.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { Tag } from '../tag/tag.tsx'
import { NextVisit } from '../visit/visit.tsx'
import { countWords, telHref } from './words.ts'

/** A visit as a provider's day shows it. Dates and times are words. */
export interface DayVisit {
  id: string
  title: string
  person: string
  day: string
  hours: string
  length: string
  minutes: number
  started: boolean
  begun: boolean
  mayStart: boolean
  where: string
  phone: string | null
  note: string
  worker: string | null
  paused: boolean
}

const visitHref = (visit: { id: string }): string => `/provider/visits/${visit.id}`

function Ring({ person, phone }: { person: string; phone: string | null }) {
  if (!phone) return null
  return (
    <LinkButton href={telHref(phone)} kind="second" size="small">
      {`Ring ${person}`}
    </LinkButton>
  )
}

/** Somebody waits in vain, or says something was different: before everything else. */
export function Urgent({
  missed,
  different,
  mayAnswer,
}: {
  missed: readonly (DayVisit & { answerBy: string })[]
  different: readonly DayVisit[]
  mayAnswer: boolean
}) {
  return (
    <>
      {missed.map((visit) => (
        <Notice key={visit.id} tone="stop" level={2} title={`${visit.person} says nobody came`}>
          <p>
            {visit.title}, {visit.day.toLowerCase() === 'today' ? 'today' : visit.day}, {visit.hours}. Ring
            them now.
          </p>
          <p>If somebody did come, say so by {visit.answerBy}. After that it counts as missed.</p>
          <p className="row">
            <LinkButton href={visitHref(visit)} size="small">
              Say what happened
            </LinkButton>
            <Ring person={visit.person} phone={visit.phone} />
          </p>
        </Notice>
      ))}
      {different.map((visit) => (
        <Notice key={visit.id} tone="warn" level={2} title={`${visit.person} says something was different`}>
          <p>
            {visit.title}, {visit.day}, {visit.hours}. Nothing is paid for it until you both agree.
          </p>
          <p className="go">
            <a href={visitHref(visit)}>
              {mayAnswer ? 'Read what they say and agree the time' : 'Read what they say'}
            </a>
          </p>
        </Notice>
      ))}
    </>
  )
}

/** One press for what went as it should; the rest is on the visit's own page. */
function ItHappened({ visit, big = false }: { visit: DayVisit; big?: boolean }) {
  return (
    <form method="post" className="stack-s">
      <input type="hidden" name="visitId" value={visit.id} />
      <input type="hidden" name="minutes" value={visit.minutes} />
      <Button wide size={big ? 'big' : 'normal'} name="intent" value="deliver">
        It happened as planned
        {big ? null : <span className="vh">: {`${visit.person}, ${visit.day}, ${visit.hours}`}</span>}
      </Button>
      <LinkButton kind="quiet" wide href={visitHref(visit)}>
        Something was different
      </LinkButton>
    </form>
  )
}

export function Next({ visit }: { visit: DayVisit | null }) {
  if (!visit)
    return (
      <section className="now stack" aria-labelledby="next">
        <h2 id="next">Next</h2>
        <p>No visit is booked in the next 7 days.</p>
      </section>
    )
  const tag = visit.started ? 'Started' : visit.begun ? 'It should be happening now' : 'Booked'
  return (
    <NextVisit title={visit.begun ? 'Now' : 'Next'} time={visit.hours} status={<Tag tone="done">{tag}</Tag>}>
      {visit.day === 'Today' ? null : (
        <p>
          <strong>{visit.day}</strong>
        </p>
      )}
      <p>
        <strong>
          {visit.title}, with {visit.person}
        </strong>
        <br />
        {visit.where}
        {visit.worker ? (
          <>
            <br />
            <span className="small soft">Who goes: {visit.worker}</span>
          </>
        ) : null}
      </p>
      {visit.note ? (
        <Details summary={`What ${visit.person} wants you to know`}>
          <p>{visit.note}</p>
        </Details>
      ) : null}
      <p className="row">
        <Ring person={visit.person} phone={visit.phone} />
        <LinkButton href={visitHref(visit)} kind="second" size="small">
          See the visit
        </LinkButton>
      </p>
      {visit.begun ? (
        <ItHappened visit={visit} big />
      ) : visit.mayStart ? (
        <form method="post">
          <input type="hidden" name="visitId" value={visit.id} />
          <Button wide size="big" name="intent" value="start">
            We are there: it starts
          </Button>
        </form>
      ) : (
        <p className="small soft">When it has begun you can say here, with one press, that it happened.</p>
      )}
    </NextVisit>
  )
}

/** Over, and nobody has said anything yet. */
export function Unsaid({ visits }: { visits: readonly DayVisit[] }) {
  if (visits.length === 0) return null
  return (
    <section className="stack" aria-labelledby="unsaid">
      <h2 id="unsaid">{visits.length === 1 ? 'Did this visit happen?' : 'Did these visits happen?'}</h2>
      <p>
        {countWords(visits.length, 'visit', '')} {visits.length === 1 ? 'is' : 'are'} over and nothing is said
        yet. You are paid after you have said it and they have said yes.
      </p>
      <ul className="plain stack">
        {visits.map((visit) => (
          <li key={visit.id}>
            <Card>
              <p>
                <strong>
                  {visit.day}, {visit.hours}
                </strong>
                <br />
                {visit.title}, with {visit.person}
                {visit.worker ? (
                  <>
                    <br />
                    <span className="small soft">Who went: {visit.worker}</span>
                  </>
                ) : null}
              </p>
              <ItHappened visit={visit} />
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}

export interface DayRequest {
  id: string
  title: string
  when: string
  person: string
  area: string
  visits: number
  pence: number
  answerBy: string
  left: string
  soon: boolean
}

const requestHref = (request: { id: string }): string => `/provider/requests/${request.id}`

export function Requests({
  requests,
  inAll,
  waitingForThem,
}: {
  requests: readonly DayRequest[]
  inAll: number
  waitingForThem: readonly DayRequest[]
}) {
  return (
    <section className="stack" aria-labelledby="requests">
      <h2 id="requests">{countWords(inAll, 'request', 'No requests')}</h2>
      {inAll === 0 ? (
        <p className="soft">When somebody asks for a visit, it is here and we tell you.</p>
      ) : null}
      <ul className="plain stack">
        {requests.map((request) => (
          <li key={request.id}>
            <Card>
              <p>
                <Tag tone={request.soon ? 'stop' : 'asked'}>Answer by {request.answerBy}</Tag>{' '}
                <span className="small soft">{request.left}</span>
              </p>
              <p>
                <strong>{request.title}</strong>
                <br />
                {request.when}
                <br />
                {request.person} in {request.area}
              </p>
              <p>
                You get <strong className="num">{pounds(request.pence)}</strong>
                {request.visits > 1 ? ` for ${String(request.visits)} visits` : ''}.
              </p>
              <LinkButton href={requestHref(request)} wide>
                {`Look and answer ${request.person}`}
              </LinkButton>
            </Card>
          </li>
        ))}
      </ul>
      {inAll > requests.length ? (
        <p>
          These are the {String(requests.length)} to answer first. The others follow when these are answered.
        </p>
      ) : null}
      {waitingForThem.length > 0 ? (
        <div className="stack-s">
          <h3>You offered another time</h3>
          <ul>
            {waitingForThem.map((request) => (
              <li key={request.id}>
                <a href={requestHref(request)}>
                  {request.title}, {request.person}
                </a>
                . They answer by {request.answerBy}.
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  )
}

/** Visits of one day, a line each. */
export function DayList({ visits }: { visits: readonly DayVisit[] }) {
  return (
    <SummaryList
      rows={visits.map((visit) => ({
        term: visit.hours,
        value: (
          <>
            <a href={visitHref(visit)}>
              {visit.title}, {visit.person}
            </a>
            <br />
            <span className="small soft">
              {[visit.where, visit.worker ? `${visit.worker} goes` : '', visit.paused ? 'Paused by them' : '']
                .filter(Boolean)
                .join('. ')}
            </span>
          </>
        ),
      }))}
    />
  )
}

/** People who are deciding and want to know something first. */
export function Questions({ count }: { count: number }) {
  return (
    <section className="stack-s" aria-labelledby="questions">
      <h2 id="questions">Questions from people</h2>
      <p>
        {count === 0
          ? 'None waits for your answer.'
          : `${count === 1 ? '1 waits' : `${String(count)} wait`} for your answer.`}{' '}
        <a href="/provider/questions">{count === 0 ? 'Read the earlier ones' : 'Read and answer'}</a>
      </p>
    </section>
  )
}

/** People who found nothing that fits, without a name. */
export function LookedFor({ count, org }: { count: number; org: string }) {
  return (
    <section className="stack-s" aria-labelledby="looked-for">
      <h2 id="looked-for">People look for what you offer</h2>
      <p>
        {count === 0
          ? 'Nobody near you asks for it just now.'
          : `${countWords(count, 'person', '').replace('persons', 'people')} near you ${count === 1 ? 'asks' : 'ask'} for something that you list.`}{' '}
        <a href={`/provider/asked?org=${org}`}>
          {count === 0 ? 'See what came of your offers' : 'See and answer'}
        </a>
      </p>
    </section>
  )
}
