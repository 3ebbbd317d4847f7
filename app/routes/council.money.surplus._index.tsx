import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { readThreshold, setThreshold } from '#services/surplus/set-threshold.server.ts'
import { surplusListPage } from '#services/surplus/surplus-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink, Pages } from '~/components/navigation/navigation.tsx'
import { DataTable } from '~/components/table/data-table.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Surplus – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const page = Number.parseInt(url.searchParams.get('page') ?? '1', 10)
    return {
      ...(await surplusListPage(deps, actor, Number.isSafeInteger(page) ? page : 1)),
      threshold: await readThreshold(deps, actor),
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await setThreshold(deps, actor, {
        weeks: text(form, 'weeks'),
        answerDays: text(form, 'answerDays'),
        appealDays: text(form, 'appealDays'),
      })
      return redirectWithNotice(url.pathname, 'It holds from tonight on.')
    })
  })

export default function SurplusList() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { threshold } = page
  const saved: Record<string, string> = { ...threshold }
  const field = fieldProps({
    errors: answered?.errors,
    value: (name) => typed(answered, name) ?? saved[name],
  })
  return (
    <div className="stack-l">
      <BackLink href="/council/money">Money</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Surplus</h1>
        <p className="lead">
          {threshold.weeks
            ? `People are asked when more than ${threshold.weeks} weeks of a fund lie in it. ${page.open === 0 ? 'No question is open.' : `${String(page.open)} ${page.open === 1 ? 'question is' : 'questions are'} open.`}`
            : 'Nobody is asked about surplus: no threshold is set.'}
        </p>
      </header>
      {page.cases.length === 0 ? (
        <Empty title="No surplus was found" level={2}>
          <p>Money that is set aside, kept for wages or notice, or planned for visits never counts.</p>
        </Empty>
      ) : (
        <>
          <DataTable
            caption="Questions about surplus, open ones first"
            columns={[
              { key: 'person', label: 'Person' },
              { key: 'fund', label: 'Fund' },
              { key: 'surplus', label: 'Surplus', numeric: true },
              { key: 'stands', label: 'How it stands' },
              { key: 'answerBy', label: 'Answer by' },
            ]}
            rows={page.cases.map((one) => ({
              key: one.id,
              cells: {
                person: <a href={`/council/money/surplus/${one.id}`}>{one.person}</a>,
                fund: one.fund,
                surplus: pounds(one.surplus),
                stands: one.stands,
                answerBy: one.answerBy,
              },
            }))}
          />
          <Pages base="/council/money/surplus?page=" current={page.page} total={page.pages} />
        </>
      )}
      <Details kind="box" summary="From when people are asked" open={answered !== undefined}>
        <form method="post" className="stack" noValidate>
          <TextField
            {...field('weeks')}
            label="Weeks of a fund that may lie in it"
            hint="Leave it empty to ask nobody."
            width={3}
            inputMode="numeric"
          />
          <TextField {...field('answerDays')} label="Days to answer" width={3} inputMode="numeric" />
          <TextField {...field('appealDays')} label="Days to appeal" width={3} inputMode="numeric" />
          <Button>Keep it</Button>
        </form>
      </Details>
    </div>
  )
}
