import type { EasyLine, EasyPart } from '#services/easy-read/lines.ts'
import { EasyPicture } from './picture.tsx'

/** Short sentences, one idea each, a picture beside each. */
export function EasyLines({ lines, small = false }: { lines: readonly EasyLine[]; small?: boolean }) {
  return (
    <ul className={small ? 'easy-lines small-pictures plain' : 'easy-lines plain'}>
      {lines.map((line, at) => (
        <li key={line.words + String(at)}>
          <EasyPicture name={line.picture} />
          <div className="easy-words">
            <p>
              <WithHardWord words={line.words} hard={line.hard} />
            </p>
            <Beside line={line} />
          </div>
        </li>
      ))}
    </ul>
  )
}

/** The hard word stands out, so that it is found again. */
function WithHardWord({ words: plain, hard }: { words: string; hard: string | undefined }) {
  const words = together(plain)
  const at = hard === undefined ? -1 : words.indexOf(hard)
  if (hard === undefined || at < 0) return <>{words}</>
  return (
    <>
      {words.slice(0, at)}
      <strong>{hard}</strong>
      {words.slice(at + hard.length)}
    </>
  )
}

/** A day stays with its month, and a number with what is counted. */
const together = (words: string): string => words.replace(/(\d) (?=[A-Za-z])/g, '$1\u00a0')

function Beside({ line: { items, more, theirs, link } }: { line: EasyLine }) {
  return (
    <>
      {items ? (
        <ul className="easy-items">
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      ) : null}
      {more ? (
        <p className="easy-more">
          <strong>{more.label}:</strong> {more.words}
        </p>
      ) : null}
      {theirs ? (
        <blockquote className="easy-theirs">
          <p className="pre">{theirs.words}</p>
          <footer>{theirs.by}</footer>
        </blockquote>
      ) : null}
      {link ? (
        <p className="go">
          <a href={link.href}>{link.words}</a>
        </p>
      ) : null}
    </>
  )
}

/** Parts of a page, each with its heading. */
export function EasyRead({ parts }: { parts: readonly EasyPart[] }) {
  return (
    <div className="easy-read">
      {parts.map((part) => (
        <EasySection key={part.id} part={part} />
      ))}
    </div>
  )
}

export function EasySection({ part: { id, heading, lines } }: { part: EasyPart }) {
  if (heading === null) return <EasyLines lines={lines} />
  return (
    <section className="easy-part" aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {heading}
      </h2>
      <EasyLines lines={lines} />
    </section>
  )
}

/** On an ordinary page: the same in easy words, for those who would rather have it so. */
export function EasyWords({
  title = 'The same in easy words',
  lines,
}: {
  title?: string
  lines: readonly EasyLine[]
}) {
  return (
    <details className="box easy">
      <summary>{title}</summary>
      <EasyLines lines={lines} small />
    </details>
  )
}
