import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { questionPage } from '#services/choosing/question-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { QuestionFields } from '~/components/choosing/question-fields.tsx'
import { Talk } from '~/components/choosing/talk.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answerToStep } from '~/http/choosing-forms.server.ts'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  {
    title: page
      ? `${page.asks} Question ${String(page.number)} of ${String(page.count)} – Kith`
      : 'Help me choose – Kith',
  },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const page = await questionPage(deps, actor, params['step'] ?? '', choicesInBrowser(deps, request))
    // What was answered since makes no sense of it any more.
    if (!page) throw redirect('/choose/check')
    return page
  })

export const action = (args: ActionFunctionArgs) => answerToStep(args, '/choose')

export default function ChooseStep() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { whose } = page
  return (
    <div className="split">
      <div className="stack-l">
        <BackLink href={page.back}>Back</BackLink>
        <ErrorSummary errors={answered?.errors} />
        <p className="soft">
          Question {page.number} of {page.count}
          {whose.kind === 'person' && !whose.self ? `. “You” means ${whose.shortName}.` : ''}
        </p>
        <form method="post" className="stack-l" noValidate key={page.step}>
          {whose.kind === 'person' ? <input type="hidden" name="personId" value={whose.personId} /> : null}
          <QuestionFields
            asks={page.asks}
            why={page.why}
            errors={answered?.errors}
            fields={page.fields.map((field) => ({
              ...field,
              chosen: ticked(answered, field.name) ?? field.chosen,
            }))}
          />
          <div className="row">
            <Button name="intent" value="answer">
              Go on
            </Button>
            <Button kind="second" name="intent" value="skip">
              {page.skip}
            </Button>
          </div>
        </form>
        <p>
          You can stop here. What you have answered is kept: <a href="/choose">stop, and carry on later</a>.
        </p>
      </div>
      <Talk talk={page.talk} />
    </div>
  )
}
