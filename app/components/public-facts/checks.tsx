import { DataTable } from '../table/data-table.tsx'
import { Tag } from '../tag/tag.tsx'

export interface Check {
  key: string
  name: string
  tone: 'done' | 'asked' | 'stop'
  words: string
  checked: string | null
  by: string | null
  until: string | null
}

const count = (all: number, good: number): string => {
  if (all === 1)
    return good === 1
      ? 'There is one check, and it is up to date.'
      : 'There is one check, and it is not up to date.'
  return good === all
    ? `All ${String(all)} checks are up to date.`
    : `${String(good)} of ${String(all)} checks ${good === 1 ? 'is' : 'are'} up to date.`
}

/** Who checked what, and when: a sentence, then the table. */
export function Checks({ checks, of, id = 'checks' }: { checks: readonly Check[]; of: string; id?: string }) {
  const good = checks.filter(({ tone, checked }) => tone !== 'stop' && checked !== null).length
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>Checks</h2>
      {checks.length === 0 ? (
        <p>Nobody has checked anything about {of} yet.</p>
      ) : (
        <>
          <p>{count(checks.length, good)}</p>
          <DataTable
            caption="What was checked, by whom and when"
            label={`Checks on ${of}`}
            columns={[
              { key: 'name', label: 'Check' },
              { key: 'state', label: 'Where it stands' },
              { key: 'checked', label: 'Checked' },
              { key: 'until', label: 'Look again' },
            ]}
            rows={checks.map((check) => ({
              key: check.key,
              cells: {
                name: check.name,
                state: <Tag tone={check.tone}>{check.words}</Tag>,
                checked: check.checked ? `${check.checked}${check.by ? `, by ${check.by}` : ''}` : 'Not yet',
                until: check.until ?? 'No end',
              },
            }))}
          />
        </>
      )}
    </section>
  )
}
