import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { changeFundRules, checkFundRules, fundRulesPage } from '#services/budgets/fund-rules.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Checkboxes, Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { HiddenFields } from '~/components/forms/hidden-fields.tsx'
import { MoneyField, TextField, Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { answer, readForm, text, texts, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, typedDate, useAnswer, type Answer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'The rules of a fund – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => fundRulesPage(deps, actor, params['streamId'] ?? ''))

const REASON = 'reasons.'

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    const streamId = params['streamId'] ?? ''
    return answer(form, async () => {
      const input = {
        canBuy: text(form, 'canBuy'),
        list: text(form, 'list'),
        categories: texts(form, 'categories'),
        refusalReason: text(form, 'refusalReason'),
        reasons: Object.fromEntries(
          [...form.keys()]
            .filter((name) => name.startsWith(REASON))
            .map((name) => [name.slice(REASON.length), text(form, name)]),
        ),
        accreditedOnly: texts(form, 'only').includes('accredited'),
        councilOnly: texts(form, 'only').includes('council'),
        ceiling: text(form, 'ceiling'),
        expiresOn: readDate(form, 'expiresOn'),
        carryOver: text(form, 'carryOver'),
        receipts: text(form, 'receipts'),
        receiptsOver: text(form, 'receiptsOver'),
      } as Parameters<typeof changeFundRules>[4]
      const intent = text(form, 'intent')
      if (intent === 'change') return data({ errors: {}, values: valuesOf(form) })
      if (intent !== 'keep')
        return data({
          errors: {},
          values: valuesOf(form),
          check: await checkFundRules(deps, actor, streamId, input),
        })
      await changeFundRules(deps, actor, streamId, Number(text(form, 'round')), input)
      return redirectWithNotice(
        url.pathname,
        'The new rules hold from now on. People who have this fund are told.',
      )
    })
  })

type Page = ReturnType<typeof useLoaderData<typeof loader>>
type Check = Awaited<ReturnType<typeof checkFundRules>>

export default function FundRules() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { check } = useActionData<Answer & { check?: Check }>() ?? {}
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/funds">What each fund pays for</BackLink>
      <ErrorSummary errors={answered?.errors} />
      {check && answered ? (
        <CheckIt page={page} check={check} values={answered.values} />
      ) : (
        <Rules page={page} answered={answered} />
      )}
    </div>
  )
}

const inPounds = (pence: number | null): string => (pence === null ? '' : (pence / 100).toFixed(2))

