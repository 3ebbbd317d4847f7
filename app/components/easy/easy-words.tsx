import type { ReactNode } from 'react'

/** Line drawings beside short sentences; each says what its sentence says. */
const PICTURES = {
  care: 'M12 34c0-8 5-13 12-13s12 5 12 13M24 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M38 26l6-4v16',
  council: 'M4 44h40M8 44V20M18 44V20M30 44V20M40 44V20M4 20h40L24 6z',
  coins:
    'M24 14c9 0 14-2 14-5s-5-5-14-5-14 2-14 5 5 5 14 5M10 9v30c0 3 5 5 14 5s14-2 14-5V9M10 24c0 3 5 5 14 5s14-2 14-5',
  part: 'M24 4a20 20 0 1 0 20 20H24zM29 4a15 15 0 0 1 15 15H29z',
  less: 'M6 14h36M6 34h22M42 24l-6 10-6-10',
  ask: 'M6 8h36v26H22l-10 9v-9H6zM20 17c0-5 8-5 8 0 0 3-4 3-4 7M24 29v1',
  safe: 'M24 4l18 7v12c0 11-8 18-18 21C14 41 6 34 6 23V11zM15 24l7 7 12-14',
  bank: 'M6 12h36v24H6zM6 20h36M12 29h10',
  free: 'M24 4a20 20 0 1 0 0 40 20 20 0 0 0 0-40M14 25l7 7 14-15',
} as const
export type EasyPicture = keyof typeof PICTURES

/** Short sentences, one idea each, a picture beside: the same as the page says, for those who would rather have it so. */
export function EasyWords({
  title = 'The same in easy words',
  lines,
}: {
  title?: string
  lines: readonly { picture: EasyPicture; words: ReactNode }[]
}) {
  return (
    <details className="box easy">
      <summary>{title}</summary>
      <ul className="plain">
        {lines.map(({ picture, words }, index) => (
          <li key={picture + String(index)} className="easy-line">
            <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
              <path className="easy-picture" d={PICTURES[picture]} />
            </svg>
            <p>{words}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
