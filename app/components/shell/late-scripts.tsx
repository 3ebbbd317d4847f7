import { Scripts } from '@remix-run/react'
import { cloneElement, isValidElement, type ReactNode } from 'react'

/**
 * Remix's scripts, to be fetched after what a page is read with. Browsers ask for modules as urgently as for the style sheet and the letters,
 * and on a slow line the words would wait for what they do not need.
 */
export function LateScripts({ nonce }: { nonce: string }) {
  return late(Scripts({ nonce }))
}

/** The same elements; those that only fetch ahead say that there is no hurry. */
function late(node: ReactNode): ReactNode {
  if (Array.isArray(node)) return node.map(late)
  if (!isValidElement<{ rel?: string; children?: ReactNode }>(node)) return node
  const { rel, children } = node.props
  // React 18 passes the attribute on as it is written.
  if (rel === 'modulepreload') return cloneElement(node, { fetchpriority: 'low' } as object)
  if (children === undefined) return node
  const laid = late(children)
  // Side by side as they were: one list of them would ask for keys.
  return cloneElement(node, undefined, ...(Array.isArray(laid) ? (laid as ReactNode[]) : [laid]))
}
