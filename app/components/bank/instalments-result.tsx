import { Notice } from '../notice/notice.tsx'
import { type RefusedLine, RefusedLines } from './refused-lines.tsx'

export interface InstalmentsResultProps {
  rows: number
  arrived: number
  different: number
  known: number
  refused: readonly RefusedLine[]
}

/** What a file of direct payments came to, in a sentence. */
export function instalmentsWords({ arrived, different, known }: InstalmentsResultProps): string {
  const parts = [
    arrived === 1 ? 'One payment is recorded' : `${String(arrived)} payments are recorded`,
    ...(different > 0 ? [`${String(different)} of them with another amount than was due`] : []),
    ...(known > 0 ? [`${String(known)} were recorded before`] : []),
  ]
  return `${parts.join(', ')}.`
}

export function InstalmentsResult(props: InstalmentsResultProps) {
  return (
    <Notice tone={props.refused.length > 0 ? 'warn' : 'info'} title="The file was read" level={2} status>
      <p>{instalmentsWords(props)}</p>
      <RefusedLines refused={props.refused} />
    </Notice>
  )
}
