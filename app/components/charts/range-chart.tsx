import { round1 } from './scale.ts'

export interface RangeRow {
  key: string
  label: string
  /** Quarter, middle, three quarters; null when too few to show. In any unit, the same for all. */
  range: { low: number; middle: number; high: number } | null
  /** Instead of a range: 'Too few prices to show (under 5)'. */
  tooFew?: string
}
export interface RangeChartProps {
  /** The chart in one sentence. */
  label: string
  rows: readonly RangeRow[]
  /** Figures along the axis, first to last. */
  ticks: readonly number[]
  tickWords: (value: number) => string
  /** A line to compare with: the council's own rate. */
  line?: { at: number; words: string }
}

/** The middle half of prices by kind, with the middle price marked. Put the table after it. */
export function RangeChart(props: RangeChartProps) {
  return (
    <>
      <Ranges {...props} width={1120} from={210} to={1098} rowHeight={44} under={false} only="only-wide" />
      <Ranges {...props} width={350} from={16} to={326} rowHeight={62} under only="only-phone" />
    </>
  )
}

interface Plane {
  width: number
  from: number
  to: number
  rowHeight: number
  /** The bar stands under its label. */
  under: boolean
  only: string
}

function Ranges({ rows, ticks, tickWords, line, label, ...plane }: RangeChartProps & Plane) {
  const { width, from, to, rowHeight, under, only } = plane
  const least = ticks[0] ?? 0
  const most = ticks[ticks.length - 1] ?? 1
  const x = (value: number) => round1(from + ((value - least) / (most - least)) * (to - from))
  const end = 30 + rows.length * rowHeight
  return (
    <svg
      className={`chart ${only}`}
      viewBox={`0 0 ${String(width)} ${String(end + 36)}`}
      role="img"
      aria-label={label}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="gridline" x1={x(tick)} x2={x(tick)} y1="28" y2={end} />
          <text className="sub" x={x(tick)} y={end + 24} textAnchor="middle">
            {tickWords(tick)}
          </text>
        </g>
      ))}
      {rows.map((row, i) => {
        const top = 30 + i * rowHeight
        const bar = under ? top + 31 : top + 11
        return (
          <g key={row.key}>
            <text x={under ? 4 : 0} y={under ? top + 24 : top + 28}>
              {row.label}
            </text>
            {row.range ? (
              <>
                <rect
                  className="box"
                  x={x(row.range.low)}
                  y={bar}
                  width={round1(Math.max(2, x(row.range.high) - x(row.range.low)))}
                  height="22"
                  rx="5"
                />
                <line
                  className="median"
                  x1={x(row.range.middle)}
                  x2={x(row.range.middle)}
                  y1={bar - 4}
                  y2={bar + 26}
                />
                <circle className="median" cx={x(row.range.middle)} cy={bar + 11} r="8" />
              </>
            ) : (
              <text className="sub" x={under ? 4 : from + 8} y={under ? top + 48 : top + 28}>
                {row.tooFew ?? 'Too few to show (under 5)'}
              </text>
            )}
          </g>
        )
      })}
      {line ? (
        <>
          <line className="rate" x1={x(line.at)} x2={x(line.at)} y1="26" y2={end} />
          <text
            className="b"
            x={Math.min(Math.max(x(line.at), under ? 110 : from), to - 60)}
            y="18"
            textAnchor="middle"
          >
            {line.words}
          </text>
        </>
      ) : null}
    </svg>
  )
}
