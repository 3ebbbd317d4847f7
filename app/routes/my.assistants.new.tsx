import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { STEPS, type Step } from '#services/employing/employment.schema.ts'
import { newAssistantPage, type NewAssistantPage } from '#services/employing/new-assistant-page.server.ts'
import { checkStep, startEmployment } from '#services/employing/start-employment.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { longDate, Temporal } from '#services/kernel/time.ts'
import { Button } from '~/components/button/button.tsx'
import { PayFields, PayrollFields } from '~/components/employing/term-fields.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink, Steps } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { draftCookie, noDraft, readDraft, termsForm } from '~/http/assistant-form.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Write down whom you employ – Kith' }]

const HERE = '/my/assistants/new'
type Page = Step | 'check'
const LABELS: Record<Page, string> = {
  fund: 'Which fund',
  who: 'Who',
  pay: 'Pay',
  payroll: 'Payroll',
  dates: 'From when',
  check: 'Check',
}
const ORDER: readonly Page[] = [...STEPS, 'check']
const isPage = (name: string): name is Page => (ORDER as readonly string[]).includes(name)
const after = (step: Step): Page => ORDER[ORDER.indexOf(step) + 1] ?? 'check'
/** What one of the answers of each page is called: without it the page was not answered. */
const ASKS: Record<Step, string> = {
  fund: 'allocationId',
  who: 'name',
  pay: 'hourly',
  payroll: 'bureau',
  dates: 'startsOn',
}

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    toCircleWithoutPerson(actor)
    const page = await newAssistantPage(deps, actor)
    const { values } = readDraft(deps, request, actor, page.person.id)
    const open = STEPS.find((step) => values[ASKS[step]] === undefined) ?? 'check'
    const asked = url.searchParams.get('step') ?? 'fund'
    if (!isPage(asked)) throw notFound()
    // Nobody comes to a page before those in front of it are answered.
    const step = ORDER.indexOf(asked) > ORDER.indexOf(open) ? open : asked
    return { ...page, values, step }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const personId = text(form, 'personId')
    const step = text(form, 'step')
    return answer(form, async () => {
      if (!isPage(step)) throw notFound()
      const draft = readDraft(deps, request, actor, personId)
      if (step === 'check') {
        const given = { ...draft.values, personId, id: draft.id }
        const id = await startEmployment(deps, actor, given as Parameters<typeof startEmployment>[2])
        const done = await redirectWithNotice(
          `/my/assistants/${id}`,
          'It is written down. Give your assistant a contract on paper as well: the law asks for it from the first day.',
        )
        done.headers.append('Set-Cookie', noDraft(deps))
        return done
      }
      const values = { ...draft.values, ...termsForm(form) }
      await checkStep(deps, actor, { personId, step, values })
      const done = STEPS.every((one) => values[ASKS[one]] !== undefined)
      return redirect(`${HERE}?step=${done ? 'check' : after(step)}`, {
        headers: { 'Set-Cookie': draftCookie(deps, { ...draft, values }) },
      })
    })
  })

const TITLES: Record<Step, (who: NewAssistantPage['person']) => string> = {
  fund: () => 'Which fund pays?',
  who: ({ self, shortName }) => (self ? 'Whom do you employ?' : `Whom does ${shortName} employ?`),
  pay: () => 'What do they earn?',
  payroll: () => 'Who works out the pay?',
  dates: () => 'When did they start, or will they?',
}

