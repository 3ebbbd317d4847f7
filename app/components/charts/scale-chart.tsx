import { round1 } from './scale.ts'

export interface ScaleChartProps {
  /** The chart in one sentence. */
  label: string
  value: number
  /** Beside the mark: '904 by owner'. */
  valueWords: string
  /** The right end: 4000, '4,000 and over'. */
  most: number
  leastWords: string
  mostWords: string
  /** A line to compare with, and whose it is; the short form is for phones. */
  line?: { at: number; words: string; short: string }
}

/** One figure on a scale with a line to compare with. */
export function ScaleChart(props: ScaleChartProps) {
  return (
    <>
      <OneScale {...props} width={1120} from={20} only="only-wide" />
      <OneScale {...props} width={350} from={4} only="only-phone" />
    </>
  )
}

function OneScale(props: ScaleChartProps & { width: number; from: number; only: string }) {
  const { value, most, line, width, from, only } = props
  const length = width - 2 * from
  const at = (figure: number) => round1(from + Math.min(1, Math.max(0, figure / most)) * length)
  const x = at(value)
  const anchor = x < width * 0.2 ? 'start' : x > width * 0.8 ? 'end' : 'middle'
  const phone = width < 600
  return (
    <svg className={`chart ${only}`} viewBox={`0 0 ${String(width)} 132`} role="img" aria-label={props.label}>
      <rect className="track" x={from} y="52" width={length} height="24" rx="12" />
      <rect className="c1" x={from} y="52" width={Math.max(24, x - from)} height="24" rx="12" />
      {line ? (
        <>
          <line className="rate" x1={at(line.at)} x2={at(line.at)} y1="36" y2="88" />
          <text className="sub" x={at(line.at)} y="110" textAnchor="middle">
            {phone ? line.short : line.words}
          </text>
        </>
      ) : null}
      <circle className="mark" cx={Math.max(from + 14, x)} cy="64" r="14" />
      <text className="b" x={anchor === 'start' ? Math.max(from, x - 14) : x} y="32" textAnchor={anchor}>
        {props.valueWords}
      </text>
      <text className="sub" x={from} y="110">
        {phone ? '0' : props.leastWords}
      </text>
      <text className="sub" x={width - from} y="110" textAnchor="end">
        {phone ? props.mostWords.split(' ')[0] : props.mostWords}
      </text>
    </svg>
  )
}
