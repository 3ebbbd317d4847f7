import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import {
  councilInstalmentsPage,
  type InstalmentsPage,
} from '#services/budgets/council-instalments-page.server.ts'
import {
  chooseArrival,
  importInstalments,
  recordInstalments,
} from '#services/budgets/record-instalments.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { InstalmentsResult, instalmentsWords } from '~/components/bank/instalments-result.tsx'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { DateField } from '~/components/forms/date-field.tsx'
import { Checkboxes, Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { MoneyField } from '~/components/forms/text-field.tsx'
import { BackLink, Pages } from '~/components/navigation/navigation.tsx'
import { answer, fileOf, readFormWithFile, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Direct payments that are due – Kith' }]

const PATH = '/council/money/instalments'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) =>
    councilInstalmentsPage(deps, actor, { page: url.searchParams.get('page') }),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readFormWithFile(request)
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'file': {
          const file = await fileOf(form, 'file')
          const sentence = 'Choose the file of payments that were sent'
          if (!file) throw new DomainError('INVALID', sentence, { fields: { file: [sentence] } })
          const done = await importInstalments(deps, actor, { content: file.bytes })
          return done.refused.length > 0
            ? { done, errors: {}, values: {} }
            : redirectWithNotice(PATH, instalmentsWords(done))
        }
        case 'setting':
          await chooseArrival(deps, actor, {
            councilId: text(form, 'councilId'),
            arrive: text(form, 'arrive') as 'schedule',
          })
          return redirectWithNotice(PATH, 'That is how it is known from now on.')
        default: {
          const arrived = await recordInstalments(deps, actor, {
            instalmentIds: texts(form, 'instalmentIds'),
            on: readDate(form, 'on'),
            amount: text(form, 'amount'),
          })
          return redirectWithNotice(
            PATH,
            arrived === 1 ? 'One payment is recorded.' : `${String(arrived)} payments are recorded.`,
          )
        }
      }
    })
  })

export default function Instalments() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const sent = useActionData<typeof action>()
  const done = sent && 'done' in sent ? sent.done : null
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Direct payments that are due</h1>
        <p className="lead">
          {page.count === 0
            ? 'Nothing is due within a week that was not recorded.'
            : `${String(page.count)} ${page.count === 1 ? 'payment' : 'payments'} of ${pounds(page.total)} in all are due within a week or before. People can use the money once you say that it was paid.`}
        </p>
      </header>
      {done ? <InstalmentsResult {...done} /> : null}
      <ByFile errors={answered?.errors} />
      <ByHand page={page} />
      <Settings page={page} errors={answered?.errors} />
    </div>
  )
}

function ByFile({ errors }: { errors: Record<string, string[]> | undefined }) {
  return (
    <section className="narrow stack" aria-labelledby="file-h">
      <h2 id="file-h">By file</h2>
      <p>
        Download what is due, let your finance system pay it, and bring the file back with the day and the
        amount of each. It needs the columns Reference, Date and Amount.
      </p>
      <p>
        <LinkButton href={`${PATH}.csv`} kind="second" download>
          Save what is due as a table (CSV)
        </LinkButton>
      </p>
      <form method="post" encType="multipart/form-data" className="stack" noValidate>
        <input type="hidden" name="intent" value="file" />
        <FileField
          name="file"
          label="The file of payments that were sent"
          hint="A CSV file. The same file twice changes nothing."
          accept=".csv,text/csv"
          error={errors?.['file']}
        />
        <Button kind="second">Record what is in it</Button>
      </form>
    </section>
  )
}

function ByHand({ page }: { page: InstalmentsPage }) {
  const answered = useAnswer()
  const errors = answered?.errors
  if (page.due.length === 0)
    return (
      <Empty title="Nothing waits to be recorded" level={2}>
        <p>What is due within a week shows here.</p>
      </Empty>
    )
  return (
    <section className="narrow stack" aria-labelledby="hand-h">
      <h2 id="hand-h">By hand</h2>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="intent" value="hand" />
        <Checkboxes
          name="instalmentIds"
          label="What was paid?"
          options={page.due.map((one) => ({
            value: one.id,
            label: `${one.person}, ${one.fund}: ${pounds(one.pence)}`,
            hint: `Due on ${one.day}. Reference ${one.reference}.${one.late ? ' It is late.' : ''}`,
          }))}
          defaultValue={ticked(answered, 'instalmentIds')}
          error={errors?.['instalmentIds']}
        />
        <DateField
          name="on"
          label="On which day was it paid?"
          defaultValue={typedDate(answered, 'on')}
          error={errors?.['on']}
        />
        <MoneyField
          name="amount"
          label="Amount, only if it was not what was due"
          hint="For one payment at a time. What you enter is what the person has."
          defaultValue={typed(answered, 'amount')}
          error={errors?.['amount']}
        />
        <Button size="big">Record that it was paid</Button>
      </form>
      <Pages current={page.page} total={page.pages} base={`${PATH}?page=`} label="Pages of payments" />
    </section>
  )
}

function Settings({ page, errors }: { page: InstalmentsPage; errors: Record<string, string[]> | undefined }) {
  return (
    <section className="narrow stack" aria-labelledby="how-h">
      <h2 id="how-h">How it is known that they arrive</h2>
      {page.councils.map((council) => (
        <Details
          key={council.id}
          summary={`${council.name}: ${council.recorded ? 'when you or a file say so' : 'on the day on which they are due'}`}
        >
          <form method="post" className="stack-s" noValidate>
            <input type="hidden" name="intent" value="setting" />
            <input type="hidden" name="councilId" value={council.id} />
            <Radios
              name="arrive"
              id={`arrive-${council.id}`}
              label={`${council.name}: when does a direct payment count as arrived?`}
              options={[
                {
                  value: 'schedule',
                  label: 'On the day on which it is due',
                  hint: 'Nobody records anything.',
                },
                {
                  value: 'recorded',
                  label: 'When you or a file say so',
                  hint: 'Late payments are seen as late.',
                },
              ]}
              defaultValue={council.recorded ? 'recorded' : 'schedule'}
              error={errors?.['arrive']}
            />
            <Button kind="second" size="small">
              Keep this<span className="vh"> for {council.name}</span>
            </Button>
          </form>
        </Details>
      ))}
    </section>
  )
}
