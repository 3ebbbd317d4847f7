import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import {
  askForSupport,
  type CheckedRequest,
  checkRequest,
} from '#services/requests/ask-for-support.server.ts'
import { newRequestPage } from '#services/requests/new-request-page.server.ts'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { RequestCheck } from '~/components/requests/request-check.tsx'
import { RequestForm } from '~/components/requests/request-form.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Ask for what is not there – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => {
    toCircleWithoutPerson(actor)
    return newRequestPage(deps, actor, {
      category: url.searchParams.get('category'),
      again: url.searchParams.get('again'),
    })
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const values = valuesOf(form)
    const input = { ...values, personId: text(form, 'personId'), date: readDate(form, 'date') }
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'change':
          return { errors: {}, values }
        case 'check':
          return { errors: {}, values, checked: await checkRequest(deps, actor, input) }
        case 'ask': {
          const { requestId } = await askForSupport(deps, actor, input)
          return redirectWithNotice(
            `/my/requests/${requestId}`,
            'Asked. Providers who could do it are being told. Nothing is booked.',
          )
        }
        default:
          throw notFound()
      }
    })
  })

export default function NewRequest() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const checked = useActionData<{ checked?: CheckedRequest }>()?.checked
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/requests">Requests for support</BackLink>
      <ErrorSummary errors={answered?.errors} />
      {checked && answered ? (
        <RequestCheck words={checked.words} until={checked.openUntil} values={answered.values} />
      ) : (
        <>
          <header className="stack-s">
            <h1>Ask for what is not there</h1>
            <p className="lead">
              Say what {page.person.self ? 'you need' : `${page.person.shortName} needs`}. Providers who could
              do it answer with an offer. You see all of it before it is sent.
            </p>
          </header>
          <RequestForm
            page={page}
            value={(name) => typed(answered, name) ?? page.values[name]}
            ticked={(name) => ticked(answered, name) ?? page.ticked[name]}
            date={typedDate(answered, 'date') ?? page.values['date']}
            errors={answered?.errors}
          />
        </>
      )}
    </div>
  )
}
