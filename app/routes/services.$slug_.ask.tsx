import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { askPage, askQuestion } from '#services/questions/ask-question.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Checkboxes, Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea, TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `Ask ${page.provider.name} something – Kith` : 'Ask something – Kith' },
  { name: 'robots', content: 'noindex' },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params, url }) => {
    toCircleWithoutPerson(actor)
    return {
      ...(await askPage(deps, actor, params['slug'] ?? '')),
      wanted: url.searchParams.get('kind') ?? 'question',
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const { questionId } = await askQuestion(deps, actor, params['slug'] ?? '', {
        personId: text(form, 'personId'),
        kind: text(form, 'kind') || 'question',
        ready: texts(form, 'ready'),
        words: text(form, 'words'),
        when: text(form, 'when'),
      })
      return redirectWithNotice(`/my/questions/${questionId}`, 'Sent. You are told when they answer.')
    })
  })

export default function Ask() {
  const { personId, self, service, provider, kinds, ready, openId, wanted } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const chosen = kinds.find(({ kind }) => kind === (typed(answered, 'kind') ?? wanted))?.kind ?? 'question'
  return (
    <div className="narrow stack-l">
      <BackLink href={`/services/${service.slug}`}>{`Back to ${service.title}`}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>Ask {provider.name} something first</h1>
        <p className="lead">
          It is about {service.title}. They see what you write, and not who {self ? 'you are' : 'it is for'}.
          Nothing is booked.
        </p>
        {openId ? (
          <p>
            You are asking them about this already. What you send goes into{' '}
            <a href={`/my/questions/${openId}`}>the same conversation</a>.
          </p>
        ) : null}
      </header>
      <form method="post" className="stack-l" noValidate>
        <input type="hidden" name="personId" value={personId} />
        {kinds.length > 1 ? (
          <Radios
            name="kind"
            label="What would you like?"
            look="box"
            error={answered?.errors['kind']}
            defaultValue={chosen}
            options={kinds.map(({ kind, label }) => ({ value: kind, label }))}
          />
        ) : null}
        <Checkboxes
          name="ready"
          label="Questions that many people ask"
          hint="Tick any that you want answered. You can leave them all."
          error={answered?.errors['ready']}
          defaultValue={ticked(answered, 'ready') ?? []}
          options={ready.map(({ code, words }) => ({ value: code, label: words }))}
        />
        <Textarea
          name="words"
          label="In your own words"
          hint="Say only what they need to know to answer. You do not have to say anything about your health."
          rows={5}
          maxLength={2_000}
          defaultValue={typed(answered, 'words')}
          error={answered?.errors['words']}
        />
        {kinds.length > 1 ? (
          <TextField
            name="when"
            label="If you want to look round or meet: when would suit you?"
            hint="Such as: weekday mornings. You can leave it."
            maxLength={200}
            defaultValue={typed(answered, 'when')}
            error={answered?.errors['when']}
          />
        ) : null}
        <Button size="big">Send it</Button>
      </form>
      {provider.phone ? (
        <p>
          Or call them on <a href={`tel:${provider.phone.replaceAll(' ', '')}`}>{provider.phone}</a>.
        </p>
      ) : null}
    </div>
  )
}
