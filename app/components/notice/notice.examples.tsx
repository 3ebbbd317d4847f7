import { Details, Term } from '../details/details.tsx'
import { Empty } from '../empty/empty.tsx'
import type { Family } from '../examples.ts'
import { PrintButton } from '../print/print-button.tsx'
import { Tag } from '../tag/tag.tsx'
import { StatusTag, type BookingState, type VisitState } from '../visit/states.tsx'
import { Notice } from './notice.tsx'

const BOOKINGS: BookingState[] = [
  'draft',
  'requested',
  'countered',
  'accepted',
  'paused',
  'declined',
  'withdrawn',
  'expired',
  'ended',
]
const VISITS: VisitState[] = [
  'planned',
  'started',
  'delivered',
  'confirmed',
  'disputed',
  'cancelled_free',
  'missed_by_provider',
  'settled',
]

export const notices: Family = {
  id: 'notices',
  title: 'Tags, notices, terms',
  about: 'The state in words with the next step; what to know; what a word means.',
  examples: [
    {
      name: 'Tags',
      of: (
        <p className="row-s">
          <Tag>Comes to you</Tag>
          <Tag tone="asked">Asked. They answer by Tuesday 5pm</Tag>
          <Tag tone="done">Paid</Tag>
          <Tag tone="stop">25 minutes late</Tag>
          <Tag tone="own">Your supporter did this</Tag>
        </p>
      ),
    },
    {
      name: 'Every state of a booking, for the person and for the provider',
      of: (
        <div className="stack">
          {(['person', 'provider'] as const).map((reader) => (
            <p key={reader} className="row-s">
              {BOOKINGS.map((state) => (
                <StatusTag key={state} booking={state} reader={reader} />
              ))}
            </p>
          ))}
        </div>
      ),
    },
    {
      name: 'Every state of a visit',
      of: (
        <div className="stack">
          {(['person', 'provider'] as const).map((reader) => (
            <p key={reader} className="row-s">
              {VISITS.map((state) => (
                <StatusTag key={state} visit={state} reader={reader} />
              ))}
              <StatusTag
                visit="confirmed"
                outcome="late_cancellation"
                reader={reader}
                next="Half is charged"
              />
              <StatusTag visit="confirmed" outcome="no_answer" reader={reader} />
            </p>
          ))}
        </div>
      ),
    },
    {
      name: 'Notices',
      of: (
        <div className="grid grid-2">
          <Notice title="Good to know" level={4}>
            <p>You can cancel each visit free until 24 hours before.</p>
          </Notice>
          <Notice tone="warn" title="Coming up" level={4}>
            <p>Your voucher ends in 10 weeks. £75.00 is left on it.</p>
          </Notice>
          <Notice tone="stop" title="This fund cannot pay" level={4}>
            <p>
              It can buy help at home. It cannot buy food: that is Aldermere’s rule. Your own money could pay.
            </p>
          </Notice>
          <Notice tone="plain" title="From the regulator" level={4}>
            <p>Care Quality Commission, 14 May 2025.</p>
          </Notice>
        </div>
      ),
    },
    {
      name: 'Terms and parts that open in place',
      of: (
        <div className="stack">
          <Term asks="What is a nominated person?">
            Somebody you chose to run your budget with you. You can stop it at any time.
          </Term>
          <Details kind="why" summary="Why is this here?" open>
            <p>It fits what you asked for. Nobody can pay to be higher up.</p>
          </Details>
          <Details kind="box" summary="The numbers as a table">
            <p>The table.</p>
          </Details>
          <Details summary="See all six dates">
            <p>2, 9, 16, 23 and 30 December, and 6 January.</p>
          </Details>
        </div>
      ),
    },
    {
      name: 'Nothing here yet',
      of: (
        <Empty title="No visits this week">
          <p>When something is booked it shows here.</p>
          <a className="btn second" href="/find">
            Find support
          </a>
        </Empty>
      ),
    },
    { name: 'Print: there only when script runs', of: <PrintButton /> },
  ],
}
