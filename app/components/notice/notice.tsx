import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

export interface NoticeProps {
  tone?: 'info' | 'warn' | 'stop' | 'plain'
  title?: string
  /** Level of the title. */
  level?: 2 | 3 | 4
  id?: string
  /** Announced when it appears: the answer to something just done. */
  status?: boolean
  children?: ReactNode
}

const CLASS = { info: '', warn: 'warn', stop: 'stop', plain: 'plain-note' } as const

export function Notice({ tone = 'info', title, level = 3, id, status = false, children }: NoticeProps) {
  const Heading = `h${String(level)}` as 'h2' | 'h3' | 'h4'
  return (
    <div
      className={cx('notice', CLASS[tone])}
      {...(id ? { id } : {})}
      {...(status ? { role: 'status' } : {})}
    >
      {title ? <Heading>{title}</Heading> : null}
      {children}
    </div>
  )
}
