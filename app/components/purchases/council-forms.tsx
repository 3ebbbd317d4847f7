import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Radios } from '../forms/choices.tsx'
import { FileField } from '../forms/file-field.tsx'
import { MoneyField, Textarea } from '../forms/text-field.tsx'
import { PaidFields } from './paid-fields.tsx'

interface Typed {
  /** Which of the page's forms was sent. */
  intent: string
  errors: Readonly<Record<string, string[]>> | undefined
  value: (name: string) => string | undefined
  paidOn?: { day: string; month: string; year: string } | undefined
}

/** What one form of several shows of what was sent: only its own. */
const own = ({ intent, errors, value }: Typed, mine: string) => ({
  errors: intent === mine ? errors : undefined,
  value: (name: string) => (intent === mine ? value(name) : undefined),
})

export function DecideForm(props: Typed) {
  const { errors, value } = own(props, 'decide')
  return (
    <form method="post" className="card stack" noValidate aria-labelledby="decide">
      <h2 id="decide">Do you agree?</h2>
      <input type="hidden" name="intent" value="decide" />
      <Radios
        name="decision"
        label="Your decision"
        error={errors?.['decision']}
        defaultValue={value('decision')}
        options={[
          { value: 'agree', label: 'Yes, it belongs in the plan' },
          { value: 'refuse', label: 'No' },
        ]}
      />
      <Textarea
        name="reason"
        label="Why, or why not"
        hint="They read this. A no needs it: say what would be agreed."
        rows={4}
        maxLength={1000}
        defaultValue={value('reason')}
        error={errors?.['reason']}
      />
      <Button>Save the decision</Button>
    </form>
  )
}

export function SetAsideForm({ pence, fund }: { pence: number; fund: string }) {
  return (
    <form method="post" className="card stack" aria-labelledby="aside">
      <h2 id="aside">Set the money aside</h2>
      <p>
        You both agree. {pounds(pence)} of {fund} is then kept for this.
      </p>
      <input type="hidden" name="intent" value="set_aside" />
      <Button>Set {pounds(pence)} aside</Button>
    </form>
  )
}

export function PaidForm(props: Typed & { pence: number }) {
  const { errors, value } = own(props, 'paid')
  const most = Math.min(Math.round(props.pence / 10), 2_000)
  return (
    <form method="post" className="card stack" noValidate aria-labelledby="paid">
      <h2 id="paid">It is paid</h2>
      <input type="hidden" name="intent" value="paid" />
      <PaidFields
        price={value('price') ?? (props.pence / 100).toFixed(2)}
        paidOn={props.intent === 'paid' ? (props.paidOn ?? '') : ''}
        errors={errors}
        mostOver={pounds(most)}
      />
      <Button>Write it down</Button>
    </form>
  )
}

export function RefundForm(props: Typed) {
  const { errors, value } = own(props, 'refund')
  return (
    <form method="post" className="card stack" noValidate aria-labelledby="refund">
      <h2 id="refund">The seller gave money back</h2>
      <input type="hidden" name="intent" value="refund" />
      <MoneyField
        name="price"
        label="How much came back?"
        defaultValue={value('price')}
        error={errors?.['price']}
      />
      <Button kind="second">Write it down</Button>
    </form>
  )
}

export function ReceiptForm(props: Typed) {
  const { errors } = own(props, 'receipt')
  return (
    <form method="post" encType="multipart/form-data" className="stack" noValidate>
      <input type="hidden" name="intent" value="receipt" />
      <FileField
        name="file"
        label="The receipt"
        hint="A photograph (JPEG or PNG) or a PDF, up to 5 MB."
        accept="application/pdf,image/jpeg,image/png"
        error={errors?.['file']}
      />
      <Button kind="second">Send it</Button>
    </form>
  )
}

export function AuditForm(props: Typed & { audit: { seen: string; note: string; flagged: boolean } }) {
  const { errors, value } = own(props, 'audit')
  const before = props.audit.seen === '' ? undefined : props.audit.flagged ? 'flagged' : 'in_order'
  return (
    <form method="post" className="card stack" noValidate aria-labelledby="audit">
      <h2 id="audit">What did you find?</h2>
      <input type="hidden" name="intent" value="audit" />
      <input type="hidden" name="seen" value={props.audit.seen} />
      <Radios
        name="finding"
        label="After looking at it"
        error={errors?.['finding']}
        defaultValue={value('finding') ?? before}
        options={[
          {
            value: 'in_order',
            label: 'It is in order',
            hint: 'It is for an outcome of the plan, and both agreed.',
          },
          { value: 'flagged', label: 'I want to hear more about it', hint: 'The adviser is asked.' },
        ]}
      />
      <Textarea
        name="note"
        label="A note"
        hint="The adviser reads it when you want to hear more."
        rows={3}
        maxLength={1000}
        defaultValue={value('note') ?? props.audit.note}
        error={errors?.['note']}
      />
      <Button>Save what you found</Button>
    </form>
  )
}
