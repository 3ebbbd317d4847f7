import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { newListingPage } from '#services/catalogue/new-listing-page.server.ts'
import { startListing } from '#services/catalogue/save-step.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { WhatFields } from '~/components/listing/what-fields.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'List a service – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, url }) => newListingPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { serviceId } = await startListing(deps, actor, text(form, 'providerId'), valuesOf(form))
      return redirect(`/provider/services/${serviceId}/who`)
    })
  })

export default function NewListing() {
  const { provider, categories } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/services?org=${provider.id}`}>Back to your services</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>What do you offer?</h1>
        <p className="lead">List one thing at a time. Nobody sees it until you send it in.</p>
      </header>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="providerId" value={provider.id} />
        <WhatFields categories={categories} values={answered?.values ?? {}} errors={answered?.errors} />
        <p>
          <Button>Save and go on</Button>
        </p>
      </form>
    </div>
  )
}
