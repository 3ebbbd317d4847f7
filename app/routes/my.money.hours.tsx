import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { answerHours, personHoursPage } from '#services/hours-saved/person-hours.server.ts'
import { Assumed } from '~/components/hours/assumed.tsx'
import { Button } from '~/components/button/button.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { fieldProps } from '~/components/forms/field-props.ts'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { whoseThing } from '~/components/week/words.ts'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Hours on paperwork – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return personHoursPage(deps, actor)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, url }) => {
    const form = await readForm(request)
    const skip = text(form, 'intent') === 'skip'
    return answer(form, async () => {
      await answerHours(deps, actor, {
        personId: text(form, 'personId'),
        skip,
        hours: text(form, 'hours'),
        minutes: text(form, 'minutes'),
      })
      return skip
        ? redirectWithNotice('/my/money', 'That is fine. You are not asked again in these three months.')
        : redirectWithNotice(url.pathname, 'Thank you. You can put it right until the quarter ends.')
    })
  })

export default function Hours() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const { person } = page
  const [you, your] = person.self ? ['you', 'your'] : [person.shortName, `${person.shortName}’s`]
  const said = page.answer !== null && page.answer !== 'skipped' ? page.answer : null
  const field = fieldProps({
    errors: answered?.errors,
    value: (name) =>
      typed(answered, name) ?? (said ? String(name === 'hours' ? said.hours : said.minutes) : undefined),
  })
  return (
    <div className="narrow stack-l">
      <BackLink href="/my/money">{whoseThing(person, 'money')}</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>Hours on paperwork</h1>
        <p className="lead">
          {page.receipts === 0
            ? `There were no visits in the last 12 months for which ${you} would have had to keep a receipt.`
            : `${person.self ? 'You' : person.shortName} did not have to keep ${page.receipts === 1 ? 'one receipt' : `${String(page.receipts)} receipts`} in the last 12 months. That is about ${page.saved}.`}
        </p>
      </header>
      {page.assumption ? <Assumed {...page.assumption} each="receipt" /> : null}
      <section className="stack" aria-labelledby="own">
        <h2 id="own">{person.self ? 'Your own hours' : `${your} own hours`}</h2>
        {said ? (
          <p>
            For {page.quarter}: {said.words}.
          </p>
        ) : page.answer === 'skipped' ? (
          <p>Nothing was said for {page.quarter}. That is fine; it can be said below.</p>
        ) : null}
        {page.mayAnswer ? (
          <form method="post" className="stack" noValidate aria-labelledby="ask">
            <input type="hidden" name="personId" value={person.id} />
            <h3 id="ask">
              {said
                ? 'Put it right'
                : `How many hours did ${you} spend on the paperwork of ${your} support in the last 3 months?`}
            </h3>
            <p>
              Letters, receipts, forms, time sheets, calls about money. A guess is enough. The council sees
              sums of at least five people, never {your} answer.
            </p>
            <div className="row">
              <TextField {...field('hours')} label="Hours" width={4} inputMode="numeric" />
              <TextField {...field('minutes')} label="Minutes" width={3} inputMode="numeric" />
            </div>
            <div className="row">
              <Button name="intent" value="keep">
                Keep it
              </Button>
              {page.answer === 'skipped' ? null : (
                <Button name="intent" value="skip" kind="second">
                  {said ? 'Take it back' : 'I would rather not say'}
                </Button>
              )}
            </div>
          </form>
        ) : null}
        {page.before.length > 0 ? (
          <>
            <h3>Before</h3>
            <ul>
              {page.before.map((one) => (
                <li key={one.quarter}>
                  {one.quarter}: {one.words}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
    </div>
  )
}
