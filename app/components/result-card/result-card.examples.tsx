import type { Family } from '../examples.ts'
import { ExperienceBars } from '../voices/experience.tsx'
import { RegulatorRating } from '../voices/regulator.tsx'
import { ResultCard } from './result-card.tsx'

export const results: Family = {
  id: 'results',
  title: 'Results, experience, regulator',
  about:
    'What people say and what the regulator says stand side by side with a seam between them: never one score.',
  examples: [
    {
      name: 'Result cards: usual, new, free, not yet claimed',
      of: (
        <ol className="plain stack-l">
          <ResultCard
            level={3}
            href="#results"
            title="Morning help at home"
            provider={{ id: 'weavers-care', name: 'Weavers Care Co-op', kind: 'cooperative' }}
            facts={['personal care']}
            pin={1}
            price={{ pence: 2750, unit: 'for one hour, travel in' }}
            summary="Help to wash, dress and have breakfast."
            nextFree="Wed 25 Nov, 9am"
            place={{ strong: 'Comes to you', rest: 'from 1.2 miles away' }}
            experience={{ count: 41, scores: [0, 1, 2, 14, 24], newest: '3 days ago' }}
            regulator={{ rating: 'good', date: '14 May 2025' }}
            why="It gives personal care, comes to Millgate and is free on a weekday morning. Nobody can pay to be higher up."
          />
          <ResultCard
            href="#results"
            title="Help at home from one person"
            provider={{ id: 'rosa-adeyemi', name: 'Rosa Adeyemi', kind: 'personal_assistant' }}
            facts={['new here', 'personal care']}
            pin={2}
            price={{ pence: 2140, unit: 'for one hour, travel in' }}
            summary="The same face each time: washing, dressing, shopping, company."
            nextFree="Thu 26 Nov, 8am"
            place={{ strong: 'Comes to you', rest: 'from 0.6 miles away' }}
            experience={{ count: 2, since: 'October 2026' }}
            regulator={{ rating: 'not_required', note: 'You would be her employer.' }}
            why="She fits all you asked for. She is new, so she gets a fair turn. Nobody can pay to be higher up."
          />
          <ResultCard
            href="#results"
            title="Fenside Memory Café"
            provider={{ id: 'fenside-memory', name: 'Fenside Memory Café', kind: 'community_group' }}
            facts={['no personal care']}
            priceWords={{ words: 'Free', unit: 'no account needed' }}
            summary="Tea, music and company for people with memory loss, and whoever comes with them."
            place={{ strong: 'You go to them', rest: 'Fenside Hall' }}
            experience={{ count: 0 }}
            regulator={{ rating: 'not_required' }}
            why="It is free, near you and open to anyone."
          />
          <ResultCard
            href="#results"
            title="Brook End House"
            provider={{ id: 'x', name: 'Brook End House', kind: 'unknown' }}
            facts={['care home']}
            experience={null}
            place={{ strong: '2.4 miles away' }}
            regulator={{ rating: 'requires_improvement', date: '2 September 2025' }}
            source={{ words: 'the Care Quality Commission’s register', date: '1 November 2026' }}
            why="It is near you. It cannot be booked here."
          />
        </ol>
      ),
    },
    {
      name: 'The whole spread beside the regulator',
      of: (
        <div className="grid grid-2">
          <div className="card stack">
            <h4>What 41 people said</h4>
            <ExperienceBars caption="It kept me in control" count={41} scores={[0, 1, 2, 14, 24]} />
          </div>
          <RegulatorRating
            rating="good"
            date="14 May 2025"
            href="#results"
            parts={[
              { label: 'Safe', words: 'Good' },
              { label: 'Caring', words: 'Outstanding' },
            ]}
          />
          <div className="card stack">
            <h4>Two people so far</h4>
            <ExperienceBars caption="It kept me in control" count={2} />
          </div>
          <RegulatorRating rating="not_required" note="It gives no personal care." title="Not inspected" />
        </div>
      ),
    },
  ],
}
