import type { Family } from '../examples.ts'
import { StatusTag } from './states.tsx'
import { ConfirmVisit, DonePanel, NextVisit, Timeline, VisitCard, WeekDay } from './visit.tsx'

const WEAVERS = { id: 'weavers-care', kind: 'cooperative', name: 'Weavers Care Co-op' }
const OTTER = { id: 'otter-swim', kind: 'micro_enterprise', name: 'Otter Swim Buddies' }

export const visits: Family = {
  id: 'visits',
  title: 'Visits and days',
  about: 'Say the state and the next step. A page never says booked when it is not.',
  examples: [
    {
      name: 'A week',
      of: (
        <div>
          <WeekDay name="Today" date="Monday 23 November" today>
            <VisitCard
              provider={WEAVERS}
              time="9am"
              title="Morning help"
              href="#visits"
              detail="With Halina, one hour."
              status={<StatusTag visit="planned" />}
            />
            <VisitCard
              provider={OTTER}
              time="11am"
              title="Swim"
              detail="Lockside Pool."
              status={<StatusTag booking="requested" next="They answer by Tuesday 5pm" />}
            />
          </WeekDay>
          <WeekDay name="Tuesday" date="24 November" />
        </div>
      ),
    },
    {
      name: 'Did it happen?',
      of: (
        <div className="card stack">
          <h4>Did this visit happen?</h4>
          <ConfirmVisit
            provider={OTTER}
            title="Swim, Friday 20 November, 11am to 12 noon"
            says="Otter Swim Buddies says Nadia swam with Joan for one hour. £15.00 from the Getting Out voucher."
            silence="If nobody answers, it counts as yes on Friday 27 November. We will remind you twice."
          >
            <form className="row" action="#visits">
              <button className="btn" type="submit">
                Yes, it did
              </button>
              <a className="btn second" href="#visits">
                Something was different
              </a>
            </form>
          </ConfirmVisit>
        </div>
      ),
    },
    {
      name: 'The page after asking',
      of: (
        <DonePanel
          level={2}
          id="ex-asked"
          state="Asked"
          title="Weavers Care Co-op has been asked"
          lead="It is not booked yet. They will answer by Tuesday 24 November, 5pm."
        >
          <Timeline
            steps={[
              {
                when: 'past',
                title: 'Asked today at 10:42am',
                detail: '£165.00 is set aside. Nobody has been paid.',
              },
              { when: 'here', title: 'Waiting for their answer', detail: 'You do not need to stay here.' },
              { when: 'later', title: 'If they say yes', detail: 'It is booked.' },
              { when: 'later', title: 'If they say no, or say nothing', detail: 'All £165.00 comes back.' },
            ]}
          />
        </DonePanel>
      ),
    },
    {
      name: 'A provider’s next visit',
      of: (
        <div className="phone">
          <NextVisit
            time="10:30am to 11:30am"
            id="ex-next"
            status={<StatusTag visit="planned" reader="provider" />}
          >
            <p>
              <strong>Swim with Mr Iqbal</strong>
              <br />
              Lockside Pool, meet at the side door
            </p>
          </NextVisit>
        </div>
      ),
    },
  ],
}
