import type { Family } from '../examples.ts'
import { Statement } from './statement.tsx'

export const statements: Family = {
  id: 'statements',
  title: 'Statement',
  about: 'A sentence, then a line for each thing that happened and where it stands.',
  examples: [
    {
      name: 'A month',
      of: (
        <Statement
          statement={{
            month: '2026-11',
            words: 'November 2026',
            tabs: [
              { value: '2026-11', label: 'November', current: true },
              { value: '2026-10', label: 'October', current: false },
              { value: 'all', label: 'All months', current: false },
            ],
            lines: [
              {
                key: 'a',
                day: '20 Nov',
                date: '2026-11-20',
                what: 'Money back: Morning help, Castle Homecare, 28 Oct',
                visitId: null,
                fund: 'Social care budget',
                out: null,
                in: 2750,
                setAside: 0,
                stands: { tone: 'done', words: 'Back in your fund' },
              },
              {
                key: 'b',
                day: '18 Nov',
                date: '2026-11-18',
                what: 'Morning help, Weavers Care Co-op, 18 Nov',
                visitId: '0191e87a-ca2e-7e95-adb9-a73431ad91ba',
                fund: 'Social care budget',
                out: 2750,
                in: null,
                setAside: 0,
                stands: { tone: 'asked', words: 'Owed' },
              },
            ],
            holds: false,
            out: 2750,
            in: 2750,
            owed: 2750,
            page: 1,
            pages: 1,
          }}
        />
      ),
    },
  ],
}
