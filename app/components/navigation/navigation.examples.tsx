import type { Family } from '../examples.ts'
import { BackLink, Chips, Pages, Steps, Tabs } from './navigation.tsx'

export const ways: Family = {
  id: 'ways',
  title: 'Steps, tabs, pages, chips',
  about: 'Where one is, and where one can go. All are links with an address.',
  examples: [
    {
      name: 'Steps, in the middle and at the end',
      of: (
        <div className="stack">
          <Steps
            label="Booking, third step"
            steps={['Days and times', 'Who pays', 'Check', 'Ask']}
            current={2}
          />
          <Steps label="Booking, done" steps={['Days and times', 'Who pays', 'Check', 'Ask']} current={4} />
        </div>
      ),
    },
    {
      name: 'Tabs',
      of: (
        <Tabs
          label="Months"
          tabs={[
            { label: 'November', href: '#ways', current: true },
            { label: 'October', href: '#ways-2' },
            { label: 'All months', href: '#ways-3' },
          ]}
        />
      ),
    },
    {
      name: 'Pages',
      of: (
        <div className="stack">
          <Pages label="Four pages" current={1} total={4} base="?page=" />
          <Pages label="Many pages" current={12} total={40} base="?page=" />
        </div>
      ),
    },
    {
      name: 'Chips: on and offered',
      of: (
        <Chips
          label="Filters that are on"
          chips={[
            { label: 'Mornings', href: '#a', on: true },
            { label: 'Any time of day: 12 more', href: '#b' },
          ]}
        />
      ),
    },
    { name: 'Back', of: <BackLink href="#ways">Back to 23 results</BackLink> },
  ],
}
