import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { beforeOpeningPage, openPack } from '#services/audit-packs/open-pack.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Why do you look at this fund? – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => beforeOpeningPage(deps, actor, params['allocationId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    return answer(form, async () => {
      const openingId = await openPack(deps, actor, {
        allocationId,
        purpose: text(form, 'purpose'),
        words: text(form, 'words'),
      })
      return redirect(`/council/money/audit/${allocationId}/${openingId}`)
    })
  })

export default function BeforeOpening() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const field = fieldProps({ errors: answered?.errors, value: (name) => typed(answered, name) })
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/audit">Audit of a fund</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Why do you look at this fund?</h1>
        <p className="lead">
          {page.person}: {page.fund}, from {page.funder}, until {page.until}.
        </p>
        <p>
          It shows every visit, payment and paper. Your name, your reason and the time are written down for
          good, and {page.shortName} can read them. It is open to you for the rest of your day at work.
        </p>
      </header>
      <form method="post" className="stack" noValidate>
        <Radios {...field('purpose')} label="Why do you look?" options={page.purposes} />
        <Textarea
          {...field('words')}
          label="What do you want to see?"
          hint={`${page.shortName} reads this.`}
          rows={3}
          maxLength={500}
        />
        <Button size="big">Open it</Button>
      </form>
    </div>
  )
}
