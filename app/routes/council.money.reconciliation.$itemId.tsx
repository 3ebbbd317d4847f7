import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pounds } from '#services/kernel/money.ts'
import { reconciliationItemPage } from '#services/reconciliation/reconciliation-page.server.ts'
import { explainItem, takeItem } from '#services/reconciliation/work-on-item.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A difference – Kith' }]

const PATH = '/council/money/reconciliation'

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => reconciliationItemPage(deps, actor, params['itemId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const itemId = params['itemId'] ?? ''
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'take':
          await takeItem(deps, actor, itemId)
          return redirectWithNotice(`${PATH}/${itemId}`, 'It is yours now.')
        case 'explain':
          await explainItem(deps, actor, { itemId, note: text(form, 'note') })
          return redirectWithNotice(PATH, 'It is explained. It opens again if its figures change.')
        default:
          return data(
            { errors: { note: ['Say what it was, then press the button.'] }, values: {} },
            { status: 400 },
          )
      }
    })
  })

const amount = (pence: number | null): string => (pence === null ? 'Nothing is known' : pounds(pence))

export default function ReconciliationItem() {
  const item = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={PATH}>What does not agree</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{item.source}: a difference</h1>
        <p className="lead">{item.words}</p>
      </header>
      <SummaryList
        rows={[
          { term: 'In Kith', value: amount(item.ledger) },
          { term: 'Outside', value: amount(item.outside) },
          ...(item.between === null ? [] : [{ term: 'Between the two', value: pounds(item.between) }]),
          { term: 'Found', value: item.age === 'today' ? 'Today' : `${item.found}, open for ${item.age}` },
          { term: 'Who has it', value: item.mine ? 'You' : (item.owner ?? 'Nobody yet') },
          ...(item.closed
            ? [
                {
                  term: item.state === 'explained' ? 'Explained' : 'Agrees again since',
                  value: item.closedBy ? `${item.closed}, by ${item.closedBy}: “${item.note}”` : item.closed,
                },
              ]
            : []),
        ]}
      />
      {item.look ? (
        <p>
          <a href={item.look.href}>{item.look.label}</a>
        </p>
      ) : null}
      {item.state === 'open' ? (
        <>
          {item.mine ? null : (
            <form method="post">
              <input type="hidden" name="intent" value="take" />
              <Button kind="second">
                {item.owner ? `Take it over from ${item.owner}` : 'I look at this'}
              </Button>
            </form>
          )}
          <form method="post" className="stack" noValidate aria-labelledby="explain">
            <input type="hidden" name="intent" value="explain" />
            <h2 id="explain">Explain it</h2>
            <Textarea
              name="note"
              label="What was it?"
              hint="For whoever looks at it later. If something is to be put right, do that first: then it goes by itself."
              rows={4}
              maxLength={1000}
              defaultValue={typed(answered, 'note')}
              error={answered?.errors['note']}
            />
            <Button>It is explained</Button>
          </form>
        </>
      ) : null}
    </div>
  )
}
