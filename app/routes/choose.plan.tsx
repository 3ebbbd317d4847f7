import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { putAnswers, putAnswersPage, type PutAnswersPage } from '#services/plans/put-answers.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Checkboxes } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [
  { title: 'Put your answers into your plan – Kith' },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return { page: await putAnswersPage(deps, actor) }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { count } = await putAnswers(deps, actor, {
        personId: text(form, 'personId'),
        steps: text(form, 'intent') === 'all' ? 'all' : texts(form, 'step'),
        agreed: text(form, 'agreed') === 'yes',
      })
      return redirectWithNotice(
        '/my/plan',
        count === 1 ? 'One answer is in the plan now.' : `${String(count)} answers are in the plan now.`,
      )
    })
  })

export default function PutIntoPlan() {
  const { page } = useLoaderData<typeof loader>()
  return page ? <Choose page={page} /> : <Nothing />
}

function Nothing() {
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <h1>Put answers into a plan</h1>
      <Empty title="There is no answer yet" level={2}>
        <p>
          Answer <a href="/choose">a few questions about what would help</a> first. Then you can choose which
          of them go into the plan.
        </p>
      </Empty>
    </div>
  )
}

function Choose({ page }: { page: PutAnswersPage }) {
  const { personId, shortName, self, consent, council, rows } = page
  const answered = useAnswer()
  const whose = self ? 'your' : `${shortName}’s`
  return (
    <div className="narrow stack-l">
      <BackLink href="/choose/check">The answers</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>Which answers may go into {whose} plan?</h1>
        <p className="lead">
          A plan says what support is for. When these answers are in it, nobody has to ask{' '}
          {self ? 'you' : 'them'} again.
        </p>
      </header>
      <section className="notice stack-s" aria-labelledby="who-reads">
        <h2 id="who-reads">Who can read what is in the plan</h2>
        <ul>
          <li>{self ? 'you' : shortName}</li>
          <li>
            advisers of {council}, such as {self ? 'your' : 'their'} social worker
          </li>
          <li>supporters who may see {whose} plan</li>
        </ul>
        <p>Providers cannot. You can take the answers out again whenever you like.</p>
      </section>
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="personId" value={personId} />
        <Checkboxes
          name="step"
          label="Answers"
          hint="Tick those that may go in. What you leave stays between you and Kith."
          look="box"
          error={answered?.errors['step']}
          defaultValue={ticked(answered, 'step') ?? []}
          options={rows.map(({ step, about, answer: words }) => ({
            value: step,
            label: about,
            hint: words,
          }))}
        />
        {consent === 'self' ? null : (
          <Checkboxes
            name="agreed"
            label={consent === 'decided_for' ? 'You decide for them' : `${shortName} agrees`}
            error={answered?.errors['agreed']}
            defaultValue={ticked(answered, 'agreed') ?? []}
            options={[
              {
                value: 'yes',
                label:
                  consent === 'decided_for'
                    ? `I may decide on ${shortName}’s care, and this is best for them`
                    : `${shortName} knows who can read this, and said yes`,
                hint: `We write down that you said so, and ${shortName} is told.`,
              },
            ]}
          />
        )}
        <div className="row">
          <Button size="big" name="intent" value="ticked">
            Put in what is ticked
          </Button>
          <Button kind="second" name="intent" value="all">
            Put in all of them
          </Button>
        </div>
      </form>
      <p>
        <a href="/choose/options">No, keep them out of {whose} plan</a>
      </p>
    </div>
  )
}
