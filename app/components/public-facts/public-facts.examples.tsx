import type { Family } from '../examples.ts'
import { Checks } from './checks.tsx'
import { Said } from './said.tsx'

export const publicFacts: Family = {
  id: 'public-facts',
  title: 'What anybody may see of a provider',
  about: 'Who checked what and when, and what people say. Never what a paper says, never who said it.',
  examples: [
    {
      name: 'Checks, one of them run out',
      of: (
        <Checks
          id="example-checks"
          of="Weavers Care Co-op"
          checks={[
            {
              key: '1',
              name: 'Who they are',
              tone: 'done',
              words: 'Checked',
              checked: '3 March 2026',
              by: 'Aldermere Council',
              until: null,
            },
            {
              key: '2',
              name: 'Insurance',
              tone: 'asked',
              words: 'Checked, new paper asked for',
              checked: '12 December 2025',
              by: 'Kith',
              until: '11 December 2026',
            },
            {
              key: '3',
              name: 'Criminal record checks (DBS): Enhanced',
              tone: 'stop',
              words: 'Run out',
              checked: '20 August 2025',
              by: null,
              until: '20 August 2026',
            },
          ]}
        />
      ),
    },
    { name: 'Nothing checked yet', of: <Checks id="example-no-checks" of="Bright Kettle" checks={[]} /> },
    {
      name: 'What people said',
      of: (
        <Said
          said={{
            count: 41,
            newest: '3 days ago',
            spreads: [
              { key: 'a', words: 'Kept me in control', counts: [0, 1, 2, 14, 24], good: 38 },
              { key: 'b', words: 'Reliable', counts: [1, 1, 3, 16, 20], good: 36 },
              { key: 'c', words: 'Listened', counts: [0, 1, 2, 15, 23], good: 38 },
            ],
          }}
        />
      ),
    },
    { name: 'Fewer than three people', of: <Said said={{ count: 2, newest: null, spreads: [] }} /> },
  ],
}