export default function NewAssistant() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { step, person } = page
  const errors = answered?.errors
  const back = ORDER[ORDER.indexOf(step) - 1]
  return (
    <div className="narrow stack-l">
      <BackLink href={back ? `${HERE}?step=${back}` : '/my/assistants'}>Back</BackLink>
      <Steps steps={ORDER.map((one) => LABELS[one])} current={ORDER.indexOf(step)} />
      <ErrorSummary errors={errors} />
      <h1>{step === 'check' ? 'Check what you have written' : TITLES[step](person)}</h1>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="personId" value={person.id} />
        <input type="hidden" name="step" value={step} />
        <Fields page={page} step={step} answered={answered} />
        {step === 'fund' && page.funds.every(({ refuses }) => refuses) ? null : (
          <p>
            <Button size="big">{step === 'check' ? 'Write it down' : 'Go on'}</Button>
          </p>
        )}
      </form>
    </div>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function Fields({
  page,
  step,
  answered,
}: {
  page: Loaded
  step: Page
  answered: ReturnType<typeof useAnswer>
}) {
  const value = (name: string) => typed(answered, name) ?? page.values[name]
  const fields = { errors: answered?.errors, value }
  const field = fieldProps(fields)
  switch (step) {
    case 'fund':
      return <FundFields page={page} field={field('allocationId')} />
    case 'who':
      return (
        <>
          <TextField {...field('name')} label="What you call them" autoComplete="off" maxLength={80} />
          <TextField
            {...field('email')}
            type="email"
            label="Their e-mail address, if they write down their hours themselves"
            hint="They see their own hours here and nothing else. Leave it empty to write the hours down for them."
            autoComplete="off"
            spellCheck={false}
          />
        </>
      )
    case 'pay':
      return <PayFields {...fields} choices={page} />
    case 'payroll':
      return <PayrollFields {...fields} choices={page} />
    case 'dates':
      return (
        <>
          <DateField
            name="startsOn"
            label="First day"
            hint="For example 5 10 2026. Hours are counted in four weeks from the Monday of that week on."
            defaultValue={typedDate(answered, 'startsOn') ?? page.values['startsOn']}
            error={answered?.errors['startsOn']}
          />
          <DateField
            name="insuranceEndsOn"
            label="Until when is your employer’s liability insurance paid?"
            hint="Leave it empty if you do not know."
            defaultValue={typedDate(answered, 'insuranceEndsOn') ?? page.values['insuranceEndsOn']}
            error={answered?.errors['insuranceEndsOn']}
          />
        </>
      )
    case 'check':
      return <Check page={page} />
  }
}

function FundFields({ page, field }: { page: Loaded; field: ReturnType<ReturnType<typeof fieldProps>> }) {
  const may = page.funds.filter(({ refuses }) => refuses === null)
  const mayNot = page.funds.filter(({ refuses }) => refuses !== null)
  return (
    <>
      {may.length > 0 ? (
        <Radios
          {...field}
          label="The fund that pays the wages"
          look="box"
          options={may.map((fund) => ({ value: fund.id, label: fund.name, hint: `Until ${fund.until}` }))}
        />
      ) : (
        <Notice tone="warn" title="There is no fund that can pay for it">
          <p>
            Talk to your council: a direct payment can be agreed for employing somebody.{' '}
            <a href="/help">Talk to a person</a>
          </p>
        </Notice>
      )}
      {mayNot.length > 0 ? (
        <ul>
          {mayNot.map((fund) => (
            <li key={fund.id}>{fund.refuses}</li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

const day = (iso: string | undefined): string =>
  iso && /^\d{4}-\d{2}-\d{2}$/.test(iso) ? longDate(Temporal.PlainDate.from(iso)) : 'Not said'

function Check({ page }: { page: Loaded }) {
  const { values } = page
  const row = (term: string, value: string, step: Step) => ({
    term,
    value,
    change: { href: `${HERE}?step=${step}`, what: term.toLowerCase() },
  })
  const yes = (name: string) => (values[name] === 'yes' ? 'Yes' : 'No')
  const bureau = page.bureaus.find(({ value }) => value === values['bureau'])?.label ?? 'Not said'
  return (
    <>
      <SummaryList
        rows={[
          row('Fund', page.funds.find(({ id }) => id === values['allocationId'])?.name ?? 'Not said', 'fund'),
          row('Who', values['name'] ?? '', 'who'),
          row('Their e-mail', values['email'] || 'None: the hours are written down for them', 'who'),
          row('Pay for an hour', `£${(values['hourly'] ?? '').replace(/^£/, '')}`, 'pay'),
          row(
            'Hours each week',
            `${values['hours'] ?? ''}${values['vary'] === 'yes' ? ', different from week to week' : ''}`,
            'pay',
          ),
          row('How old', page.ages.find(({ value }) => value === values['age'])?.label ?? '', 'pay'),
          row('Payroll', bureau, 'payroll'),
          row(
            'It costs for four weeks',
            values['fee'] ? `£${values['fee'].replace(/^£/, '')}` : 'Nothing',
            'payroll',
          ),
          row('In a pension', yes('pension'), 'payroll'),
          row('Employment Allowance', yes('allowance'), 'payroll'),
          row('First day', day(values['startsOn']), 'dates'),
          row('Insurance until', day(values['insuranceEndsOn']), 'dates'),
        ]}
      />
      <p>
        {page.person.self ? 'You are' : `${page.person.shortName} is`} the employer. Kith keeps the terms, the
        hours and the wage records. It is no contract and no legal advice: a direct payment support service
        can help with both.
      </p>
    </>
  )
}
