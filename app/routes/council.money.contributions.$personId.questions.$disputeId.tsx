import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { answerDispute } from '#services/contributions/dispute.server.ts'
import { questionPage } from '#services/contributions/person-contribution-page.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Answer a question – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) =>
    questionPage(deps, actor, params['personId'] ?? '', params['disputeId'] ?? ''),
  )

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { personId, outcome } = await answerDispute(deps, actor, params['disputeId'] ?? '', {
        outcome: text(form, 'outcome') as 'stands',
        decision: text(form, 'decision'),
      })
      const there = `/council/money/contributions/${personId}`
      return outcome === 'anew'
        ? redirectWithNotice(`${there}/assess`, 'They have your answer. Now assess what they pay.')
        : redirectWithNotice(there, 'They have your answer.')
    })
  })

export default function Question() {
  const { person, question } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const field = fieldProps({ errors: answered?.errors, value: (name) => typed(answered, name) })
  return (
    <div className="narrow stack-l">
      <BackLink href={`/council/money/contributions/${person.id}`}>{person.name}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{person.shortName} says that it is wrong</h1>
        <p className="lead">“{question.reason}”</p>
      </header>
      <SummaryList
        rows={[
          { term: 'About', value: question.about },
          { term: 'In question', value: pounds(question.pence) },
          { term: 'Unpaid of it', value: pounds(question.unpaid) },
          ...(question.week
            ? [
                { term: 'The care cost', value: pounds(question.week.cost) },
                { term: 'Assessed', value: pounds(question.week.assessed) },
                { term: 'Charged', value: pounds(question.week.charged) },
              ]
            : []),
        ]}
      />
      {question.open ? (
        <form method="post" className="stack" noValidate>
          <Radios
            name="outcome"
            label="What follows?"
            look="box"
            options={[
              { value: 'stands', label: 'It stands', hint: 'You looked again, and it is right.' },
              {
                value: 'let_go',
                label: 'What is unpaid of it is let go',
                hint: `${pounds(question.unpaid)} is never asked for again.`,
              },
              {
                value: 'anew',
                label: 'We assess anew',
                hint: 'You decide next what they pay, and from when.',
              },
            ]}
            defaultValue={typed(answered, 'outcome')}
            error={answered?.errors['outcome']}
          />
          <Textarea
            {...field('decision')}
            label="Why?"
            hint={`${person.shortName} reads this.`}
            rows={4}
            maxLength={1_000}
            required
          />
          <Button size="big">Send the answer</Button>
        </form>
      ) : (
        <p>It was answered: “{question.decision}”</p>
      )}
    </div>
  )
}
