import { cx } from '../cx.ts'
import { tileInner } from './tile.ts'
import { treemap, type Box } from './treemap.ts'

export interface MarketPiece {
  /** The provider's id; for a pooled piece any fixed word, such as 'sole-workers'. */
  id: string
  kind: string
  /** null for pooled sole workers: such a piece is never named on the quilt. */
  name: string | null
  /** What was spent, in pence. */
  pence: number
}

export interface MarketQuiltProps {
  /** Starts the ids of the patterns, so that two quilts can stand on one page. */
  id: string
  pieces: readonly MarketPiece[]
  /** The picture in words: the largest pieces, and where the rest can be read. */
  label: string
  /** A small one without names, to compare with. */
  small?: boolean
}

const LAYOUTS = {
  wide: { width: 1120, height: 560, cloth: 44, only: 'only-wide' },
  phone: { width: 358, height: 620, cloth: 32, only: 'only-phone' },
  small: { width: 420, height: 220, cloth: 30, only: '' },
} as const
type Layout = (typeof LAYOUTS)[keyof typeof LAYOUTS]

/** Largest first, as on the quilt, so that a table can carry the same numbers. */
export const ranked = <T extends { pence: number }>(pieces: readonly T[]): T[] =>
  [...pieces].sort((a, b) => b.pence - a.pence)

/** Spend as a quilt: the area of a piece is its share, its cloth is the provider's own tile. */
export function MarketQuilt({ id, pieces, label, small = false }: MarketQuiltProps) {
  if (small)
    return <OneMarketQuilt id={`${id}-s`} pieces={pieces} label={label} layout={LAYOUTS.small} bare />
  return (
    <>
      <OneMarketQuilt id={`${id}-w`} pieces={pieces} label={label} layout={LAYOUTS.wide} />
      <OneMarketQuilt id={`${id}-p`} pieces={pieces} label={label} layout={LAYOUTS.phone} />
    </>
  )
}

function OneMarketQuilt({
  id,
  pieces,
  label,
  layout,
  bare = false,
}: {
  id: string
  pieces: readonly MarketPiece[]
  label: string
  layout: Layout
  bare?: boolean
}) {
  const { width, height, cloth, only } = layout
  const total = pieces.reduce((sum, piece) => sum + piece.pence, 0)
  const placed = treemap(
    ranked(pieces).map((piece, i) => ({ ...piece, value: piece.pence, rank: i + 1 })),
    { x: 12, y: 12, w: width - 24, h: height - 24 },
  )
  const patterns = placed
    .map((piece) => {
      const scale = String(cloth / 64)
      return `<pattern id="${id}-${String(piece.rank)}" width="${String(cloth)}" height="${String(cloth)}" x="${round(piece.x)}" y="${round(piece.y)}" patternUnits="userSpaceOnUse"><g transform="scale(${scale})">${tileInner(piece.id, piece.kind)}</g></pattern>`
    })
    .join('')
  return (
    <svg
      className={cx('chart', 'quilt', only)}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      role="img"
      aria-label={label}
    >
      <defs dangerouslySetInnerHTML={{ __html: patterns }} />
      <rect className="binding" width={width} height={height} rx={12} />
      <rect className="binding-stitch" x={4.5} y={4.5} width={width - 9} height={height - 9} rx={8} />
      <rect className="quilt-ground" x={11} y={11} width={width - 22} height={height - 22} rx={3} />
      {placed.map((piece) => (
        <g key={piece.rank}>
          <rect
            fill={`url(#${id}-${String(piece.rank)})`}
            x={round(piece.x + 2.5)}
            y={round(piece.y + 2.5)}
            width={round(Math.max(0, piece.w - 5))}
            height={round(Math.max(0, piece.h - 5))}
            rx={3}
          />
          {bare ? null : (
            <Plate box={piece} name={piece.name} rank={piece.rank} share={piece.pence / total} />
          )}
        </g>
      ))}
    </svg>
  )
}

/** The name on a plain plate where it fits, in one line or two; a number where it does not, nothing on a scrap. */
function Plate({ box, name, rank, share }: { box: Box; name: string | null; rank: number; share: number }) {
  const plate = name === null ? null : plateOf(name, box)
  if (plate)
    return (
      <>
        <rect
          className="plate"
          x={round(box.x + 10.5)}
          y={round(box.y + 10.5)}
          width={plate.width}
          height={plate.height}
          rx={8}
        />
        {plate.lines.map((line, i) => (
          <text key={line} className="b" x={round(box.x + 20.5)} y={round(box.y + 32.5 + i * LINE)}>
            {line}
          </text>
        ))}
        <text className="sub" x={round(box.x + 20.5)} y={round(box.y + 32.5 + plate.lines.length * LINE)}>
          {percent(share)}
        </text>
      </>
    )
  if (box.w < 48 || box.h < 44) return null
  return (
    <>
      <rect className="plate" x={round(box.x + 8.5)} y={round(box.y + 8.5)} width={34} height={28} rx={8} />
      <text className="b" x={round(box.x + 25.5)} y={round(box.y + 28.5)} textAnchor="middle">
        {rank}
      </text>
    </>
  )
}

/** From one line of a plate to the next. */
const LINE = 20
/** Letters that are not about half as wide as they are high, by their width in hundredths of the type's size at this weight. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[mwMW]/, 88],
  [/[ODQUGNHAX&]/, 75],
  [/[BCKRVYSPZ]/, 67],
  [/[ijlI.,’'() -]/, 37],
  [/[frt1]/, 43],
  [/[cksvxyz]/, 54],
]
const TYPE = 17

/** How wide a name is on its plate, rather more than less: there is no font here to ask. */
export const nameWidth = (name: string): number =>
  Math.ceil(
    ([...name].reduce((sum, letter) => sum + (WIDTHS.find(([is]) => is.test(letter))?.[1] ?? 59), 0) * TYPE) /
      100,
  )

/** A plate for the name in one line, or else in two of much the same length; null where neither fits in the box. */
function plateOf(name: string, box: Box): { lines: readonly string[]; width: number; height: number } | null {
  const words = name.split(' ')
  const halves = words
    .slice(1)
    .map((_, i) => [words.slice(0, i + 1).join(' '), words.slice(i + 1).join(' ')])
    .sort((a, b) => Math.max(...a.map(nameWidth)) - Math.max(...b.map(nameWidth)))
  for (const lines of [[name], ...halves.slice(0, 1)]) {
    const width = Math.max(...lines.map(nameWidth)) + 20
    const height = 32 + lines.length * LINE
    if (box.w > width + 18 && box.h > height + 20) return { lines, width, height }
  }
  return null
}

const round = (value: number): string => String(Math.round(value * 10) / 10)

/** '17%'; below ten per cent with one decimal where there is one: '7.4%'. */
export function percent(share: number): string {
  const value = share * 100
  const text = value < 10 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value))
  return `${text}%`
}
