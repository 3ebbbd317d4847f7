import { apart, bordersOf, planOf, shapeOf } from './area-map.ts'

export interface AreaOnMap {
  id: string
  name: string
  lat: number
  lon: number
  /** 0 the lightest; null is hatched. */
  shade: 0 | 1 | 2 | 3 | null
  /** The figure in words. */
  display: string
}
export interface AreaMapProps {
  /** Unique on the page. */
  id: string
  areas: readonly AreaOnMap[]
  /** The picture in words; the table beside it is the same information. */
  label: string
  /** What the shades mean, lightest first. */
  shades: readonly string[]
  hiddenWords?: string
  /** Names and figures, shown where the picture has no room for names. */
  listed: string
}

/**
 * Areas shaded by a figure, drawn on the server from their middles: no map library and no map's data, so nothing about who
 * looks leaves the site. Twice: with names where there is room, and with the figures alone on a phone, where the names are
 * in the list under it.
 */
export function AreaMap(props: AreaMapProps) {
  const { id, areas, label, shades, listed, hiddenWords = 'Hidden: small numbers' } = props
  return (
    <div className="split map-split">
      <figure>
        <Drawing id={`${id}-wide`} areas={areas} label={label} names />
        <Drawing id={`${id}-phone`} areas={areas} label={label} />
        <figcaption className="only-phone">{listed}</figcaption>
      </figure>
      <ul className="plain stack-s legend" aria-label="Shades on the map">
        {shades.map((words, shade) => (
          <li key={words} className="who">
            <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
              <rect className={`w${String(shade)} swatch`} x="1.5" y="1.5" width="29" height="29" rx="4" />
            </svg>
            {words}
          </li>
        ))}
        {areas.some(({ shade }) => shade === null) ? (
          <li className="who">
            <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
              <Hatch id={`${id}-key`} />
              <rect className="w0" x="1.5" y="1.5" width="29" height="29" rx="4" />
              <rect
                className="swatch"
                fill={`url(#${id}-key)`}
                x="1.5"
                y="1.5"
                width="29"
                height="29"
                rx="4"
              />
            </svg>
            {hiddenWords}
          </li>
        ) : null}
      </ul>
    </div>
  )
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="hatch" d="M6 0v12" />
      </pattern>
    </defs>
  )
}

interface DrawingProps {
  id: string
  areas: readonly AreaOnMap[]
  label: string
  names?: boolean
}

function Drawing({ id, areas, label, names = false }: DrawingProps) {
  const { width, height, spots, cells, outline } = planOf(areas, names ? 640 : 360)
  const sizes = areas.map((area) => sizeOf(area, names))
  const places = apart(spots, sizes)
  return (
    <svg
      className={names ? 'chart only-wide' : 'chart only-phone'}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      role="img"
      aria-label={label}
    >
      <Hatch id={`${id}-hide`} />
      <defs>
        <clipPath id={`${id}-edge`}>
          <path d={outline} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}-edge)`}>
        {areas.map((area, i) => {
          const shape = shapeOf(cells[i] ?? [])
          return (
            <g key={area.id}>
              <path className={`w${String(area.shade ?? 0)}`} d={shape} />
              {area.shade === null ? <path fill={`url(#${id}-hide)`} d={shape} /> : null}
            </g>
          )
        })}
        <path className="ward" d={bordersOf(cells)} />
      </g>
      <path className="outline" d={outline} />
      {areas.map((area, i) => (
        <Plate
          key={area.id}
          area={area}
          spot={places[i] ?? { x: 0, y: 0 }}
          size={sizes[i] ?? { wide: 0, high: 0 }}
          names={names}
        />
      ))}
    </svg>
  )
}

const wordsOf = (area: AreaOnMap, names: boolean): string =>
  area.shade === null && !names ? '–' : area.display

function sizeOf(area: AreaOnMap, names: boolean): { wide: number; high: number } {
  const text = wordsOf(area, names)
  return names
    ? { wide: Math.max(8.2 * area.name.length, 9 * text.length) + 18, high: 42 }
    : { wide: 10 * text.length + 14, high: 26 }
}

interface PlateProps {
  area: AreaOnMap
  spot: { x: number; y: number }
  size: { wide: number; high: number }
  names: boolean
}

/** A figure on paper, so that it can be read on any shade. */
function Plate({ area, spot, size: { wide, high }, names }: PlateProps) {
  return (
    <g>
      <rect className="plate" x={spot.x - wide / 2} y={spot.y - high / 2} width={wide} height={high} rx="7" />
      {names ? (
        <text className="map-t" x={spot.x} y={spot.y - 4} textAnchor="middle">
          {area.name}
        </text>
      ) : null}
      <text className="b" x={spot.x} y={names ? spot.y + 15 : spot.y + 6} textAnchor="middle">
        {wordsOf(area, names)}
      </text>
    </g>
  )
}
