import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { categoryChoices } from '#services/catalogue/new-listing-page.server.ts'
import { saveStep } from '#services/catalogue/save-step.server.ts'
import { stepPage } from '#services/catalogue/step-page.server.ts'
import { isStep, type Step } from '#services/catalogue/steps.ts'
import { UNIT_CHOICES } from '#services/catalogue/words.ts'
import { notFound } from '#services/kernel/errors.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { AreaFields } from '~/components/listing/area-fields.tsx'
import { CareFields } from '~/components/listing/care-fields.tsx'
import { PriceFields } from '~/components/listing/price-fields.tsx'
import { TermsFields, TimesFields } from '~/components/listing/terms-fields.tsx'
import { WhatFields, WhoFields } from '~/components/listing/what-fields.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

type FormStep = Exclude<Step, 'hours'>

/** Days and hours have a page of their own. @throws NOT_FOUND */
function formStep(text: string | undefined): FormStep {
  if (!text || !isStep(text) || text === 'hours') throw notFound()
  return text
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.page.name ?? 'Listing'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ actor, deps, params }) => {
    const page = await stepPage(deps, actor, params['serviceId'] ?? '', formStep(params['step']))
    return {
      page,
      categories: page.step === 'what' ? categoryChoices() : [],
      units: page.step === 'price' ? UNIT_CHOICES.map(({ value, label }) => ({ value, label })) : [],
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request, params }) => {
    const serviceId = params['serviceId'] ?? ''
    const step = formStep(params['step'])
    const form = await readForm(request)
    return answer(form, async () => {
      await saveStep(deps, actor, serviceId, step, valuesOf(form))
      const { next } = await stepPage(deps, actor, serviceId, step)
      return redirect(
        text(form, 'then') === 'next' && next
          ? `/provider/services/${serviceId}/${next}`
          : `/provider/services/${serviceId}`,
      )
    })
  })

const QUESTIONS: Record<FormStep, string> = {
  what: 'What do you offer?',
  who: 'Who is it for?',
  care: 'Is there personal care in it?',
  area: 'Where does it happen?',
  price: 'What does it cost?',
  times: 'How long, and how much notice?',
  terms: 'What happens if plans change?',
}

export default function ListingStep() {
  const { page } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href={`/provider/services/${page.service.id}`}>{page.service.title}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <p className="soft">
          Question {page.number} of {page.count}
        </p>
        <h1>{QUESTIONS[page.step as FormStep]}</h1>
      </header>
      {page.service.waiting ? (
        <Notice tone="warn" title="Somebody is checking this listing just now" level={2}>
          <p>
            Take it back first if you want to change it:{' '}
            <a href={`/provider/services/${page.service.id}`}>{page.service.title}</a>
          </p>
        </Notice>
      ) : null}
      <form method="post" className="stack" noValidate>
        <StepFields />
        <div className="row">
          {page.next ? (
            <Button name="then" value="next">
              Save and go on
            </Button>
          ) : null}
          <Button kind={page.next ? 'second' : 'main'} name="then" value="overview">
            Save and see all answers
          </Button>
        </div>
      </form>
    </div>
  )
}

function StepFields() {
  const { page, categories, units } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const props = { values: answered?.values ?? page.values, errors: answered?.errors }
  switch (page.step) {
    case 'what':
      return <WhatFields {...props} categories={categories} />
    case 'who':
      return <WhoFields {...props} audiences={page.audiences} accessibility={page.accessibility} />
    case 'care':
      return <CareFields {...props} category={page.category} ownRegistration={page.ownRegistration} />
    case 'area':
      return <AreaFields {...props} reach={page.reach} places={page.places} />
    case 'price':
      return <PriceFields {...props} units={units} />
    case 'times':
      return <TimesFields {...props} />
    case 'terms':
      return <TermsFields {...props} />
    case 'hours':
      return null
  }
}
