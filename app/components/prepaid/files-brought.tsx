import { DataTable } from '../table/data-table.tsx'
import { counted } from '../week/words.ts'

interface File {
  id: string
  scheme: string
  on: string
  by: string
  lines: number
  fresh: number
  known: number
  refused: number
}

/** Which files of card schemes were taken in, and what waits for somebody to look at. */
export function FilesBrought({
  files,
  programmes,
}: {
  files: readonly File[]
  programmes: readonly { id: string; name: string; waiting: number }[]
}) {
  const waiting = programmes.filter((one) => one.waiting > 0)
  if (files.length === 0 && waiting.length === 0) return null
  return (
    <section className="stack" aria-labelledby="files">
      <h2 id="files">Files that were taken in</h2>
      {waiting.map((one) => (
        <p key={one.id}>
          {one.name}: {counted(one.waiting, 'line', 'lines')} that the books do not have{' '}
          {one.waiting === 1 ? 'waits' : 'wait'} for somebody to look at, under{' '}
          <a href="/council/money/reconciliation?source=cards">what does not agree</a>.
        </p>
      ))}
      {files.length === 0 ? null : (
        <DataTable
          caption="The last files, the newest first"
          columns={[
            { key: 'on', label: 'Taken in on' },
            { key: 'scheme', label: 'Scheme' },
            { key: 'by', label: 'By' },
            { key: 'lines', label: 'Lines', numeric: true },
            { key: 'fresh', label: 'New', numeric: true },
            { key: 'known', label: 'Here before', numeric: true },
            { key: 'refused', label: 'Left out', numeric: true },
          ]}
          rows={files.map((file) => ({
            key: file.id,
            cells: {
              on: file.on,
              scheme: file.scheme,
              by: file.by,
              lines: file.lines,
              fresh: file.fresh,
              known: file.known,
              refused: file.refused,
            },
          }))}
        />
      )}
    </section>
  )
}
