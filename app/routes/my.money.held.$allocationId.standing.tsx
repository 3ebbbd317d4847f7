import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { standingPage } from '#services/holding/held-fund-page.server.ts'
import { endStanding, giveStanding } from '#services/holding/standing-instruction.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { SayHow } from '~/components/holding/say-how.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Paying without being asked – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => {
    toCircleWithoutPerson(actor)
    return standingPage(deps, actor, params['allocationId'] ?? '')
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const allocationId = params['allocationId'] ?? ''
    const back = `/my/money/held/${allocationId}`
    const personId = text(form, 'personId')
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'give':
          await giveStanding(deps, actor, { personId, allocationId, note: text(form, 'note') })
          return redirectWithNotice(back, 'They have been told. You can end it here any day.')
        case 'end':
          await endStanding(deps, actor, { personId, allocationId })
          return redirectWithNotice(back, 'It is ended. From now on nothing is paid until you say so.')
        default:
          throw notFound()
      }
    })
  })

export default function StandingInstruction() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { holder, person, standing } = page
  return (
    <div className="narrow stack-l">
      <BackLink href={`/my/money/held/${page.allocationId}`}>{page.fund}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <h1>{standing ? 'Be asked each time again?' : 'Pay without asking each time?'}</h1>
      {standing ? (
        <>
          <p className="lead">
            From now on {holder.name} pays nothing until you say “pay this”. What is paid already stays paid,
            and visits that are agreed stand.
          </p>
          <form method="post" className="stack">
            <input type="hidden" name="intent" value="end" />
            <input type="hidden" name="personId" value={person.id} />
            <SayHow
              acting={page.acting}
              asks={false}
              holder={holder.name}
              value={undefined}
              error={undefined}
            />
            <p>
              <Button size="big">End it now</Button>
            </p>
          </form>
        </>
      ) : !page.managed || page.problem ? (
        <Notice tone="warn">
          <p>
            {page.problem ??
              `${holder.name} pays from this fund under its agreement and asks only above the limit, so there is nothing to say here.`}
          </p>
        </Notice>
      ) : (
        <>
          <p className="lead">
            {holder.name} then pays each visit once you have said yes to it, or 7 days have passed, without
            asking again.
          </p>
          <ul>
            <li>You still see every payment at once.</li>
            {page.most !== null ? <li>Above {pounds(page.most)} for one payment they still ask.</li> : null}
            <li>
              Something that was different about a visit: say so on the visit’s page, and it is not paid.
            </li>
            <li>You can end it any day, on this page.</li>
          </ul>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="intent" value="give" />
            <input type="hidden" name="personId" value={person.id} />
            <SayHow
              acting={page.acting}
              asks={page.mustSayHow}
              holder={holder.name}
              value={typed(answered, 'note')}
              error={answered?.errors['note']}
            />
            <p>
              <Button size="big">Yes, pay what I have said yes to</Button>
            </p>
          </form>
        </>
      )}
    </div>
  )
}
