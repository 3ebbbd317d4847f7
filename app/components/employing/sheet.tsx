import { Button, LinkButton } from '../button/button.tsx'
import { fieldProps } from '../forms/field-props.ts'
import { MoneyField, Textarea } from '../forms/text-field.tsx'
import { Notice } from '../notice/notice.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { HoursFields, type HoursWeek } from './hours-fields.tsx'

interface Row {
  term: string
  value: string
}
export interface SheetPage {
  side: 'employer' | 'assistant'
  person: { id: string; shortName: string; self: boolean }
  name: string
  bureau: string | null
  submitted: string
  maySend: boolean
  sendFrom: string
  mayFill: boolean
  filled: boolean
  mayPay: boolean
  hours: { total: string; words: string }
  weeks: readonly HoursWeek[]
}
export interface SheetMoney {
  estimate: readonly Row[]
  total: string
  kept: string
  short: string | null
  result: readonly Row[] | null
}
interface Answered {
  page: SheetPage
  value: (name: string) => string | undefined
  errors: Readonly<Record<string, string[]>> | undefined
}

/** The form of 28 days. */
export function Write({ page, value, errors }: Answered) {
  const own = page.side === 'assistant'
  return (
    <section className="stack" aria-labelledby="write">
      <h2 id="write">Write down the hours</h2>
      <p>
        Hours as 4, 7.5 or 7:30. Leave empty what was not worked.{' '}
        {own ? '' : `You write them down for ${page.name}, and the record says so.`}
      </p>
      {page.mayFill ? (
        <p>
          <LinkButton href="?fill=last" kind="second" size="small">
            Begin with the hours of four weeks before
          </LinkButton>
        </p>
      ) : null}
      {page.filled ? (
        <Notice>
          <p>
            These are the hours worked four weeks before. Change what was different: nothing is saved yet.
          </p>
        </Notice>
      ) : null}
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="intent" value="hours" />
        <input type="hidden" name="personId" value={own ? '' : page.person.id} />
        <HoursFields weeks={page.weeks} typed={value} errors={errors} />
        {page.maySend ? null : (
          <p>These four weeks go on. They can be sent on {page.sendFrom} or later; save them until then.</p>
        )}
        {/* Saving comes first: it is what the Enter key does in a box. */}
        <p className="row">
          <Button size={page.maySend ? 'normal' : 'big'} kind={page.maySend ? 'second' : 'main'}>
            Save, and send later
          </Button>
          {page.maySend ? (
            <Button size="big" name="send" value="yes">
              Send the hours
            </Button>
          ) : null}
        </p>
      </form>
    </section>
  )
}

/** Yes, or back with a reason. */
export function Answer({ page, value, errors }: Answered) {
  const hidden = (
    <>
      <input type="hidden" name="personId" value={page.person.id} />
      <input type="hidden" name="submitted" value={page.submitted} />
    </>
  )
  return (
    <section className="stack" aria-labelledby="answer">
      <h2 id="answer">Is that right?</h2>
      <p>
        {page.hours.words}. When you say yes,{' '}
        {page.bureau ? `${page.bureau} works out the pay` : 'the pay can be worked out'}, and the money for it
        is kept back in the fund.
      </p>
      <form method="post">
        {hidden}
        <input type="hidden" name="intent" value="yes" />
        <Button size="big">Yes, these hours are right</Button>
      </form>
      <form method="post" className="stack-s" noValidate>
        {hidden}
        <input type="hidden" name="intent" value="return" />
        <Textarea
          {...fieldProps({ errors, value })('reason')}
          label="If something is wrong: what has to be put right?"
          rows={3}
          maxLength={500}
        />
        <Button kind="second">Send them back</Button>
      </form>
    </section>
  )
}

/** What it costs the fund, as far as it is known. */
export function Money({ page, money }: { page: SheetPage; money: SheetMoney }) {
  return (
    <section className="stack narrow" aria-labelledby="money">
      <h2 id="money">{money.result ? 'What the payroll worked out' : 'What it will cost, about'}</h2>
      <SummaryList rows={money.result ?? money.estimate} />
      {money.result ? null : (
        <p className="small">
          It is an estimate. {page.bureau ?? 'The payroll'} works out the exact figures, and theirs count.
        </p>
      )}
      {page.mayPay ? (
        <Notice tone="stop" title="There is not enough in the fund" level={3}>
          <p>
            The wages come to {money.total}
            {money.short ? `, and ${money.short} is missing` : ''}. Nothing is lost: they are taken from the
            fund as soon as the money is there. You can cancel a visit, wait for the next payment, or{' '}
            <a href="/help">tell the council that this budget is too small</a>.
          </p>
          <form method="post">
            <input type="hidden" name="personId" value={page.person.id} />
            <input type="hidden" name="intent" value="pay" />
            <Button kind="second">Try again now</Button>
          </form>
        </Notice>
      ) : null}
    </section>
  )
}

const FIGURES = [
  ['net', 'What they get (net pay)'],
  ['tax', 'Tax'],
  ['employee_ni', 'Their National Insurance'],
  ['employee_pension', 'Their part of the pension'],
  ['employer_ni', 'Your National Insurance'],
  ['employer_pension', 'Your part of the pension'],
  ['fee', 'What the payroll costs'],
  ['total', 'All in'],
] as const

/** For somebody who runs the payroll themselves. */
export function OwnPayroll({ page, value, errors }: Answered) {
  const field = fieldProps({ errors, value })
  return (
    <section className="stack" aria-labelledby="own">
      <h2 id="own">What does your payroll say?</h2>
      <p>
        You run the payroll for {page.name} yourself. Write down what it came to; it is then taken from the
        fund. Leave empty what is nothing.
      </p>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="personId" value={page.person.id} />
        <input type="hidden" name="intent" value="record" />
        {FIGURES.map(([name, label]) => (
          <MoneyField key={name} {...field(name)} label={label} />
        ))}
        <Button size="big">Write it down</Button>
      </form>
    </section>
  )
}
