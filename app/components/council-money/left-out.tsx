import { Notice } from '../notice/notice.tsx'

export interface LeftOutLine {
  line: number
  says: string
}
const MOST = 200

/** Lines of a file that were not used, by their number and why. */
export function LeftOut({ problems }: { problems: readonly LeftOutLine[] }) {
  if (problems.length === 0) return null
  const more = problems.length - MOST
  return (
    <Notice
      tone="warn"
      title={
        problems.length === 1 ? 'One line was left out' : `${String(problems.length)} lines were left out`
      }
      level={2}
    >
      <p>
        Nothing was done for these. Put them right and send the file again: what counted already changes
        nothing.
      </p>
      <ul>
        {problems.slice(0, MOST).map(({ line, says }) => (
          <li key={`${String(line)}${says}`}>
            Line {line}: {says}
          </li>
        ))}
      </ul>
      {more > 0 ? <p>And {more} more.</p> : null}
    </Notice>
  )
}
