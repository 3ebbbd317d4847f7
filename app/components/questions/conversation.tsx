import { cx } from '../cx.ts'

export interface ConversationProps {
  messages: readonly { key: string; mine: boolean; from: string; at: string; lines: readonly string[] }[]
}

/** What was said, the oldest first: who and when stand before each, and not in its colour alone. */
export function Conversation({ messages }: ConversationProps) {
  return (
    <ol className="plain stack" aria-label="What was said, the oldest first">
      {messages.map(({ key, mine, from, at, lines }) => (
        <li key={key} className={cx('panel', 'stack-s', mine && 'sand')}>
          <p className="small">
            <strong>{from}</strong>, {at}
          </p>
          {lines.map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </li>
      ))}
    </ol>
  )
}
