import type { ReactNode } from 'react'
import type { EasyLine } from '#services/easy-read/lines.ts'
import type { EasyResult } from '#services/easy-read/result.rules.ts'
import { LinkButton } from '../button/button.tsx'
import { EasyLines } from './easy-read.tsx'
import { Tile } from '../tile/picture.tsx'

/** What the hard word in every card means. */
const MEANINGS: readonly EasyLine[] = [
  { picture: 'clipboard', words: 'CQC is the group that inspects care in England.', hard: 'CQC' },
]

/** Results in their order. @param from the number of the first */
export function EasyResults({ from = 1, children }: { from?: number; children: ReactNode }) {
  return (
    <>
      <ol className="easy-results plain" start={from}>
        {children}
      </ol>
      <EasyLines lines={MEANINGS} small />
    </>
  )
}

export interface EasyResultCardProps {
  result: EasyResult
  /** Its number in the list. */
  number: number
  /** Why it is here, in sentences; only where answers led to it. */
  reasons?: readonly string[]
  /** Of its heading. */
  level?: 2 | 3
  /** A form: puts it on the shortlist. */
  keep?: ReactNode
}

/** One result, big: its name is its provider's, the sentences are made of its facts. */
export function EasyResultCard({ result, number, reasons = [], level = 2, keep }: EasyResultCardProps) {
  const { provider } = result
  const Heading = level === 2 ? 'h2' : 'h3'
  const Why = level === 2 ? 'h3' : 'h4'
  return (
    <li className="easy-result card">
      <div className="easy-result-top">
        <Tile id={provider.id} kind={provider.kind} />
        <div>
          <p className="easy-number">Number {number}</p>
          <Heading className="easy-title">{result.title}</Heading>
          {provider.name === result.title ? null : <p>{provider.name}</p>}
        </div>
      </div>
      {reasons.length > 0 ? (
        <div className="reasons">
          <Why>Why it may suit you</Why>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <EasyLines lines={result.lines} small />
      <div className="row">
        <LinkButton href={result.href}>
          Look at this one<span className="vh">: {result.title}</span>
        </LinkButton>
        {keep}
      </div>
      {result.easy ? null : <p className="soft">Its own page is not in Easy Read.</p>}
    </li>
  )
}