function Rules({ page, answered }: { page: Page; answered: Answer | undefined }) {
  const { rules } = page
  const value = (name: string, saved: string) => typed(answered, name) ?? saved
  const error = (name: string) => answered?.errors[name]
  const only = [rules.accreditedOnly ? 'accredited' : '', rules.councilOnly ? 'council' : ''].filter(Boolean)
  return (
    <>
      <header className="stack-s">
        <h1>{page.name}</h1>
        <p className="lead">
          What it pays for. Nothing changes before you have seen what a change would refuse.
        </p>
      </header>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="round" value={value('round', String(page.round))} />
        <Textarea
          name="canBuy"
          label="It can pay for"
          hint="Said first in every refusal. Such as: help at home and help to go out"
          rows={2}
          maxLength={300}
          defaultValue={value('canBuy', rules.canBuy)}
          error={error('canBuy')}
        />
        <Radios
          name="list"
          label="The list below is"
          options={[
            { value: 'only', label: 'all that it pays for' },
            { value: 'except', label: 'what it does not pay for' },
          ]}
          defaultValue={value('list', rules.list)}
          error={error('list')}
        />
        <Checkboxes
          name="categories"
          label="Kinds of support"
          options={page.categories.map(({ code, name }) => ({ value: code, label: name }))}
          defaultValue={ticked(answered, 'categories') ?? rules.categories}
          error={error('categories')}
        />
        <Textarea
          name="refusalReason"
          label="Why the others are refused"
          hint="In plain words, and what to do instead."
          rows={2}
          maxLength={300}
          defaultValue={value('refusalReason', rules.refusalReason)}
          error={error('refusalReason')}
        />
        <Details kind="box" summary="Another reason for single kinds of support">
          <div className="stack-s">
            {page.categories.map(({ code, name }) => (
              <TextField
                key={code}
                name={`${REASON}${code}`}
                label={name}
                maxLength={300}
                defaultValue={value(`${REASON}${code}`, rules.reasons[code] ?? '')}
                error={error(`${REASON}${code}`)}
              />
            ))}
          </div>
        </Details>
        <Checkboxes
          name="only"
          label="Which providers"
          options={[
            { value: 'accredited', label: 'Accredited ones only' },
            { value: 'council', label: 'Only those who work in our area' },
          ]}
          defaultValue={ticked(answered, 'only') ?? only}
        />
        <MoneyField
          name="ceiling"
          label="The most it pays for an hour or a visit"
          hint="Leave it empty when there is no such limit."
          defaultValue={value('ceiling', inPounds(rules.ceilingPence))}
          error={error('ceiling')}
        />
        <DateField
          name="expiresOn"
          label="Last day for everybody"
          hint="Leave it empty when only each person’s own last day counts."
          defaultValue={typedDate(answered, 'expiresOn') ?? rules.expiresOn}
          error={error('expiresOn')}
        />
        <Radios
          name="carryOver"
          label="What is left at the end"
          options={[
            { value: 'none', label: `goes back to ${page.funder}` },
            { value: 'all', label: 'is carried over into the next period' },
          ]}
          defaultValue={value('carryOver', rules.carryOver)}
          error={error('carryOver')}
        />
        <Radios
          name="receipts"
          label="Receipts"
          hint="Never for what is booked here: Kith knows that already."
          options={[
            { value: 'none', label: 'none' },
            { value: 'over', label: 'above a sum' },
            { value: 'all', label: 'for all that was bought elsewhere' },
          ]}
          defaultValue={value('receipts', rules.receipts)}
          error={error('receipts')}
        />
        <MoneyField
          name="receiptsOver"
          label="If above a sum: which"
          defaultValue={value('receiptsOver', inPounds(rules.receiptsOverPence))}
          error={error('receiptsOver')}
        />
        <Button size="big">Go on: what it would change</Button>
      </form>
    </>
  )
}

function CheckIt({ page, check, values }: { page: Page; check: Check; values: Answer['values'] }) {
  const { refused } = check
  const count =
    refused.length === 0
      ? 'This would refuse none of the services that people book from it now.'
      : `This would refuse ${String(refused.length)} of the ${String(check.services)} services that people book from it now.`
  return (
    <>
      <header className="stack-s">
        <h1>{page.name}: what this would change</h1>
        <p className="lead">{count}</p>
      </header>
      {refused.length > 0 ? (
        <>
          <Notice tone="warn">
            <p>Visits that are agreed stand. People could not ask for these again from this fund.</p>
          </Notice>
          <DataTable
            caption="Services it would refuse"
            columns={[
              { key: 'title', label: 'Service' },
              { key: 'visits', label: 'Visits to come', numeric: true },
              { key: 'people', label: 'People', numeric: true },
              { key: 'why', label: 'What people would read' },
            ]}
            rows={refused.map((one) => ({
              key: one.serviceId,
              cells: {
                title: `${one.title}, ${one.provider}`,
                visits: String(one.visits),
                people: String(one.people),
                why: one.why,
              },
            }))}
          />
        </>
      ) : null}
      <form method="post" className="row">
        <HiddenFields values={values} />
        <Button name="intent" value="keep" size="big">
          Keep these rules
        </Button>
        <Button name="intent" value="change" kind="second">
          Change something
        </Button>
      </form>
    </>
  )
}
