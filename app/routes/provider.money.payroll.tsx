import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { payNow } from '#services/employing/pay-wages.server.ts'
import { payrollPage, type PayrollPage } from '#services/employing/payroll-page.server.ts'
import { sendPayroll } from '#services/employing/send-payroll.server.ts'
import { takeResults, type LineReport } from '#services/employing/take-results.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FileField } from '~/components/forms/file-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { counted, listWords } from '~/components/week/words.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import type { Answer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Payroll – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => payrollPage(deps, actor, url.searchParams.get('org')))

interface Taken {
  taken: LineReport[]
}

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const providerId = text(form, 'providerId')
    const here = `/provider/money/payroll?org=${providerId}`
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'out': {
          const count = await sendPayroll(deps, actor, { providerId })
          return count === 0
            ? redirect(here)
            : redirectWithNotice(here, 'The hours are in a file now. Take it below, as often as you like.')
        }
        case 'in': {
          const file = form.get('file')
          const words = file !== null && typeof file !== 'string' ? await file.text() : ''
          return data<Taken>({ taken: await takeResults(deps, actor, { providerId, file: words }) })
        }
        case 'pay':
          await payNow(deps, actor, { timesheetId: text(form, 'timesheetId'), providerId, personId: null })
          return redirectWithNotice(here, 'The wages are taken from the fund.')
        default:
          throw notFound()
      }
    })
  })

export default function Payroll() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<Taken | Answer>()
  const errors = answered && 'errors' in answered ? answered.errors : undefined
  const hidden = <input type="hidden" name="providerId" value={page.provider.id} />
  return (
    <div className="flow">
      <BackLink href={`/provider/money?org=${page.provider.id}`}>Money</BackLink>
      <ErrorSummary errors={errors} />
      <header className="stack-s">
        <h1>Payroll</h1>
        <p className="lead">
          Hours that people have approved for the assistants they employ. You take them out, work out the pay
          in your own software, and bring the results back. Your figures count.
        </p>
      </header>
      {answered && 'taken' in answered ? <Report lines={answered.taken} /> : null}
      {page.clients === 0 ? (
        <Empty title="Nobody has named you as their payroll service" level={2}>
          <p>
            Somebody who writes down an employment can choose you while you list direct payment support. Their
            hours then stand here.
          </p>
        </Empty>
      ) : (
        <>
          <section className="stack" aria-labelledby="out">
            <h2 id="out">
              {page.approved.length === 0
                ? 'No new hours'
                : `To take out: ${counted(page.approved.length, 'pay period', 'pay periods')}`}
            </h2>
            {page.approved.length > 0 ? (
              <>
                <Lines caption="Approved, and not in a file yet" lines={page.approved} />
                <form method="post">
                  {hidden}
                  <input type="hidden" name="intent" value="out" />
                  <Button size="big">Put them into a file</Button>
                </form>
              </>
            ) : (
              <p>What is approved next stands here, and you are told.</p>
            )}
          </section>
          <Files page={page} />
          <section className="stack" aria-labelledby="in">
            <h2 id="in">Bring results back</h2>
            <form method="post" encType="multipart/form-data" className="stack" noValidate>
              {hidden}
              <input type="hidden" name="intent" value="in" />
              <FileField
                name="file"
                label="The file of your payroll software (CSV)"
                hint={`Columns, named in the first line: ${page.columns}. The period is its first day.`}
                accept=".csv,text/csv"
                error={errors?.['file']}
              />
              <Button>Take the results in</Button>
            </form>
            <p className="small">
              What is wrong with a line is said beside its number and costs nothing else. The same line twice
              changes nothing.
            </p>
          </section>
          <Waiting page={page} hidden={hidden} />
          {page.paid.length > 0 ? (
            <Details
              kind="box"
              summary={`Paid lately: ${counted(page.paid.length, 'pay period', 'pay periods')}`}
            >
              <Lines caption="Paid lately" lines={page.paid} total />
            </Details>
          ) : null}
        </>
      )}
    </div>
  )
}

type Line = PayrollPage['approved'][number]

