import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { shortPage, type ShortPage } from '#services/budgets/short-page.server.ts'
import { tellBudgetTooSmall } from '#services/budgets/tell-too-small.server.ts'
import { useAnotherFund as payFromAnotherFund } from '#services/budgets/use-another-fund.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { counted, whoseThing } from '~/components/week/words.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A fund that will not last – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, url }) => shortPage(deps, actor, url.searchParams.get('fund')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request }) => {
    const form = await readForm(request)
    const personId = text(form, 'personId')
    const fromId = text(form, 'fundId')
    const back = `/my/money/short?fund=${fromId}`
    return answer(form, async () => {
      if (text(form, 'intent') === 'other_fund') {
        await payFromAnotherFund(deps, actor, {
          personId,
          fromId,
          visitId: text(form, 'visitId'),
          toId: text(form, 'toId'),
        })
        return redirectWithNotice(back, 'That fund pays now. Its money is set aside.')
      }
      const missing = Number(text(form, 'missing'))
      const now = await tellBudgetTooSmall(deps, actor, {
        personId,
        allocationId: fromId,
        bookingId: null,
        missingPence: Number.isSafeInteger(missing) && missing > 0 ? missing : null,
        words: text(form, 'words'),
      })
      return redirectWithNotice(
        back,
        now
          ? 'The council’s advisers are told. They will answer you.'
          : 'The council’s advisers know it already.',
      )
    })
  })

export default function Short() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const at = typed(answered, 'visitId')
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">{whoseThing(page.person, 'money')}</BackLink>
      <ErrorSummary errors={answered?.errors} ids={at ? { toId: `to-${at}` } : {}} />
      {page.visits.length === 0 ? (
        <>
          <h1>{page.fund.name} is enough for what is planned</h1>
          <Empty
            title="Every visit that is planned with it has its money, or waits for money that is to come"
            level={2}
          />
        </>
      ) : (
        <>
          <header className="stack-s">
            <h1>{page.fund.name} will not last</h1>
            <p className="lead">
              For {counted(page.visits.length, 'visit', 'visits')} there is no money in it, and none that
              comes in time. Nothing is cancelled by itself. You can do three things.
            </p>
          </header>
          <Visits page={page} at={at} error={answered?.errors['toId']} />
        </>
      )}
      <TooSmall page={page} words={typed(answered, 'words')} error={answered?.errors['words']} />
    </div>
  )
}

function Visits({
  page,
  at,
  error,
}: {
  page: ShortPage
  at: string | undefined
  error: string[] | undefined
}) {
  return (
    <section className="stack" aria-labelledby="visits">
      <h2 id="visits">Cancel a visit, or use another fund</h2>
      <ul className="plain stack">
        {page.visits.map((visit) => (
          <li key={visit.id}>
            <Card>
              <div className="stack-s">
                <h3>
                  {visit.title}, {visit.day}
                </h3>
                <p>
                  {visit.provider}. <span className="num">{pounds(visit.pence)}</span> is missing
                  {visit.soon ? ', and the day is near' : ''}.
                </p>
                <p>
                  <a href={`/my/visits/${visit.id}`}>
                    Look at this visit, or cancel it<span className="vh">: {visit.day}</span>
                  </a>
                </p>
                {visit.others.length === 0 ? (
                  <p className="small">No other fund can pay for it and has enough.</p>
                ) : page.mayBook ? (
                  <Details summary={`Use another fund for ${visit.day}`} open={at === visit.id}>
                    <form method="post" className="stack-s">
                      <input type="hidden" name="intent" value="other_fund" />
                      <input type="hidden" name="personId" value={page.person.id} />
                      <input type="hidden" name="fundId" value={page.fund.id} />
                      <input type="hidden" name="visitId" value={visit.id} />
                      <Radios
                        name="toId"
                        id={`to-${visit.id}`}
                        label="Which fund pays instead?"
                        options={visit.others.map((fund) => ({
                          value: fund.id,
                          label: fund.name,
                          hint: fund.why,
                        }))}
                        error={at === visit.id ? error : undefined}
                      />
                      <Button kind="second" size="small">
                        Use this fund<span className="vh"> for {visit.day}</span>
                      </Button>
                    </form>
                  </Details>
                ) : null}
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}

function TooSmall({
  page,
  words,
  error,
}: {
  page: ShortPage
  words: string | undefined
  error: string[] | undefined
}) {
  return (
    <section className="stack" aria-labelledby="small">
      <h2 id="small">Tell the council this budget is too small</h2>
      {page.told ? (
        <p>The council’s advisers were told on {page.told}. They have not answered yet.</p>
      ) : (
        <form method="post" className="stack" noValidate>
          <input type="hidden" name="intent" value="too_small" />
          <input type="hidden" name="personId" value={page.person.id} />
          <input type="hidden" name="fundId" value={page.fund.id} />
          <input type="hidden" name="missing" value={page.missing} />
          <p>
            A direct payment must be enough for the support that was agreed. Saying that it is not costs
            nothing and changes nothing that is booked.
          </p>
          <Textarea
            name="words"
            label="What has changed, or costs more? (you may leave this empty)"
            rows={3}
            maxLength={1000}
            defaultValue={words}
            error={error}
          />
          <Button kind="second">Tell the council</Button>
        </form>
      )}
    </section>
  )
}
