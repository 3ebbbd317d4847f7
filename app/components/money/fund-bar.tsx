import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'

/** All in pence. They add up to what has been agreed. */
export interface FundParts {
  spent: number
  setAside: number
  left: number
  /** Kept for wages, notice or the unforeseen. */
  keptBack?: number
  /** Agreed and not yet arrived. */
  toCome?: number
}

interface Part {
  key: 'spent' | 'held' | 'kept' | 'left' | 'come'
  label: string
  pence: number
}

const partsOf = ({ spent, setAside, left, keptBack = 0, toCome = 0 }: FundParts): Part[] => {
  const always: Part[] = [
    { key: 'spent', label: 'Spent', pence: spent },
    { key: 'held', label: 'Set aside', pence: setAside },
  ]
  if (keptBack > 0) always.push({ key: 'kept', label: 'Kept for wages and notice', pence: keptBack })
  always.push({ key: 'left', label: 'Left', pence: left })
  if (toCome > 0) always.push({ key: 'come', label: 'Still to arrive', pence: toCome })
  return always
}

/** The bar in words. */
export const fundWords = (name: string, parts: FundParts): string =>
  `${name}: ${partsOf(parts)
    .map((part) => `${pounds(part.pence)} ${part.label.toLowerCase()}`)
    .join(', ')}`

/** Solid spent, striped set aside, dotted left: fill, texture and words say the same. */
export function FundBar({ id, name, parts }: { id: string; name: string; parts: FundParts }) {
  const all = partsOf(parts)
  const total = Math.max(
    1,
    all.reduce((sum, part) => sum + part.pence, 0),
  )
  let at = 0
  const placed = all.map((part) => {
    const from = at
    at += part.pence
    return { ...part, from: share(from, total), width: share(part.pence, total) }
  })
  return (
    <svg className="bar" role="img" aria-label={fundWords(name, parts)} width="100%" height="44">
      <Textures id={id} />
      {placed.map((part) => (
        <Swatch key={part.key} id={id} part={part.key} x={part.from} width={part.width} height="100%" />
      ))}
      {placed
        .filter((part) => part.from !== '0%' && part.width !== '0%')
        .map((part) => (
          <line key={part.key} className="bar-cut" x1={part.from} x2={part.from} y2="100%" />
        ))}
      <rect className="bar-edge" x="1" y="1" width="100%" height="42" transform="translate(-1 0)" />
    </svg>
  )
}

/** The figures under the bar, each with its texture. */
export function FundFigures({ id, parts }: { id: string; parts: FundParts }) {
  return (
    <dl className="parts">
      {partsOf(parts).map((part) => (
        <div key={part.key}>
          <svg aria-hidden="true" focusable="false" width="28" height="28">
            <Swatch id={id} part={part.key} x="0" width="28" height="28" />
            <rect className="bar-edge" x="1" y="1" width="26" height="26" />
          </svg>
          <dt>{part.label}</dt>
          <dd>{pounds(part.pence)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Textures({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-stripe`}
        width="10"
        height="10"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path className="stripe" d="M5 0v10" />
      </pattern>
      <pattern id={`${id}-check`} width="9" height="9" patternUnits="userSpaceOnUse">
        <path className="stripe thin" d="M4.5 0v9M0 4.5h9" />
      </pattern>
      <pattern id={`${id}-dot`} width="12" height="12" patternUnits="userSpaceOnUse">
        <circle className="dot" cx="6" cy="6" r="1.6" />
      </pattern>
    </defs>
  )
}

const TEXTURE = { spent: null, held: 'stripe', kept: 'check', left: 'dot', come: null } as const

function Swatch({
  id,
  part,
  ...box
}: {
  id: string
  part: Part['key']
  x: string
  width: string
  height: string
}) {
  const texture = TEXTURE[part]
  const ground = {
    spent: 'bar-spent',
    held: 'bar-held-bg',
    kept: 'bar-held-bg',
    left: 'bar-left-bg',
    come: 'bar-come',
  }
  return (
    <>
      <rect className={ground[part]} {...box} />
      {texture ? <rect fill={`url(#${id}-${texture})`} {...box} /> : null}
    </>
  )
}

const share = (part: number, total: number): string => `${String(Math.round((part / total) * 1000) / 10)}%`

export interface FundProps {
  /** Unique on the page; starts the ids of the textures. */
  id: string
  name: string
  /** Who funds it and how it is held: 'Aldermere Council, on your card.' */
  detail: ReactNode
  /** In pence. */
  agreed: number
  /** What has arrived, in pence, where it comes in instalments. */
  received?: number | null
  parts: FundParts
  /** Last day in words: '4 April'. */
  until?: string | null
  /** Next payment in: pence, and the day in words. */
  next?: { pence: number; on: string } | null
  /** What it can buy, then what it cannot and whose rule that is. */
  canBuy?: ReactNode
  level?: 3 | 4
  /** Notices that belong to this fund. */
  children?: ReactNode
}

/** One fund: what is left in figures and words, the bar, the parts, what it can pay for. */
export function Fund(props: FundProps) {
  const { id, name, parts, agreed, received, until, next } = props
  const Heading = props.level === 4 ? 'h4' : 'h3'
  return (
    <article className="fund" aria-labelledby={`${id}-h`}>
      <div className="head">
        <div>
          <Heading id={`${id}-h`}>{name}</Heading>
          <p className="small soft">{props.detail}</p>
        </div>
        <p className="fund-left">
          <span className="big">{pounds(parts.left)}</span> left of {pounds(agreed)}
          {until ? ` until ${until}` : ''}
        </p>
      </div>
      <FundBar id={id} name={name} parts={parts} />
      <div className="head">
        <FundFigures id={id} parts={parts} />
        {props.canBuy ? (
          <details className="term no-print">
            <summary>
              What can it pay for?<span className="vh"> {name}</span>
            </summary>
            {typeof props.canBuy === 'string' ? <p>{props.canBuy}</p> : <div>{props.canBuy}</div>}
          </details>
        ) : null}
      </div>
      {received !== null && received !== undefined ? (
        <p className="small">
          {pounds(agreed)} agreed, {pounds(received)} arrived so far.
          {next ? ` Next payment: ${pounds(next.pence)} on ${next.on}.` : ''}
        </p>
      ) : null}
      {props.children}
    </article>
  )
}
