import type { ReactNode } from 'react'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Radios } from '../forms/choices.tsx'
import { MoneyField, Textarea } from '../forms/text-field.tsx'
import { Tag } from '../tag/tag.tsx'

export interface RefundCardProps {
  refund: {
    id: string
    reason: string
    asked: string
    decided: string | null
    decision: string
    words: { tone: 'plain' | 'asked' | 'done' | 'stop'; tag: string; sentences: readonly string[] }
    creditNotes: readonly { id: string; number: string }[]
  }
  /** Where a credit note leads to, for this reader. */
  notesAt: string | null
  children?: ReactNode
}

/** One refund: what was asked, what was decided and why, and where the money is. */
export function RefundCard({ refund, notesAt, children }: RefundCardProps) {
  const { words } = refund
  return (
    <section className="card stack-s" aria-label={`Asked on ${refund.asked}`}>
      <p>
        <Tag tone={words.tone}>{words.tag}</Tag>
      </p>
      {words.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="small">
        Asked on {refund.asked}: “{refund.reason}”
      </p>
      {refund.decided && refund.decision !== refund.reason ? (
        <p className="small">
          Answered on {refund.decided}: “{refund.decision}”
        </p>
      ) : null}
      {refund.creditNotes.map((note) => (
        <p key={note.id} className="small">
          Credit note {notesAt ? <a href={`${notesAt}/${note.id}`}>{note.number}</a> : note.number}
        </p>
      ))}
      {children}
    </section>
  )
}

interface FormProps {
  /** What is left to give back, in pence. */
  left: number
  values: Readonly<Record<string, string | string[] | undefined>>
  errors: Readonly<Record<string, string[]>> | undefined
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

/** All that is left, or a part of it. */
export function AmountFields({ left, values, errors }: FormProps) {
  return (
    <>
      <Radios
        name="how"
        label="How much?"
        error={errors?.['how']}
        defaultValue={one(values['how'])}
        options={[
          { value: 'all', label: `All of it: ${pounds(left)}` },
          { value: 'part', label: 'A part of it' },
        ]}
      />
      <MoneyField
        name="amount"
        label="If it is a part: how much?"
        hint={`Up to ${pounds(left)}.`}
        error={errors?.['amount']}
        defaultValue={one(values['amount'])}
      />
    </>
  )
}

export function WhyField({
  name,
  label,
  hint,
  values,
  errors,
}: Omit<FormProps, 'left'> & { name: string; label: string; hint?: string }) {
  return (
    <Textarea
      name={name}
      label={label}
      {...(hint ? { hint } : {})}
      error={errors?.[name]}
      defaultValue={one(values[name])}
      rows={3}
      maxLength={500}
      required
    />
  )
}

/** The payer alone knows whether it is in their bank. */
export function ArrivedForm({ refundId }: { refundId: string }) {
  return (
    <form method="post" className="stack-s">
      <input type="hidden" name="refundId" value={refundId} />
      <p>The provider says that it was sent. Is it in your bank?</p>
      <p className="row-s">
        <Button name="intent" value="arrived">
          Yes, it has arrived
        </Button>
        <Button name="intent" value="not-arrived" kind="second">
          No, not after some days
        </Button>
      </p>
    </form>
  )
}

export interface PreviewProps {
  preview: {
    pence: number
    parts: readonly { fund: string; pence: number }[]
    personPence: number
    credits: boolean
    paid: boolean
  }
  person: string
  /** Who decides: 'you' read it. */
  by: 'provider' | 'council'
}

/** What a decision will do, before it is made. */
export function RefundPreview({ preview, person, by }: PreviewProps) {
  return (
    <ul className="stack-s">
      <li>
        {pounds(preview.pence)} is given back
        {preview.parts.length === 1
          ? `, to ${preview.parts[0]?.fund ?? ''}`
          : `: ${preview.parts.map(({ fund, pence }) => `${pounds(pence)} to ${fund}`).join(', ')}`}
        .
      </li>
      {preview.personPence > 0 ? (
        <li>
          Of it, {pounds(preview.personPence)} is what {person} pays towards it, and{' '}
          {pounds(preview.pence - preview.personPence)} the council’s.
        </li>
      ) : null}
      <li>
        {preview.paid
          ? by === 'provider'
            ? 'It had been paid, so you owe it. It goes back to the card by itself where it can; else you send it, or it is taken off what you are paid next.'
            : 'It had been paid, so the provider owes it: it is taken off the next payment, or sent back.'
          : 'It is not known to have arrived yet, so the next payment is smaller by it.'}
      </li>
      <li>
        {preview.credits
          ? 'A credit note is made for the invoice. It cannot be taken back.'
          : 'There is no invoice for it yet: it comes off the next one.'}
      </li>
    </ul>
  )
}
