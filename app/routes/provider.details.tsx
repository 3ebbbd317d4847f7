import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { detailsPage } from '#services/providers/details-page.server.ts'
import { KIND_CHOICES, LEGAL_FORM_CHOICES, SIZE_CHOICES } from '#services/providers/kinds.ts'
import { saveDetails } from '#services/providers/save-details.server.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { field } from '~/components/listing/values.ts'
import { Notice } from '~/components/notice/notice.tsx'
import {
  BoardFields,
  ContactFields,
  NumberFields,
  WhoYouAreFields,
} from '~/components/provider/details-fields.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'
import { Textarea, TextField } from '~/components/forms/text-field.tsx'

export const meta: MetaFunction = () => [{ title: 'Your organisation – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ actor, deps, url }) => ({
    ...(await detailsPage(deps, actor, url.searchParams.get('org'))),
    lists: { kinds: KIND_CHOICES, legalForms: LEGAL_FORM_CHOICES, sizes: SIZE_CHOICES },
  }))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request }) => {
    const form = await readForm(request)
    const providerId = text(form, 'providerId')
    return answer(form, async () => {
      const saved = await saveDetails(deps, actor, providerId, valuesOf(form))
      return redirectWithNotice(
        `/provider/details?org=${providerId}`,
        `Saved.${saved.checkedAgain ? ' We look at what you changed. What is published stays meanwhile.' : ''}${saved.kindWaits ? ' Your kind changes when we have checked the numbers of your board.' : ''}`,
      )
    })
  })

export default function Details() {
  const { provider, values, mayEdit, waits, userLed, cqcProviderId, otherLegalForm, lists } =
    useLoaderData<typeof loader>()
  const answered = useAnswer()
  const props = { values: answered?.values ?? values, errors: answered?.errors }
  return (
    <div className="narrow stack-l">
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Your organisation</h1>
        <p className="lead">What people read about {provider.name}, besides what each service says.</p>
        <p>
          <a href={`/providers/${provider.slug}`}>See the page that people see</a>. It is there once a service
          is published.
        </p>
        <p>
          <a href={`/provider/photo?org=${provider.id}`}>Your photograph</a>: it stands there instead of your
          quilt square.
        </p>
      </header>
      {waits ? (
        <Notice tone="plain" title="We are looking at what you changed" level={2}>
          <p>
            What is published stays. <a href={`/provider/checks?org=${provider.id}`}>See your checks</a>
          </p>
        </Notice>
      ) : null}
      {mayEdit ? (
        <form method="post" className="stack-l" noValidate>
          <input type="hidden" name="providerId" value={provider.id} />
          <section className="stack" aria-labelledby="who">
            <h2 id="who">Who you are</h2>
            <p>If you change your name, your kind or what you are in law, we check again who you are.</p>
            <WhoYouAreFields
              {...props}
              lists={{
                ...lists,
                legalForms: [
                  ...(otherLegalForm ? [{ value: otherLegalForm, label: otherLegalForm }] : []),
                  ...lists.legalForms,
                ],
              }}
            />
            {userLed === 'checked' ? (
              <p>It is checked that your organisation is user-led.</p>
            ) : userLed === 'waits' ? (
              <p>The numbers of your board wait to be checked.</p>
            ) : (
              <BoardFields {...props} summary="If it has become user-led: say how many they are" />
            )}
          </section>
          <section className="stack" aria-labelledby="reach">
            <h2 id="reach">How people reach you</h2>
            <ContactFields {...props} />
            <TextField
              {...field(props, 'languages')}
              label="Languages that you speak"
              hint="With commas between them: English, Urdu."
              maxLength={200}
              required
            />
            <Textarea
              {...field(props, 'accessibility')}
              label="Getting in and taking part"
              hint="Steps, parking, a hearing loop, how you talk with people who do not hear or speak. May be empty."
              rows={4}
            />
          </section>
          <section className="stack" aria-labelledby="numbers">
            <h2 id="numbers">Numbers, if you have them</h2>
            <NumberFields {...props} />
            {cqcProviderId ? (
              <p>Your checked CQC provider id is {cqcProviderId}. Another one is checked first.</p>
            ) : null}
          </section>
          <p>
            <Button size="big">Save</Button>
          </p>
        </form>
      ) : (
        <p>Only an owner or a coordinator can change this.</p>
      )}
    </div>
  )
}
