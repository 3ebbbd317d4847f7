import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

export interface QuestionListProps {
  caption: string
  /** What the column says of the other side: 'Provider', 'What'. */
  other: string
  /** Where one is read: the id is put behind it. */
  base: string
  questions: readonly {
    id: string
    about: string
    with: string
    standing: { words: string; tone: 'plain' | 'asked' | 'done' }
    last: string
  }[]
}

/** Conversations before anything is booked, each with where it stands. */
export function QuestionList({ caption, other, base, questions }: QuestionListProps) {
  return (
    <DataTable
      caption={caption}
      hideCaption
      columns={[
        { key: 'about', label: 'About' },
        { key: 'with', label: other },
        { key: 'stands', label: 'Where it stands' },
        { key: 'last', label: 'Last word' },
      ]}
      rows={questions.map(({ id, about, with: whom, standing, last }) => ({
        key: id,
        cells: {
          about: <a href={`${base}/${id}`}>{about}</a>,
          with: whom,
          stands: <Tag tone={standing.tone}>{standing.words}</Tag>,
          last,
        },
      }))}
    />
  )
}
