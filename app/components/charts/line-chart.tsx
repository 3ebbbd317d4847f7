import { Details } from '../details/details.tsx'
import { DataTable } from '../table/data-table.tsx'
import { axisSteps, round1 } from './scale.ts'

export interface LinePoint {
  /** In words: '5 October'. */
  label: string
  value: number
  /** The value in words: '£2,112.00'. */
  display: string
  /** Where it stands between the others, in days say; evenly spread unless given. */
  at?: number
  /** Not yet happened: drawn dotted. */
  forecast?: boolean
  /** Written beside a mark on the line: 'Today: £2,112.00 not yet spent'. */
  note?: string
}

export interface LineChartProps {
  /** The chart in one sentence. */
  label: string
  points: readonly LinePoint[]
  /** Axis figure in words: (1000) => '£1,000'. */
  axis: (value: number) => string
  /** Heads of the table below. */
  pointHead: string
  valueHead: string
  caption: string
  /** False where the page has a fuller table of its own below. */
  withTable?: boolean
}

interface Plane {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
  only: string
  axis: boolean
}
const WIDE: Plane = {
  width: 1120,
  height: 275,
  left: 84,
  right: 1100,
  top: 30,
  bottom: 220,
  only: 'only-wide',
  axis: true,
}
const PHONE: Plane = {
  width: 350,
  height: 250,
  left: 8,
  right: 340,
  top: 34,
  bottom: 210,
  only: 'only-phone',
  axis: false,
}

/** What has happened as a solid line, what may happen as a dotted one; the figures in a table below. */
export function LineChart(props: LineChartProps) {
  return (
    <>
      <OneLine {...props} plane={WIDE} />
      <OneLine {...props} plane={PHONE} />
      {props.withTable === false ? null : (
        <Details kind="box" summary="The numbers as a table">
          <DataTable
            caption={props.caption}
            cards={false}
            columns={[
              { key: 'point', label: props.pointHead },
              { key: 'value', label: props.valueHead, numeric: true },
            ]}
            rows={props.points.map((point) => ({
              key: point.label,
              cells: {
                point: point.forecast ? `${point.label} (if things go on)` : point.label,
                value: point.display,
              },
            }))}
          />
        </Details>
      )}
    </>
  )
}

function OneLine({ points, label, axis, plane }: LineChartProps & { plane: Plane }) {
  const steps = axisSteps(Math.max(0, ...points.map((point) => point.value)), 4)
  const most = steps[steps.length - 1] ?? 1
  const places = points.map((point, i) => point.at ?? i)
  const first = places[0] ?? 0
  const reach = Math.max(1e-9, (places[places.length - 1] ?? 1) - first)
  const x = (i: number) =>
    round1(plane.left + (((places[i] ?? 0) - first) / reach) * (plane.right - plane.left))
  const y = (value: number) => round1(plane.bottom - (value / most) * (plane.bottom - plane.top))
  const turn = points.findIndex((point) => point.forecast)
  const solid = turn < 0 ? points.length : turn
  /** Height of the line at a place between two points. */
  const lineAt = (place: number): number => {
    const right = points.findIndex((_, i) => x(i) >= place)
    if (right < 1) return y(points[Math.max(0, right)]?.value ?? 0)
    const share = (place - x(right - 1)) / Math.max(1, x(right) - x(right - 1))
    const before = y(points[right - 1]?.value ?? 0)
    return before + share * (y(points[right]?.value ?? 0) - before)
  }
  /** Above the line all along its length; a letter is about nine units wide. */
  const noteHeight = (i: number, note: string, near: boolean): number => {
    const far = near ? x(i) - note.length * 9 : x(i) + 16 + note.length * 9
    return Math.max(16, Math.min(y(points[i]?.value ?? 0), lineAt(far)) - (near ? 18 : 12))
  }
  /** Where each note stands: below the line where it would lie on the one before it. */
  const notes = new Map<number, { x: number; y: number; near: boolean }>()
  let taken: { from: number; to: number; y: number } | null = null
  points.forEach((point, i) => {
    if (!point.note) return
    const near = x(i) > (plane.left + plane.right) / 2
    const at = near ? x(i) : x(i) + 16
    const long = point.note.length * 9
    const [from, to] = near ? [at - long, at] : [at, at + long]
    const above = noteHeight(i, point.note, near)
    const clash = taken !== null && from < taken.to && taken.from < to && Math.abs(above - taken.y) < 22
    const under = Math.max(y(point.value), lineAt(near ? from : to)) + 30
    const height = !clash ? above : under < plane.bottom - 6 ? under : Math.max(16, above - 24)
    notes.set(i, { x: at, y: height, near })
    taken = { from, to, y: height }
  })
  const d = (from: number, to: number) =>
    points
      .slice(from, to)
      .map((point, i) => `${i === 0 ? 'M' : 'L'}${String(x(from + i))} ${String(y(point.value))}`)
      .join('')
  return (
    <svg
      className={`chart ${plane.only}`}
      viewBox={`0 0 ${String(plane.width)} ${String(plane.height)}`}
      role="img"
      aria-label={label}
    >
      {steps.map((step) => (
        <g key={step}>
          <line
            className={step === 0 ? 'axis' : 'gridline'}
            x1={plane.left}
            x2={plane.right}
            y1={y(step)}
            y2={y(step)}
          />
          {plane.axis ? (
            <text className="sub" x={plane.left - 12} y={y(step) + 6} textAnchor="end">
              {axis(step)}
            </text>
          ) : null}
        </g>
      ))}
      <path className="line" d={d(0, solid)} />
      {turn > 0 ? <path className="line dash" d={d(turn - 1, points.length)} /> : null}
      {points.map((point, i) => {
        const note = notes.get(i)
        const ends = i === 0 || i === points.length - 1
        return (
          <g key={point.label}>
            {note ? (
              <>
                <circle className="mark" cx={x(i)} cy={y(point.value)} r="8" />
                <text className="b" x={note.x} y={note.y} textAnchor={note.near ? 'end' : 'start'}>
                  {point.note}
                </text>
              </>
            ) : null}
            {ends ? (
              <text className="sub" x={x(i)} y={plane.bottom + 30} textAnchor={i === 0 ? 'start' : 'end'}>
                {point.label}
              </text>
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}
