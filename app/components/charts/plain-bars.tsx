import { cx } from '../cx.ts'
import { Tile } from '../tile/picture.tsx'
import { tileInner } from '../tile/tile.ts'

export interface PlainBar {
  key: string
  label: string
  value: number
  /** The value in words: '35.3%', '£1,248.00', 'hidden'. */
  display: string
  /** A kind of provider: its tile stands before the label and its cloth fills the bar. */
  kind?: string
}

export interface PlainBarsProps {
  /** Unique on the page. */
  id: string
  caption: string
  showCaption?: boolean
  labelHead: string
  valueHead: string
  bars: readonly PlainBar[]
  /** What a full bar means; the largest value unless given. */
  most?: number
}

/** A bar chart that is a table: label, bar, figure. It needs no second table. */
export function PlainBars({
  id,
  caption,
  showCaption = false,
  labelHead,
  valueHead,
  bars,
  most,
}: PlainBarsProps) {
  const full = Math.max(most ?? 0, ...bars.map((bar) => bar.value), 1e-9)
  return (
    <table className="plainbars wide-l">
      <caption className={cx(!showCaption && 'vh')}>{caption}</caption>
      <thead className="vh">
        <tr>
          <th scope="col">{labelHead}</th>
          <th scope="col">Bar</th>
          <th scope="col">{valueHead}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.key}>
            <th scope="row">
              {bar.kind ? (
                <span className="who">
                  <Tile id={bar.key} kind={bar.kind} size="xs" />
                  {bar.label}
                </span>
              ) : (
                bar.label
              )}
            </th>
            <td>
              <Bar id={`${id}-${bar.key}`} share={bar.value / full} bar={bar} />
            </td>
            <td className="n">{bar.display}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const CLOTH = 22

function Bar({ id, share, bar }: { id: string; share: number; bar: PlainBar }) {
  const width = `${String(Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10)}%`
  return (
    <svg className="chart" width="100%" height={CLOTH} aria-hidden="true" focusable="false">
      {bar.kind ? (
        <defs>
          <pattern id={id} width={CLOTH} height={CLOTH} patternUnits="userSpaceOnUse">
            <g
              transform={`scale(${String(CLOTH / 64)})`}
              dangerouslySetInnerHTML={{ __html: tileInner(bar.key, bar.kind) }}
            />
          </pattern>
        </defs>
      ) : null}
      <rect className="track" width="100%" height={CLOTH} rx="4" />
      {bar.kind ? (
        <rect className="cloth" fill={`url(#${id})`} width={width} height={CLOTH} rx="3" />
      ) : (
        <rect className="c1" width={width} height={CLOTH} rx="4" />
      )}
    </svg>
  )
}
