import { Details } from '../details/details.tsx'
import { DataTable } from '../table/data-table.tsx'
import { axisSteps, round1 } from './scale.ts'

export interface BarChartBar {
  /** Short, as it stands under the bar: 'Oct'. */
  label: string
  value: number
  /** The value in words: '£12,300', '41', 'hidden'. */
  display: string
}

export interface BarChartProps {
  /** The chart in one sentence. */
  label: string
  bars: readonly BarChartBar[]
  /** Axis figure in words: (1000) => '£1,000'. */
  axis: (value: number) => string
  labelHead: string
  valueHead: string
  caption: string
}

/** Upright bars over time, with the figures in a table below. At most twelve or so. */
export function BarChart(props: BarChartProps) {
  return (
    <>
      <Bars {...props} width={1120} height={280} left={84} only="only-wide" />
      <Bars {...props} width={350} height={240} left={8} only="only-phone" />
      <Details kind="box" summary="The numbers as a table">
        <DataTable
          caption={props.caption}
          cards={false}
          columns={[
            { key: 'label', label: props.labelHead },
            { key: 'value', label: props.valueHead, numeric: true },
          ]}
          rows={props.bars.map((bar) => ({
            key: bar.label,
            cells: { label: bar.label, value: bar.display },
          }))}
        />
      </Details>
    </>
  )
}

interface Plane {
  width: number
  height: number
  left: number
  only: string
}

function Bars({ bars, label, axis, width, height, left, only }: BarChartProps & Plane) {
  const bottom = height - 40
  const top = 20
  const steps = axisSteps(Math.max(0, ...bars.map((bar) => bar.value)), 3)
  const most = steps[steps.length - 1] ?? 1
  const y = (value: number) => round1(bottom - (value / most) * (bottom - top))
  const slot = (width - left - 8) / Math.max(1, bars.length)
  // On a phone every label would touch the next; the first, the last and every third stay.
  const every = slot < 40 ? 3 : 1
  return (
    <svg
      className={`chart ${only}`}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      role="img"
      aria-label={label}
    >
      {steps.map((step) => (
        <g key={step}>
          <line
            className={step === 0 ? 'axis' : 'gridline'}
            x1={left}
            x2={width - 8}
            y1={y(step)}
            y2={y(step)}
          />
          {left > 40 ? (
            <text className="sub" x={left - 12} y={y(step) + 6} textAnchor="end">
              {axis(step)}
            </text>
          ) : null}
        </g>
      ))}
      {bars.map((bar, i) => (
        <g key={bar.label}>
          <rect
            className="c1"
            x={round1(left + slot * i + slot * 0.15)}
            y={y(bar.value)}
            width={round1(slot * 0.7)}
            height={round1(bottom - y(bar.value))}
            rx="3"
          />
          {i % every === 0 ? (
            <text className="sub" x={round1(left + slot * (i + 0.5))} y={bottom + 26} textAnchor="middle">
              {bar.label}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  )
}
