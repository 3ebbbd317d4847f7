import type { Family } from '../examples.ts'
import { Tag } from '../tag/tag.tsx'
import { DataTable, HiddenNumber } from './data-table.tsx'

export const tables: Family = {
  id: 'tables',
  title: 'Tables',
  about: 'A sentence first, then the table. It scrolls in its own box, and becomes cards on a phone.',
  examples: [
    {
      name: 'A statement',
      of: (
        <DataTable
          caption="1 to 23 November 2026"
          rowHeader="what"
          columns={[
            { key: 'date', label: 'Date', nowrap: true },
            { key: 'what', label: 'What' },
            { key: 'fund', label: 'Fund' },
            { key: 'out', label: 'Out', numeric: true },
            { key: 'in', label: 'In', numeric: true },
            { key: 'stands', label: 'Where it stands' },
          ]}
          rows={[
            {
              key: '1',
              cells: {
                date: '20 Nov',
                what: 'Money back: nobody came on 28 October',
                fund: 'Social care',
                in: '£27.50',
                stands: <Tag tone="done">Back in your fund</Tag>,
              },
            },
            {
              key: '2',
              cells: {
                date: '19 Nov',
                what: 'Exercise group, Bright Kettle',
                fund: 'Health',
                out: '£12.00',
                stands: <Tag tone="asked">Owed, paid on 27 Nov</Tag>,
              },
            },
          ]}
          foot={{ key: 'all', cells: { what: 'In all', out: '£12.00', in: '£27.50' } }}
        />
      ),
    },
    {
      name: 'Plain figures, one of them not shown',
      of: (
        <DataTable
          caption="Unmet need for every 1,000 people with a budget"
          cards={false}
          columns={[
            { key: 'ward', label: 'Ward' },
            { key: 'unmet', label: 'Unmet', numeric: true },
          ]}
          rows={[
            { key: 'm', cells: { ward: 'Moorend', unmet: '96' } },
            { key: 'b', cells: { ward: 'Brook End', unmet: <HiddenNumber /> } },
          ]}
        />
      ),
    },
  ],
}
