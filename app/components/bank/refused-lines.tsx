import { Details } from '../details/details.tsx'

const SHOWN = 30
const MOST = 500

export interface RefusedLine {
  line: number
  /** 'its amount has more than two decimals' */
  why: string
}

/** Lines of a file that were left alone, each with why. */
export function RefusedLines({ refused }: { refused: readonly RefusedLine[] }) {
  if (refused.length === 0) return null
  const list = (lines: readonly RefusedLine[]) => (
    <ul>
      {lines.map(({ line, why }) => (
        <li key={`${String(line)} ${why}`}>
          Line {line}: {why}.
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <p>
        {refused.length === 1 ? 'One line was' : `${String(refused.length)} lines were`} left alone. Nothing
        was guessed.
      </p>
      {list(refused.slice(0, SHOWN))}
      {refused.length > SHOWN ? (
        <Details summary={`Show ${String(refused.length - SHOWN)} more`}>
          {list(refused.slice(SHOWN, MOST))}
        </Details>
      ) : null}
    </>
  )
}
