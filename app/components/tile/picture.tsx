import { cx } from '../cx.ts'
import { tileInner } from './tile.ts'

export interface TileProps {
  /** The provider's id: the same id and kind give the same tile for ever. */
  id: string
  kind: string
  size?: 'l' | 'm' | 's' | 'xs'
}

/** Decoration: whoever uses it writes the kind in words beside it. */
export function Tile({ id, kind, size = 'm' }: TileProps) {
  return (
    <svg
      className={cx('tile', size !== 'm' && size)}
      viewBox="0 0 64 64"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: tileInner(id, kind) }}
    />
  )
}

/** A strip of tiles, as on the four doors of the first page. */
export function TileStrip({ items }: { items: readonly { id: string; kind: string }[] }) {
  const inner = items
    .map(
      ({ id, kind }, i) =>
        `<svg x="${String(i * 64)}" width="64" height="64" viewBox="0 0 64 64">${tileInner(id, kind)}</svg>`,
    )
    .join('')
  return (
    <svg
      viewBox={`0 0 ${String(items.length * 64)} 64`}
      preserveAspectRatio="xMinYMid slice"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: inner }}
    />
  )
}
