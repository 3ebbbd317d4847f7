import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

/** asked: waiting; done: settled well; stop: wrong or late; own: a supporter did it; plain: a fact. */
export type Tone = 'plain' | 'asked' | 'done' | 'stop' | 'own'

/** The state in words, with the next step: "Asked. They answer by Tuesday 5pm". */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx('tag', tone !== 'plain' && tone)}>{children}</span>
}
