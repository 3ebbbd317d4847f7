import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { easyQuestionPage } from '#services/easy-read/choosing-pages.server.ts'
import { Button } from '~/components/button/button.tsx'
import { EasyFields } from '~/components/easy-read/easy-question.tsx'
import { EasyLines } from '~/components/easy-read/easy-read.tsx'
import { EasyPicture } from '~/components/easy-read/picture.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answerToStep } from '~/http/choosing-forms.server.ts'
import { choicesInBrowser } from '~/http/choosing.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  {
    title: page
      ? `${page.asks} Question ${String(page.number)} of ${String(page.count)}, in Easy Read – Kith`
      : 'Help me choose, in Easy Read – Kith',
  },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const page = await easyQuestionPage(deps, actor, params['step'] ?? '', choicesInBrowser(deps, request))
    // What was answered since makes no sense of it any more.
    if (!page) throw redirect('/easy/choose/check')
    return page
  })

export const action = (args: ActionFunctionArgs) => answerToStep(args, '/easy/choose')

export default function EasyChooseStep() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { whose } = page
  return (
    <>
      <header className="stack">
        <BackLink href={page.back}>Back</BackLink>
        <ErrorSummary errors={answered?.errors} />
        <p className="soft">
          Question {page.number} of {page.count}
          {whose.kind === 'person' && !whose.self ? `. “You” means ${whose.shortName}.` : ''}
        </p>
        <div className="easy-result-top">
          <EasyPicture name={page.picture} />
          <h1>{page.asks}</h1>
        </div>
        <EasyLines lines={page.lines} small />
      </header>
      <form method="post" className="stack-l" noValidate key={page.step}>
        {whose.kind === 'person' ? <input type="hidden" name="personId" value={whose.personId} /> : null}
        <EasyFields
          errors={answered?.errors}
          fields={page.fields.map((field) => ({
            ...field,
            chosen: ticked(answered, field.name) ?? field.chosen,
          }))}
        />
        <div className="row">
          <Button size="big" name="intent" value="answer">
            Go on
          </Button>
          <Button size="big" kind="second" name="intent" value="skip">
            {page.skip}
          </Button>
        </div>
      </form>
      <p>
        You can stop. We keep your answers. <a href="/easy/choose">Stop for now</a>
      </p>
    </>
  )
}
