import type { Family } from '../examples.ts'
import { ReviewForm } from '../visit-page/review-form.tsx'
import { AskVisits } from './ask-visits.tsx'
import { LateVisit } from './late-visit.tsx'
import { WeekSide } from './week-side.tsx'

const JOAN = { id: '0191e87a-ca2e-7e95-adb9-a73431ad91ba', shortName: 'Joan', self: false }
const WEAVERS = { id: 'weavers-care', kind: 'cooperative', name: 'Weavers Care Co-op' }
const OTTER = { id: 'otter-swim', kind: 'micro_enterprise', name: 'Otter Swim Buddies' }
const DELIVERED = {
  worker: 'Nadia',
  stayed: '1 hour',
  cost: 1500,
  funds: ['Getting Out voucher'],
  silentOn: 'Friday 27 November',
  neverSilent: null,
}

export const weeks: Family = {
  id: 'week',
  title: 'The week of a person',
  about: 'The urgent thing first, then what waits for a yes; one press for all of it.',
  examples: [
    {
      name: 'Nobody has come',
      of: (
        <LateVisit
          visit={{
            id: 'late-1',
            late: 'Today’s 9am visit is 25 minutes late',
            contingency: 'We ring you by 7am and send somebody you have met.',
            pence: 2750,
            provider: { name: WEAVERS.name, phone: '01632 960123' },
          }}
          person={JOAN}
          council={{ name: 'Aldermere Council', urgentPhone: '01632 960199' }}
          mayConfirm
        />
      ),
    },
    {
      name: 'Several visits wait for a yes',
      of: (
        <AskVisits
          person={JOAN}
          mayConfirm
          visits={[
            {
              ...DELIVERED,
              id: 'ask-1',
              title: 'Swim',
              when: 'Friday 20 November, 11am to 12 noon',
              provider: OTTER,
            },
            {
              ...DELIVERED,
              id: 'ask-2',
              title: 'Morning help',
              when: 'Saturday 21 November, 9am to 10am',
              provider: WEAVERS,
            },
          ]}
        />
      ),
    },
    {
      name: 'What a supporter reads beside the week',
      of: (
        <WeekSide
          person={JOAN}
          money={{ funds: 3, left: 173_500, setAside: 108_600 }}
          again={{ id: 'b', slug: 'morning-help', title: 'Morning help' }}
          mayBook
          mayAsk
          maySeePlan
          maySeeQuestions
          authority={{
            may: ['See the plan', 'Say whether a visit happened'],
            until: 'Wednesday 31 March 2027',
            personMayEnd: true,
          }}
        />
      ),
    },
    {
      name: 'How did it go?',
      of: (
        <ReviewForm
          personId={JOAN.id}
          provider={OTTER.name}
          questions={[{ name: 'reliable', label: 'Reliable', least: 'never', most: 'always' }]}
          errors={{ reliable: 'Choose a score for “Reliable”' }}
          value={() => undefined}
          again={false}
        />
      ),
    },
  ],
}
