import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { closeBreach } from '#services/holding/close-breach.server.ts'
import { fundHeldPage } from '#services/holding/funds-held-page.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { Agreement } from '~/components/holding/agreement.tsx'
import { Breaches } from '~/components/holding/breaches.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A fund held for somebody – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => fundHeldPage(deps, actor, params['allocationId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    return answer(form, async () => {
      await closeBreach(deps, actor, {
        allocationId,
        breachId: text(form, 'breachId'),
        why: text(form, 'why'),
      })
      return redirectWithNotice(
        `/council/funds-held/${allocationId}`,
        'Closed. The person and the holder were told.',
      )
    })
  })

export default function FundHeld() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { person, holder } = page
  const closing = typed(answered, 'breachId')
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/funds-held">Funds held for people</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>
          {person.name}: {page.fund}
        </h1>
        <p className="lead">
          {page.managed
            ? `${holder.name} looks after the account until ${page.until}. ${person.shortName} stays in charge: nothing is paid without their word.`
            : `${holder.name} holds it as an individual service fund until ${page.until}.`}
        </p>
      </header>
      <Breaches
        breaches={page.breaches}
        remedies
        press={(breach) => (
          <form method="post" className="stack-s" noValidate>
            <input type="hidden" name="breachId" value={breach.id} />
            <Textarea
              name="why"
              id={closing === breach.id ? 'why' : `why-${breach.id}`}
              label="What was done about it?"
              hint={`${person.shortName} and ${holder.name} read this.`}
              rows={3}
              maxLength={500}
              required
              {...(closing === breach.id
                ? { defaultValue: typed(answered, 'why'), error: answered?.errors['why'] }
                : {})}
            />
            <Button kind="second" size="small">
              Close it<span className="vh">: {breach.title}</span>
            </Button>
          </form>
        )}
      />
      <section className="stack" aria-labelledby="agreement">
        <h2 id="agreement">What was agreed</h2>
        {page.standing ? (
          <p>
            {person.shortName} lets {holder.name} pay without asking each time, since {page.standing.since}.
          </p>
        ) : null}
        <Agreement
          rows={page.agreement}
          problem={page.problem}
          then={`Until it is written down, ${holder.name} pays only what ${person.shortName} tells it to.`}
        />
        <p>
          <LinkButton href={`/council/funds-held/${page.allocationId}/agreement`} kind="second">
            {page.agreement ? 'Change what was agreed' : 'Write down what was agreed'}
          </LinkButton>
        </p>
        {page.audits ? (
          <p>
            <a href={`/council/money/audit/${page.allocationId}`}>
              Audit this fund: every payment and paper. You say why first
            </a>
          </p>
        ) : null}
      </section>
    </div>
  )
}
