import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

export interface DetailsProps {
  summary: ReactNode
  /** term: what a word means; why: the reason for something; box: a part that can be folded away. */
  kind?: 'plain' | 'term' | 'why' | 'box'
  open?: boolean
  className?: string
  children: ReactNode
}

/** Opens in place, with the browser's own element. */
export function Details({ summary, kind = 'plain', open = false, className, children }: DetailsProps) {
  return (
    <details className={cx(kind !== 'plain' && kind, className)} open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}

/** A word of the sector with its meaning beside it. */
export function Term({ asks, children }: { asks: string; children: ReactNode }) {
  return (
    <details className="term">
      <summary>{asks}</summary>
      <p>{children}</p>
    </details>
  )
}
