import type { Family } from '../examples.ts'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { Card, Facts, Panel, Total, Who } from './card.tsx'

export const cards: Family = {
  id: 'cards',
  title: 'Cards, panels, answers',
  about:
    'A card stands on its own. Sage is help and summary, sand is from outside, plum is acting for somebody.',
  examples: [
    {
      name: 'Card and panels',
      of: (
        <div className="grid grid-2">
          <Card labelledBy="ex-card">
            <h4 id="ex-card">Do next</h4>
            <p>Find more support, or book the same again.</p>
          </Card>
          <Panel>
            <h4>Not sure?</h4>
            <p>Nothing is lost if you stop here.</p>
          </Panel>
          <Panel tone="sand">
            <h4>From the register</h4>
            <Facts
              items={[
                { term: 'Largest owner', value: '27% of spend' },
                { term: 'Largest three', value: '43% of spend' },
              ]}
            />
          </Panel>
          <Panel tone="plum">
            <h4>You and Joan</h4>
            <p>You can see her plan and book visits until 31 March 2027. Joan can stop it any day.</p>
          </Panel>
        </div>
      ),
    },
    {
      name: 'The sentence before the figures',
      of: (
        <Total
          sentence={
            <>
              You have <span className="num">£1,735.00</span> left to use in three funds.
            </>
          }
        >
          <p>You have spent £1,649.00 since these funds began.</p>
        </Total>
      ),
    },
    {
      name: 'Answers to check',
      of: (
        <SummaryList
          rows={[
            {
              term: 'Support',
              value: 'Morning help at home',
              change: { href: '#cards', what: 'the support' },
            },
            {
              term: 'From',
              value: <Who id="weavers-care" kind="cooperative" name="Weavers Care Co-op" />,
            },
            {
              term: 'Note to them',
              value: '“Please ring twice. I am slow to the door.”',
              change: { href: '#cards', what: 'the note', label: 'Add to' },
            },
          ]}
        />
      ),
    },
  ],
}
