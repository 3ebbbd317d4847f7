import { Fragment } from 'react'
import { pounds } from '#services/kernel/money.ts'
import { Details } from '../details/details.tsx'
import { Tile } from '../tile/picture.tsx'
import { kindLabel } from '../tile/tile.ts'
import { ExperienceSummary, type Scores } from '../voices/experience.tsx'
import { RegulatorSummary, type Regulator } from '../voices/regulator.tsx'
import { FundsThatPay, type PayingFor } from './funds.tsx'

export interface Compared {
  id: string
  slug: string
  title: string
  provider: { id: string; slug: string; name: string; kind: string; userLed: boolean; phone: string | null }
  price: {
    lines: readonly { label: string; pence: number }[]
    total: number
    unit: string
    notes: readonly string[]
  } | null
  freeWords: string | null
  nextFree: string | null
  /** Null when it can be asked for here; else why not. */
  notBookable: string | null
  intoWeek: boolean
  hours: readonly string[]
  where: string
  languages: string
  ages: string
  access: string
  checks: readonly { key: string; name: string; words: string; when: string | null }[]
  said: { count: number; newest: string | null; scores: Scores | null }
  regulator: Regulator
  terms: {
    notice: string | null
    absent: string
    cancel: string | null
    noAnswer: string | null
    stop: string | null
  }
  paying: PayingFor | null
  /** The same comparison without this one. */
  without: string
}

export interface CompareTableProps {
  columns: readonly Compared[]
  /** In the order of what matters to the reader. */
  rows: readonly { key: string; label: string }[]
}

/**
 * Services side by side: a real table, so that a screen reader says the service and the question with each answer. On a
 * phone it scrolls in its own box, which can be reached by keyboard; on paper it stands in full.
 */
export function CompareTable({ columns, rows }: CompareTableProps) {
  return (
    <div className="scroll compare" role="region" aria-label="Services side by side" tabIndex={0}>
      <table className={`of-${String(columns.length)}`}>
        <caption>
          {columns.length === 1 ? 'One service' : `${String(columns.length)} services side by side`}
        </caption>
        <thead>
          <tr>
            <td className="corner" />
            {columns.map((one) => (
              <th key={one.slug} scope="col">
                <Tile id={one.provider.id} kind={one.provider.kind} size="s" />
                <a href={`/services/${one.slug}`}>{one.title}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              {columns.map((one) => (
                <td key={one.slug}>
                  <Cell row={key} one={one} />
                </td>
              ))}
            </tr>
          ))}
          <tr className="no-print">
            <th scope="row">Next step</th>
            {columns.map((one) => (
              <td key={one.slug}>
                <NextStep one={one} columns={columns.length} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const NOT_HERE = 'It is free, so this does not arise.'

function Cell({ row, one }: { row: string; one: Compared }) {
  switch (row) {
    case 'price':
      return <Price one={one} />
    case 'funds':
      return <FundsThatPay paying={one.paying} />
    case 'next':
      return <p>{one.nextFree ?? (one.notBookable ? 'Not booked here' : 'Nothing in the next 60 days')}</p>
    case 'days':
      return <Lines lines={one.hours} none="They have not said. Ask them." />
    case 'notice':
      return <p>{one.terms.notice ?? 'You do not need to book.'}</p>
    case 'where':
      return <p>{one.where}</p>
    case 'who':
      return (
        <>
          <p>
            {one.provider.name}
            <br />
            <span className="kind">
              {kindLabel(one.provider.kind)}
              {one.provider.userLed ? ' · checked: led by its users' : ''}
            </span>
          </p>
          <p>Languages: {one.languages}</p>
          <p>For: {one.ages.toLowerCase()}</p>
          {one.provider.phone ? <p className="print-only">Telephone: {one.provider.phone}</p> : null}
        </>
      )
    case 'access':
      return <p>{one.access}</p>
    case 'said':
      return <Said one={one} />
    case 'checks':
      return <Lines lines={one.checks.map(checkWords)} none="Nobody has checked anything yet." />
    case 'regulator':
      return <RegulatorSummary {...one.regulator} />
    case 'absent':
      return <p>{one.terms.absent}</p>
    case 'cancel':
      return (
        <>
          <p>{one.terms.cancel ?? NOT_HERE}</p>
          {one.terms.noAnswer ? <p>No answer at the door: {lower(one.terms.noAnswer)}</p> : null}
        </>
      )
    case 'stop':
      return <p>{one.terms.stop ?? NOT_HERE}</p>
    default:
      return null
  }
}

const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)

const checkWords = ({ name, words, when }: Compared['checks'][number]): string =>
  when ? `${name}: ${lower(words)}. Seen ${when}.` : `${name}: ${lower(words)}.`

function Price({ one: { price, freeWords, title } }: { one: Compared }) {
  if (!price) return <p>{freeWords ?? 'No price yet.'}</p>
  return (
    <>
      <p>
        <strong className="price">{pounds(price.total)}</strong> {price.unit}
      </p>
      <dl className="lines">
        {price.lines.map(({ label, pence }, i) => (
          <Fragment key={i}>
            <dt>{label}</dt>
            <dd>{pounds(pence)}</dd>
          </Fragment>
        ))}
      </dl>
      <Details
        summary={
          <>
            How it is counted<span className="vh">: {title}</span>
          </>
        }
      >
        {price.notes.map((note) => (
          <p key={note} className="small">
            {note}
          </p>
        ))}
      </Details>
    </>
  )
}

function Lines({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return <p>{none}</p>
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** The whole spread, five first, in words: four bar charts side by side would say less. */
const spreadWords = (scores: Scores): string =>
  [5, 4, 3, 2, 1]
    .map((score) => ({ score, people: scores[score - 1] ?? 0 }))
    .filter(({ people }) => people > 0)
    .map(({ score, people }) => `${String(people)} gave ${String(score)}`)
    .join(', ')

function Said({ one: { said } }: { one: Compared }) {
  return (
    <>
      <ExperienceSummary {...said} />
      {said.scores ? <p className="small">Out of 5: {spreadWords(said.scores)}.</p> : null}
    </>
  )
}

function NextStep({ one, columns }: { one: Compared; columns: number }) {
  const { provider, slug, title, notBookable } = one
  const of = <span className="vh">: {title}</span>
  return (
    <ul className="plain stack-s">
      {notBookable ? (
        <li>{notBookable}</li>
      ) : (
        <li>
          <a href={`/book/${slug}`}>Ask for this support{of}</a>
        </li>
      )}
      {one.intoWeek ? (
        <li>
          <a href={`/services/${slug}/week`}>Put it in my week{of}</a>
        </li>
      ) : null}
      <li>
        {provider.phone ? (
          <>
            Ask a question: <a href={`tel:${provider.phone.replaceAll(' ', '')}`}>{provider.phone}</a>
          </>
        ) : (
          <a href={`/services/${slug}#ask`}>Ask a question first{of}</a>
        )}
      </li>
      {columns > 1 ? (
        <li>
          <a href={one.without}>Leave it out here{of}</a>
        </li>
      ) : null}
    </ul>
  )
}
