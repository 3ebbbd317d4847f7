import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { concernPage } from '#services/safeguarding/concerns-page.server.ts'
import type { ConcernState } from '#services/safeguarding/concern.schema.ts'
import { workOnConcern } from '#services/safeguarding/work-on-concern.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Concern – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => concernPage(deps, actor, params['concernId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      await workOnConcern(deps, actor, {
        concernId: params['concernId'] ?? '',
        from: text(form, 'from') as ConcernState,
        to: text(form, 'to') as ConcernState,
        note: text(form, 'note'),
      })
      return redirectWithNotice(url.pathname, 'Your note is kept.')
    })
  })

export default function Concern() {
  const concern = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/concerns">Concerns</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Concern {concern.reference}</h1>
        <p className="lead">
          {concern.state}. Raised on {concern.raised}.
        </p>
      </header>
      {concern.inDanger ? (
        <Notice tone="stop" level={2} title="In danger now, said whoever raised it">
          <p>They were told to ring 999.</p>
        </Notice>
      ) : null}
      <SummaryList
        rows={[
          { term: 'About', value: concern.about },
          { term: 'What happened', value: <span className="pre">{concern.whatHappened}</span> },
          { term: 'Do they agree?', value: concern.consent },
          ...(concern.consentReason
            ? [{ term: 'Why all the same', value: <span className="pre">{concern.consentReason}</span> }]
            : []),
          { term: 'Who else knows', value: concern.whoTold || 'Nobody was named' },
          { term: 'To reach who raised it', value: concern.contact || 'Nothing was left' },
          ...(concern.provider ? [{ term: 'Provider', value: concern.provider }] : []),
          { term: 'Council', value: concern.council },
        ]}
      />
      <section className="stack-s" aria-labelledby="notes-h">
        <h2 id="notes-h">What was done</h2>
        {concern.notes.length === 0 ? <p>Nothing yet.</p> : null}
        <ol className="plain stack-s">
          {concern.notes.map((note) => (
            <li key={note.id} className="card stack-s">
              <p className="small soft">
                {note.at}, {note.by}: {note.from === note.to ? note.to : `${note.from} → ${note.to}`}
              </p>
              <p className="pre">{note.note}</p>
            </li>
          ))}
        </ol>
      </section>
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="from" value={concern.stateCode} />
        <Radios
          name="to"
          label="How does it stand now?"
          options={concern.next}
          defaultValue={typed(answered, 'to') ?? concern.next[0]?.value}
          error={answered?.errors['to']}
        />
        <Textarea
          name="note"
          label="What was done, or why"
          hint="Only your team reads this. It cannot be changed later."
          rows={5}
          maxLength={5000}
          defaultValue={typed(answered, 'note')}
          error={answered?.errors['note']}
          required
        />
        <Button>Keep the note</Button>
      </form>
    </div>
  )
}
