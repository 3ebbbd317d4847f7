import { layoutQuilt, PHONE, WIDE, type QuiltItem } from './quilt-layout.ts'
import { tileInner } from './tile.ts'

const SQUARE = 64
const GAP = 4
const EDGE = 14

/** The large squares come first: one each for kinds that people seldom know. */
const LARGE_FIRST = [
  'cooperative',
  'user_led_organisation',
  'charity',
  'social_enterprise',
  'micro_enterprise',
]

function leading(items: readonly QuiltItem[]): QuiltItem[] {
  const large = LARGE_FIRST.flatMap((kind) => items.find((item) => item.kind === kind) ?? [])
  return [...large, ...items.filter((item) => !large.includes(item))]
}

/** A quilt of providers inside a stitched binding: a broad one on wide screens, a strip on phones. */
export function Quilt({
  items,
  label = 'A patchwork quilt. Every square is a local provider.',
}: {
  items: readonly QuiltItem[]
  label?: string
}) {
  return (
    <>
      <div className="only-wide">
        <OneQuilt items={items} pattern={WIDE} label={label} />
      </div>
      <div className="only-phone">
        <OneQuilt items={items} pattern={PHONE} label={label} />
      </div>
    </>
  )
}

function OneQuilt({
  items,
  pattern,
  label,
}: {
  items: readonly QuiltItem[]
  pattern: typeof WIDE
  label: string
}) {
  const width = pattern.columns * (SQUARE + GAP) - GAP + 2 * EDGE
  const height = pattern.rows * (SQUARE + GAP) - GAP + 2 * EDGE
  const inner = layoutQuilt(leading(items), pattern)
    .map(({ column, row, span, id, kind }) => {
      const side = String(span * (SQUARE + GAP) - GAP)
      const x = String(EDGE + column * (SQUARE + GAP))
      const y = String(EDGE + row * (SQUARE + GAP))
      return `<svg x="${x}" y="${y}" width="${side}" height="${side}" viewBox="0 0 64 64">${tileInner(id, kind)}</svg>`
    })
    .join('')
  return (
    <svg className="quilt" viewBox={`0 0 ${String(width)} ${String(height)}`} role="img" aria-label={label}>
      <rect className="binding" width={width} height={height} rx={12} />
      <rect className="binding-stitch" x={5} y={5} width={width - 10} height={height - 10} rx={8} />
      <rect className="quilt-ground" x={12} y={12} width={width - 24} height={height - 24} rx={4} />
      <g dangerouslySetInnerHTML={{ __html: inner }} />
    </svg>
  )
}
