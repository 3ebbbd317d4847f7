export type Picture =
  'calendar' | 'purse' | 'in' | 'out' | 'jar' | 'purse_now' | 'talk' | 'question' | 'hand' | 'pause' | 'lock'

/** Line pictures of our own; the words beside them say it all, so they are not read out. */
const LINES: Record<Picture, string> = {
  calendar: 'M8 14h48v42H8zM8 26h48M20 8v12M44 8v12M18 36h6M30 36h6M42 36h6M18 46h6M30 46h6',
  purse: 'M8 24h48v30H8zM8 24l8-12h32l8 12M40 36h16v8H40z',
  in: 'M8 34h48v22H8zM32 4v24M22 18l10 10 10-10M20 45h24',
  out: 'M8 34h48v22H8zM32 28V4M22 14L32 4l10 10M20 45h24',
  jar: 'M18 8h28v8H18zM16 16h32c4 6 4 10 4 18v16c0 4-2 6-6 6H18c-4 0-6-2-6-6V34c0-8 0-12 4-18M24 38h16',
  purse_now: 'M8 24h48v30H8zM8 24l8-12h32l8 12M22 40l8 8 14-16',
  question: 'M32 6a26 26 0 1 0 0 52 26 26 0 0 0 0-52M24 26c0-12 18-12 18 0 0 7-9 7-9 13M33 46v1',
  hand: 'M6 10h22v18H6zM36 10h22v18H36zM6 36h22v18H6zM36 36h22v18H36zM12 45l4 4 8-8',
  pause: 'M32 6a26 26 0 1 0 0 52 26 26 0 0 0 0-52M25 22v20M39 22v20',
  lock: 'M12 28h40v28H12zM20 28v-8c0-16 24-16 24 0v8M32 38v8',
  talk: 'M6 10h36v24H22l-8 8v-8H6zM26 40v6h16l8 8v-8h8V24H48M16 20h16M16 27h10',
}

export interface EasyReadProps {
  parts: readonly {
    heading: string | null
    lines: readonly { picture: Picture; words: string }[]
  }[]
}

/** Short sentences, one idea each, a picture beside each. */
export function EasyRead({ parts }: EasyReadProps) {
  return (
    <div className="stack-l easy-read">
      {parts.map(({ heading, lines }, at) => (
        <div key={String(at)} className="stack">
          {heading ? <h2>{heading}</h2> : null}
          <ul className="plain">
            {lines.map(({ picture, words }) => (
              <li key={words}>
                <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
                  <path d={LINES[picture]} />
                </svg>
                <p>{words}</p>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
