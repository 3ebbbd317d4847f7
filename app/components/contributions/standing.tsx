import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'
import { DataTable } from '../table/data-table.tsx'
import { Tag, type Tone } from '../tag/tag.tsx'

export interface WeekLine {
  id: string
  monday: string
  words: string
  cost: number
  assessed: number
  charged: number
  owed: number
  why: string
  again: boolean
  questioned: boolean
}

/** Each charged week: what the care cost, what of it is paid by whom, and why. */
export function WeeksTable({
  weeks,
  caption,
  payer,
  act,
}: {
  weeks: readonly WeekLine[]
  caption: string
  /** 'You pay' on one's own page, 'They pay' on finance's. */
  payer: string
  /** A link in each row. */
  act?: (week: WeekLine) => ReactNode
}) {
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'week', label: 'Week' },
        { key: 'cost', label: 'Care cost', numeric: true },
        { key: 'pays', label: payer, numeric: true },
        { key: 'council', label: 'Council pays', numeric: true },
        { key: 'owed', label: 'Still owed', numeric: true },
        { key: 'why', label: 'Why' },
      ]}
      rows={weeks.map((week) => ({
        key: week.id,
        cells: {
          week: week.words,
          cost: pounds(week.cost),
          pays: pounds(week.charged),
          council: pounds(week.cost - week.charged),
          owed: pounds(week.owed),
          why: (
            <>
              {week.why}
              {week.again ? ' It was worked out again.' : ''}{' '}
              {week.questioned ? <Tag tone="asked">Questioned: not collected meanwhile</Tag> : act?.(week)}
            </>
          ),
        },
      }))}
    />
  )
}

export interface PayInLine {
  id: string
  due: string
  pence: number
  council: number
  arrived: string | null
  overdue: boolean
}

/** What goes into the account of a fund, from the council and from the person, instalment by instalment. */
export function PayInTable({
  lines,
  fund,
  payer,
}: {
  lines: readonly PayInLine[]
  fund: string
  payer: string
}) {
  return (
    <DataTable
      caption={`Each payment into ${fund}`}
      columns={[
        { key: 'due', label: 'Due' },
        { key: 'council', label: 'From the council', numeric: true },
        { key: 'own', label: payer, numeric: true },
        { key: 'stands', label: 'The part that is paid in' },
      ]}
      rows={lines.map((line) => ({
        key: line.id,
        cells: {
          due: line.due,
          council: line.council > 0 ? pounds(line.council) : '–',
          own: pounds(line.pence),
          stands: line.arrived ? (
            <>
              <Tag tone="done">Arrived</Tag> on {line.arrived}
            </>
          ) : line.overdue ? (
            <Tag tone="stop">Has not arrived</Tag>
          ) : (
            'Still to come'
          ),
        },
      }))}
    />
  )
}

export interface PaymentLine {
  id: string
  reference: string
  pence: number
  how: string
  day: string
  state: string
  words: string
  tone: Tone
  why: string | null
}

export function PaymentsTable({
  payments,
  receipts,
}: {
  payments: readonly PaymentLine[]
  /** On one's own page each payment that arrived has a receipt. */
  receipts: boolean
}) {
  return (
    <DataTable
      caption="Payments, newest first"
      columns={[
        { key: 'day', label: 'Day' },
        { key: 'pence', label: 'Amount', numeric: true },
        { key: 'how', label: 'How' },
        { key: 'reference', label: 'Reference', nowrap: true },
        { key: 'stands', label: 'Where it stands' },
      ]}
      rows={payments.map((payment) => ({
        key: payment.id,
        cells: {
          day: payment.day,
          pence: pounds(payment.pence),
          how: payment.how,
          reference: payment.reference,
          stands: (
            <>
              <Tag tone={payment.tone}>{payment.words}</Tag> {payment.why}{' '}
              {receipts && payment.state === 'confirmed' ? (
                <a className="no-print" href={`/my/money/towards/receipts/${payment.id}`}>
                  Receipt
                  <span className="vh">
                    {' '}
                    for {pounds(payment.pence)} on {payment.day}
                  </span>
                </a>
              ) : null}
            </>
          ),
        },
      }))}
    />
  )
}

export interface DecisionLine {
  id: string
  weekly: string
  how: { name: string }
  from: string
  until: string | null
  reason: string
  decided: string
  holds: boolean
}

/** Every decision, newest first: none is ever changed. */
export function Decisions({ decisions }: { decisions: readonly DecisionLine[] }) {
  return (
    <ol className="plain stack-s">
      {decisions.map((one) => (
        <li key={one.id}>
          <strong>{one.weekly}</strong> from {one.from}
          {one.until ? ` until ${one.until}` : ''}. {one.how.name}. Decided on {one.decided}
          {one.reason ? `: ${one.reason.replace(/\.$/, '')}.` : '.'}{' '}
          {one.holds ? <Tag tone="done">Holds today</Tag> : null}
        </li>
      ))}
    </ol>
  )
}

export interface QuestionLine {
  id: string
  about: string | null
  pence: number
  reason: string
  state: string
  decision: string
  raised: string
  decided: string | null
}

const QUESTION_STATE: Record<string, { tone: Tone; words: string }> = {
  open: { tone: 'asked', words: 'Waits for the council' },
  agreed: { tone: 'done', words: 'The council agreed' },
  refused: { tone: 'plain', words: 'The council says that it stands' },
}

/** What was said to be wrong, and the answers. */
export function Questions({
  questions,
  act,
}: {
  questions: readonly QuestionLine[]
  act?: (question: QuestionLine) => ReactNode
}) {
  return (
    <ul className="plain stack">
      {questions.map((one) => {
        const state = QUESTION_STATE[one.state] ?? { tone: 'plain' as const, words: one.state }
        return (
          <li key={one.id} className="card stack-s">
            <p>
              <Tag tone={state.tone}>{state.words}</Tag>
            </p>
            <p>
              {one.about ?? 'All of it, or the assessment'}, {pounds(one.pence)}. Asked on {one.raised}: “
              {one.reason}”
            </p>
            {one.decision ? (
              <p>
                Answered on {one.decided}: “{one.decision}”
              </p>
            ) : null}
            {act?.(one)}
          </li>
        )
      })}
    </ul>
  )
}
