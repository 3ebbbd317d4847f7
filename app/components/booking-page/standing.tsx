import type { BookingPage } from '#services/bookings/booking-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Notice } from '../notice/notice.tsx'
import { PrintButton } from '../print/print-button.tsx'
import { StatusTag } from '../visit/states.tsx'
import { DonePanel, Timeline } from '../visit/visit.tsx'

/** State first, then the next step; it never says "booked" when it is not. */
export function BookingStanding({ page }: { page: BookingPage }) {
  switch (page.state) {
    case 'requested':
      return (
        <DonePanel
          state="Asked"
          level={1}
          title={`${page.provider.name} has been asked`}
          lead={`It is not booked yet. They answer by ${page.answerBy ?? ''}.`}
        >
          <Timeline
            steps={[
              {
                title: `Asked on ${page.askedAt ?? ''}`,
                detail:
                  page.money && page.money.setAside > 0
                    ? `${pounds(page.money.setAside)} is set aside. Nobody has been paid.`
                    : 'Nobody has been paid.',
                when: 'past',
              },
              {
                title: 'Waiting for their answer',
                detail: 'We tell you when they answer. You do not need to stay here.',
                when: 'here',
              },
              {
                title: 'If they say yes',
                detail: 'It is booked, and the visits go into the week.',
                when: 'later',
              },
              {
                title: 'If they say no, or say nothing',
                detail: 'All the money set aside comes back at once.',
                when: 'later',
              },
            ]}
          />
          <div className="row">
            <LinkButton href="/my/week">
              {page.person.self ? 'Go to my week' : `Go to ${page.person.shortName}’s week`}
            </LinkButton>
            <PrintButton />
          </div>
          {page.mayBook ? <Withdraw page={page} label="Take the request back" /> : null}
        </DonePanel>
      )
    case 'countered':
      return (
        <Card labelledBy="standing">
          <h1 id="standing">{page.provider.name} offers another time</h1>
          {page.counter ? (
            <>
              <p className="lead">
                {page.counter.when}. <strong className="num">{pounds(page.counter.total)}</strong> in all.
              </p>
              {page.counter.message ? <blockquote>“{page.counter.message}”</blockquote> : null}
              <p>It is not booked yet. Please answer by {page.answerBy}.</p>
              {page.counter.refused.length > 0 || page.counter.stopped ? (
                <Notice tone="warn" title="This time does not work any more">
                  {page.counter.refused.map((entry) => (
                    <p key={entry.words}>
                      {entry.words}: {entry.why}
                    </p>
                  ))}
                </Notice>
              ) : page.counter.short > 0 ? (
                <Notice tone="warn" title={`${pounds(page.counter.short)} is missing`}>
                  <p>The funds cannot pay for the time they offer.</p>
                </Notice>
              ) : page.mayBook ? (
                <form method="post">
                  <input type="hidden" name="intent" value="take" />
                  <input type="hidden" name="personId" value={page.person.id} />
                  <input type="hidden" name="expectedPence" value={page.counter.total} />
                  <Button size="big">Say yes to this time</Button>
                </form>
              ) : null}
              {page.mayBook ? <Withdraw page={page} label="Say no" /> : null}
            </>
          ) : null}
        </Card>
      )
    case 'paused':
      return (
        <header className="stack">
          <p>
            <StatusTag booking="paused" reader="person" />
          </p>
          <h1>{page.title}</h1>
          <p className="lead">
            {page.pause.visits === 0
              ? 'It is paused, and no visit of it is left.'
              : `It is paused from ${page.pause.since ?? ''}. ${page.pause.visits === 1 ? 'One visit is' : `${String(page.pause.visits)} visits are`} stopped, and the money set aside for ${page.pause.visits === 1 ? 'it' : 'them'} is back in ${page.person.self ? 'your' : 'the'} funds.`}
          </p>
          {page.pause.standing > 0 ? (
            <p>
              {page.pause.standing === 1 ? 'One visit' : `${String(page.pause.standing)} visits`} before that{' '}
              {page.pause.standing === 1 ? 'is' : 'are'} still booked.
            </p>
          ) : null}
          {page.mayBook && page.pause.visits > 0 ? (
            <p>
              <LinkButton href={`/my/bookings/${page.id}/resume`}>Start again</LinkButton>
            </p>
          ) : null}
        </header>
      )
    case 'accepted':
      return (
        <header className="stack">
          <p>
            <StatusTag booking={page.state} reader="person" />
          </p>
          <h1>{page.title}</h1>
          <p className="lead">
            {page.provider.name} said yes{page.answeredAt ? ` on ${page.answeredAt}` : ''}. It is booked.
          </p>
        </header>
      )
    default:
      return (
        <header className="stack">
          <p>
            <StatusTag booking={page.state} reader="person" />
          </p>
          <h1>{page.title}</h1>
          <p className="lead">{ENDED[page.state] ?? ''}</p>
          {page.reason ? <blockquote>“{page.reason}”</blockquote> : null}
          {page.state === 'ended' ? null : (
            <p className="go">
              <a href="/find">Find somebody else</a>
            </p>
          )}
        </header>
      )
  }
}

const ENDED: Record<string, string> = {
  declined: 'They cannot do this. All the money set aside for it is back in your funds.',
  withdrawn: 'You took this back. All the money set aside for it is back in your funds.',
  expired: 'Nobody answered in time, so it has ended. All the money set aside for it is back in your funds.',
  ended: 'This support has ended or is ending. Visits inside the notice still stand.',
}

function Withdraw({ page, label }: { page: BookingPage; label: string }) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value="withdraw" />
      <input type="hidden" name="personId" value={page.person.id} />
      <Button kind="quiet">{label}</Button>
    </form>
  )
}
