export interface NearMapProps {
  /** A square of 460 by 460, worked out by the server: lines first, and the words over them. */
  drawing: {
    lines: readonly { kind: string; d: string }[]
    words: readonly { kind: string; x: number; y: number; text: string }[]
  }
  /** The picture in words; the list beside it is the same information. */
  label: string
}

/** Where results lie about a place, over the areas of councils: without a library, and without anybody else's map. */
export function NearMap({ drawing: { lines, words }, label }: NearMapProps) {
  return (
    <svg className="chart near" viewBox="0 0 460 460" role="img" aria-label={label}>
      {lines.map(({ kind, d }, at) => (
        <path key={at} className={kind} d={d} />
      ))}
      {words.map(({ kind, x, y, text }, at) => (
        <text key={at} className={kind} x={x} y={y}>
          {text}
        </text>
      ))}
    </svg>
  )
}
