import type { ReactNode } from 'react'

/** Nothing here yet: says so, says what would be here, and offers the next step. */
export function Empty({
  title,
  level = 3,
  children,
}: {
  title: string
  level?: 2 | 3
  children?: ReactNode
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className="empty">
      <svg viewBox="0 0 128 64" aria-hidden="true" focusable="false">
        <path
          className="ghost"
          d="M2 2h28v28H2zM34 2h28v28H34zM98 2h28v28H98zM2 34h28v28H2zM66 34h28v28H66z"
        />
      </svg>
      <Heading>{title}</Heading>
      {children}
    </div>
  )
}
