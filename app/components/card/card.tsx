import type { ReactNode } from 'react'
import { cx } from '../cx.ts'
import { Tile } from '../tile/picture.tsx'
import { kindLabel } from '../tile/tile.ts'

interface Box {
  children: ReactNode
  /** Id of the heading that names it: makes it a region of its own. */
  labelledBy?: string
  className?: string
}

/** A thing that stands on its own. */
export function Card({ children, labelledBy, className }: Box) {
  const Element = labelledBy ? 'section' : 'div'
  return (
    <Element
      className={cx('card', 'stack', className)}
      {...(labelledBy ? { 'aria-labelledby': labelledBy } : {})}
    >
      {children}
    </Element>
  )
}

/** Help and summary (sage), facts from outside (sand), somebody acts for somebody (plum). */
export function Panel({
  children,
  labelledBy,
  className,
  tone = 'sage',
}: Box & { tone?: 'sage' | 'sand' | 'plum' }) {
  const Element = labelledBy ? 'section' : 'div'
  return (
    <Element
      className={cx('panel', tone !== 'sage' && tone, 'stack', className)}
      {...(labelledBy ? { 'aria-labelledby': labelledBy } : {})}
    >
      {children}
    </Element>
  )
}

export interface WhoProps {
  id: string
  kind: string
  name: ReactNode
  /** More after the kind: 'owned by its 9 workers'. */
  detail?: string
  size?: 'l' | 'm' | 's' | 'xs'
}

/** A provider: tile, name, kind in words. */
export function Who({ id, kind, name, detail, size = 's' }: WhoProps) {
  return (
    <span className="who">
      <Tile id={id} kind={kind} size={size} />
      <span>
        {name}
        <br />
        <span className="kind">{detail ? `${kindLabel(kind)} · ${detail}` : kindLabel(kind)}</span>
      </span>
    </span>
  )
}

/** A few facts side by side. */
export function Facts({
  items,
  className,
}: {
  items: readonly { term: string; value: ReactNode }[]
  className?: string
}) {
  return (
    <dl className={cx('facts', className)}>
      {items.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The sentence at the top of a page of figures. */
export function Total({ sentence, children }: { sentence: ReactNode; children?: ReactNode }) {
  return (
    <div className="total stack">
      <p>{sentence}</p>
      {children}
    </div>
  )
}