function Lines({
  caption,
  lines,
  total = false,
}: {
  caption: string
  lines: readonly Line[]
  total?: boolean
}) {
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'reference', label: 'Reference', nowrap: true },
        { key: 'who', label: 'Who' },
        { key: 'period', label: 'From and to' },
        { key: 'hours', label: 'Hours' },
        total
          ? { key: 'total', label: 'All in', numeric: true }
          : { key: 'rate', label: 'An hour', numeric: true },
      ]}
      rows={lines.map((line) => ({
        key: line.id,
        cells: {
          reference: line.reference,
          who: (
            <>
              {line.assistant}, for {line.employer}
              {line.kept ? (
                <>
                  <br />
                  <a href={`/my/kept-back/${line.kept}`}>
                    Kept back<span className="vh"> for {line.employer}</span>
                  </a>
                </>
              ) : null}
            </>
          ),
          period: line.period,
          hours: line.hours,
          rate: line.rate,
          total: line.total ?? '',
        },
      }))}
    />
  )
}

function Files({ page }: { page: PayrollPage }) {
  if (page.files.length === 0) return null
  return (
    <section className="stack" aria-labelledby="files">
      <h2 id="files">With you, without a result yet</h2>
      {page.files.map((file) => (
        <div key={file.at} className="stack-s">
          <p>
            <a href={`/provider/money/payroll.csv?org=${page.provider.id}&sent=${file.at}`} download>
              The file of {file.when} (CSV)
            </a>
          </p>
          <Lines caption={`Taken out on ${file.when}`} lines={file.lines} />
        </div>
      ))}
    </section>
  )
}

function Waiting({ page, hidden }: { page: PayrollPage; hidden: React.ReactNode }) {
  if (page.waiting.length === 0) return null
  return (
    <section className="stack" aria-labelledby="waiting">
      <h2 id="waiting">Waiting for money</h2>
      <p>
        These are worked out, and the fund has less left. The person is told. They are taken as soon as the
        money is there; pay nothing out before.
      </p>
      <ul className="plain grid grid-2">
        {page.waiting.map((line) => (
          <li key={line.id} className="card stack-s">
            <h3>
              {line.assistant}, for {line.employer}: {line.total}
            </h3>
            <p>
              {line.reference}, {line.period}
            </p>
            <form method="post">
              {hidden}
              <input type="hidden" name="intent" value="pay" />
              <input type="hidden" name="timesheetId" value={line.id} />
              <Button kind="second" size="small">
                Try again now<span className="vh">: {line.reference}</span>
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}

const OUTCOME = {
  paid: { tone: 'done', words: 'Taken in' },
  waits: { tone: 'asked', words: 'Waits for money' },
  again: { tone: 'plain', words: 'Known already' },
  refused: { tone: 'stop', words: 'Refused' },
} as const

function Report({ lines }: { lines: readonly LineReport[] }) {
  const count = (outcome: LineReport['outcome']): number =>
    lines.filter((line) => line.outcome === outcome).length
  const parts = [
    `${counted(count('paid'), 'line was', 'lines were')} taken in`,
    ...(count('waits') > 0 ? [`${counted(count('waits'), 'waits', 'wait')} for money`] : []),
    ...(count('again') > 0 ? [`${counted(count('again'), 'was', 'were')} known already`] : []),
    ...(count('refused') > 0 ? [`${counted(count('refused'), 'was', 'were')} refused`] : []),
  ]
  const words = listWords(parts)
  return (
    <Notice
      tone={count('refused') > 0 ? 'warn' : 'info'}
      title={`${words.charAt(0).toUpperCase()}${words.slice(1)}`}
      level={2}
      status
    >
      <DataTable
        caption="Every line of the file"
        hideCaption
        columns={[
          { key: 'line', label: 'Line' },
          { key: 'reference', label: 'Reference', nowrap: true },
          { key: 'outcome', label: 'What became of it' },
          { key: 'words', label: 'Why' },
        ]}
        rows={lines.map((line) => ({
          key: String(line.line),
          cells: {
            line: `Line ${String(line.line)}`,
            reference: line.reference,
            outcome: <Tag tone={OUTCOME[line.outcome].tone}>{OUTCOME[line.outcome].words}</Tag>,
            words: line.words,
          },
        }))}
      />
    </Notice>
  )
}
