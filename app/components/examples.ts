import type { ReactNode } from 'react'

/** One state of a part, with what it is for. */
export interface Example {
  name: string
  of: ReactNode
}
/** A family of parts: its folder, what it is for, and every state it can be in. */
export interface Family {
  id: string
  title: string
  about: string
  examples: readonly Example[]
}
