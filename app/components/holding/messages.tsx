import type { ReactNode } from 'react'

export interface MessageView {
  id: string
  by: string
  on: string
  words: string
  answer: string | null
  answeredOn: string | null
}

/** Questions and their answers, newest first. `press` is how one that waits is answered. */
export function Messages({
  messages,
  holder,
  press,
}: {
  messages: readonly MessageView[]
  holder: string
  press?: (message: MessageView) => ReactNode
}) {
  return (
    <ul className="plain stack">
      {messages.map((message) => (
        <li key={message.id} className="card stack-s">
          <p className="small soft">
            {message.by}, {message.on}
          </p>
          <p className="break">{message.words}</p>
          {message.answer === null ? (
            (press?.(message) ?? <p className="small">{holder} has not answered yet.</p>)
          ) : (
            <p className="break">
              <strong>
                {holder}, {message.answeredOn}:
              </strong>{' '}
              {message.answer}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
