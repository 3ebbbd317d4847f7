import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isDomainError } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { makeRun } from '#services/runs/make-run.server.ts'
import { newRunPage } from '#services/runs/runs-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Total } from '~/components/card/card.tsx'
import { many } from '~/components/council-money/page-head.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Checkboxes } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Make a payment run – Kith' }]

/** A day in the address that cannot be used shows today's page, with the sentence beside the day. */
export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, url }) => {
    const council = url.searchParams.get('council')
    const typed = url.searchParams.has('until.day')
    const until = typed ? readDate(url.searchParams, 'until') : url.searchParams.get('until')
    try {
      return { page: await newRunPage(deps, actor, { council, until }), errors: null }
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'INVALID') throw error
      return {
        page: await newRunPage(deps, actor, { council, until: null }),
        errors: { until: error.details.fields?.['untilDay'] ?? [error.publicMessage] },
      }
    }
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const made = await makeRun(deps, actor, {
        councilId: text(form, 'councilId'),
        untilDay: text(form, 'untilDay'),
        providerIds: texts(form, 'providerIds'),
      })
      return redirectWithNotice(
        `/council/money/runs/${made.runId}`,
        `Run ${String(made.number)} is made: ${pounds(made.total)}. Check it, then send it for approval.`,
      )
    })
  })

export default function NewRun() {
  const { page, errors: dayErrors } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const errors: Record<string, string[]> = { ...(dayErrors ?? {}), ...(answered?.errors ?? {}) }
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/money/runs">Payment runs</BackLink>
      <ErrorSummary errors={errors} />
      <header className="stack-s">
        <h1>Make a payment run</h1>
        <p className="lead">
          Choose the day and the providers. You check it next; somebody else approves it.
        </p>
      </header>
      <form className="card stack" noValidate aria-labelledby="day">
        <h2 id="day">Up to which day?</h2>
        <DateField
          name="until"
          label="Visits up to and including"
          defaultValue={page.until}
          error={errors['until'] ?? errors['untilDay']}
        />
        <p>
          <Button kind="second">Show what is due up to this day</Button>
        </p>
      </form>
      {page.providers.length === 0 ? (
        <Empty title="Nothing can be paid up to this day" level={2}>
          <p>
            <a href="/council/money/due">See what is due, and what is missing</a>
          </p>
        </Empty>
      ) : (
        <form method="post" className="stack" noValidate>
          <Total
            sentence={
              <>
                <span className="num">{pounds(page.pence)}</span> can be paid for visits up to{' '}
                {page.untilWords}, in {many(page.payments, 'payment', 'payments')}.
              </>
            }
          />
          <input type="hidden" name="councilId" value={page.councilId} />
          <input type="hidden" name="untilDay" value={page.until} />
          <Checkboxes
            name="providerIds"
            label="Which providers?"
            error={errors['providerIds']}
            defaultValue={ticked(answered, 'providerIds') ?? page.providers.map(({ id }) => id)}
            options={page.providers.map((one) => ({
              value: one.id,
              label: `${one.name}: ${pounds(one.pence)}`,
              hint: `${many(one.payments, 'payment', 'payments')}${one.credits > 0 ? `, ${pounds(one.credits)} that comes back taken off` : ''}`,
            }))}
          />
          <p>
            <Button size="big">Make the run</Button>
          </p>
        </form>
      )}
      {page.left.length > 0 ? (
        <Notice tone="warn" title="Some of it cannot be paid and is left out" level={2}>
          <ul>
            {page.left.map((one) => (
              <li key={one.id}>
                {one.name}: {one.blocked.join('; ')}
              </li>
            ))}
          </ul>
          <p>
            <a href="/council/money/due?show=blocked">See what is missing</a>
          </p>
        </Notice>
      ) : null}
    </div>
  )
}
