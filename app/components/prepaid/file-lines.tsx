import { pounds } from '#services/kernel/money.ts'
import { Notice } from '../notice/notice.tsx'
import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

interface Line {
  line: number
  on: string
  what: string
  card: string
  pence: number
  stands: 'new' | 'known' | 'refused'
  why: string | null
}

const some = (count: number, one: string, many: string): string =>
  count === 0 ? `No line ${one}` : count === 1 ? `One line ${one}` : `${String(count)} lines ${many}`

/** What is in a scheme's file, or what became of it: a sentence, the lines that are not taken with why, then all of them. */
export function FileLines({
  file,
  done,
}: {
  file: { lines: readonly Line[]; fresh: number; known: number; refused: number }
  done: boolean
}) {
  const refused = file.lines.filter(({ stands }) => stands === 'refused')
  const sentence = [
    file.fresh > 0 || file.known === 0
      ? done
        ? some(file.fresh, 'was taken in', 'were taken in')
        : some(file.fresh, 'is new', 'are new')
      : 'This file was here before: nothing in it is new',
    ...(file.known > 0 ? [some(file.known, 'was known already', 'were known already')] : []),
    ...(file.refused > 0 ? [some(file.refused, 'is not taken', 'are not taken')] : []),
  ].join('. ')
  return (
    <section className="stack" aria-labelledby="lines">
      <h2 id="lines">{done ? 'What was taken in' : 'What is in this file'}</h2>
      <Notice tone={file.refused > 0 ? 'warn' : 'info'} status>
        <p>{sentence}.</p>
        {refused.length > 0 ? (
          <ul>
            {refused.map(({ line, why }) => (
              <li key={line}>
                Line {line}: {why}.
              </li>
            ))}
          </ul>
        ) : null}
      </Notice>
      <DataTable
        caption="Lines of the file"
        hideCaption
        columns={[
          { key: 'line', label: 'Line', numeric: true },
          { key: 'on', label: 'Day' },
          { key: 'what', label: 'What' },
          { key: 'card', label: 'Card' },
          { key: 'pence', label: 'Amount', numeric: true, nowrap: true },
          { key: 'stands', label: 'How it stands' },
        ]}
        rows={file.lines
          .filter(({ what }) => what !== '')
          .slice(0, 500)
          .map((one) => ({
            key: String(one.line),
            cells: {
              line: one.line,
              on: one.on,
              what: one.what,
              card: one.card,
              pence: pounds(one.pence),
              stands: (
                <Tag tone={one.stands === 'new' ? 'done' : one.stands === 'refused' ? 'stop' : 'plain'}>
                  {one.stands === 'new'
                    ? done
                      ? 'Taken in'
                      : 'New'
                    : one.stands === 'known'
                      ? 'Known'
                      : 'Not taken'}
                </Tag>
              ),
            },
          }))}
      />
    </section>
  )
}
