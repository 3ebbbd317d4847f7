import { Notice } from '../notice/notice.tsx'
import { type RefusedLine, RefusedLines } from './refused-lines.tsx'

export interface ImportResultProps {
  rows: number
  matched: number
  suggested: number
  unmatched: number
  known: number
  refused: readonly RefusedLine[]
}

/** What a file brought, in a sentence. */
export function importWords({ rows, matched, suggested, unmatched, known }: ImportResultProps): string {
  if (rows > 0 && known === rows) return 'This file was here before. Nothing was changed.'
  const parts = [
    rows === 1 ? 'One line read' : `${String(rows)} lines read`,
    ...(known > 0 ? [`${String(known)} of them known already`] : []),
    `${String(matched)} recognised`,
    `${String(suggested)} for you to say`,
    `${String(unmatched)} not recognised`,
  ]
  return `${parts.join(', ')}.`
}

/** The same, with every line that was refused and why. */
export function ImportResult(props: ImportResultProps) {
  return (
    <Notice tone={props.refused.length > 0 ? 'warn' : 'info'} title="The file was read" level={2} status>
      <p>{importWords(props)}</p>
      <RefusedLines refused={props.refused} />
    </Notice>
  )
}
