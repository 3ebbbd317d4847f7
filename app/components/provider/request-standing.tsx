import type { ReactNode } from 'react'
import type { RequestPage } from '#services/bookings/request-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { StatusTag } from '~/components/visit/states.tsx'
import { countWords } from './words.ts'

const LEADS: Partial<Record<RequestPage['state'], string>> = {
  withdrawn: 'They took it back before it was booked. You do not need to do anything.',
  expired: 'It was not answered in time, so it ended and the time is free again.',
  ended: 'This support has ended or is ending. Visits inside the notice still stand.',
}

/** The state first, then the next step. It never says "booked" when it is not. */
export function RequestStanding({ page }: { page: RequestPage }) {
  switch (page.state) {
    case 'requested':
      return (
        <header className="stack">
          <p>
            <StatusTag booking={page.state} reader="provider" next={`Answer by ${page.answerBy}`} />
          </p>
          <h1>{page.person} asks for a visit</h1>
          <p className="lead">
            {page.mayAnswer
              ? `It is not booked until you say yes. ${page.left.charAt(0).toUpperCase()}${page.left.slice(1)}. Then it ends by itself.`
              : 'It is not booked yet. An owner or coordinator of your organisation answers it.'}
          </p>
        </header>
      )
    case 'countered':
      return (
        <header className="stack">
          <p>
            <StatusTag booking={page.state} reader="provider" next={`They answer by ${page.answerBy}`} />
          </p>
          <h1>You offered {page.person} another time</h1>
          {page.offer ? (
            <>
              <p className="lead">
                {page.offer.when}
                {page.offer.total === null ? '' : `. You get ${pounds(page.offer.total)} if they say yes`}.
              </p>
              {page.offer.message ? <blockquote>“{page.offer.message}”</blockquote> : null}
            </>
          ) : null}
          <p>It is not booked, and this time is not kept free for them. We tell you when they answer.</p>
        </header>
      )
    case 'accepted':
      return (
        <Head page={page}>
          <p className="lead">It is booked{page.answeredAt ? ` since ${page.answeredAt}` : ''}.</p>
        </Head>
      )
    case 'paused':
      return (
        <Head page={page}>
          <p className="lead">
            {page.person} has paused it. {countWords(page.pausedVisits, 'visit', 'No visits')}{' '}
            {page.pausedVisits === 1 ? 'is' : 'are'} stopped, and that time is free for others.
          </p>
          <p>
            {page.standingVisits > 0
              ? `${countWords(page.standingVisits, 'visit', 'No visits')} before that ${page.standingVisits === 1 ? 'is' : 'are'} still booked. `
              : ''}
            We tell you when they go on. Then the visits come back on the dates on which somebody of your team
            is free.
          </p>
        </Head>
      )
    case 'declined':
      return (
        <Head page={page}>
          <p className="lead">You said no{page.answeredAt ? `: ${page.answeredAt}` : ''}. They read this:</p>
          <blockquote>“{page.reason}”</blockquote>
        </Head>
      )
    default:
      return (
        <Head page={page}>
          <p className="lead">{LEADS[page.state] ?? ''}</p>
        </Head>
      )
  }
}

/** The state and what it is, once it has been answered or is over. */
function Head({ page, children }: { page: RequestPage; children: ReactNode }) {
  return (
    <header className="stack">
      <p>
        <StatusTag booking={page.state} reader="provider" />
      </p>
      <h1>
        {page.title}, {page.person}
      </h1>
      {children}
    </header>
  )
}
