import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { draftPage } from '#services/bookings/draft-page.server.ts'
import { leaveOutDates, orderFunds } from '#services/bookings/start-draft.server.ts'
import { tellBudgetTooSmall } from '#services/budgets/tell-too-small.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { FundsAfter } from '~/components/booking/funds-after.tsx'
import { OrderForm, OwnMoney } from '~/components/booking/order-form.tsx'
import { BOOKING_STEPS } from '~/components/booking/steps.ts'
import { Button, LinkButton, LinkLikeButton } from '~/components/button/button.tsx'
import { Panel } from '~/components/card/card.tsx'
import { Details } from '~/components/details/details.tsx'
import { Checkboxes } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { FundSplitTable, QuoteTable } from '~/components/money/tables.tsx'
import { BackLink, Steps } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { answer, readForm, text, texts } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Who pays – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => {
    const id = params['id'] ?? ''
    return (await draftPage(deps, actor, id)) ?? redirect(`/my/bookings/${id}`)
  })

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const bookingId = params['id'] ?? ''
    const personId = text(form, 'personId')
    return answer(form, async () => {
      if (text(form, 'intent') === 'dates') {
        const all = texts(form, 'shown')
        const keep = new Set(texts(form, 'keep'))
        await leaveOutDates(deps, actor, {
          bookingId,
          personId,
          without: all.filter((date) => !keep.has(date)),
        })
        return redirectWithNotice(`/bookings/${bookingId}/funds`, 'The dates are changed.')
      }
      if (text(form, 'intent') === 'too_small') {
        const missing = Number(text(form, 'missing'))
        const now = await tellBudgetTooSmall(deps, actor, {
          personId,
          bookingId,
          allocationId: null,
          missingPence: Number.isSafeInteger(missing) && missing > 0 ? missing : null,
          words: '',
        })
        return redirectWithNotice(
          `/bookings/${bookingId}/funds`,
          now
            ? 'The council’s advisers are told that this budget is too small. They will answer you.'
            : 'The council’s advisers know that this budget is too small. They have not answered yet.',
        )
      }
      const order = form.has('reset') ? [] : movedUp(texts(form, 'order'), text(form, 'up'))
      const own = text(form, 'own')
      await orderFunds(deps, actor, {
        bookingId,
        personId,
        allocationIds:
          own === '' ? order : order.includes(own) ? order.filter((id) => id !== own) : [...order, own],
      })
      return redirectWithNotice(
        `/bookings/${bookingId}/funds`,
        form.has('reset') ? 'The funds are in our order again.' : 'The funds are in your order.',
      )
    })
  })

/** The list with one id a place earlier. */
function movedUp(order: readonly string[], id: string): string[] {
  const at = order.indexOf(id)
  if (at <= 0) return [...order]
  const next = [...order]
  next.splice(at - 1, 2, id, order[at - 1] ?? '')
  return next
}

export default function Funds() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const errors = answered && 'errors' in answered ? answered.errors : null
  const dates = typed(answered, 'intent') === 'dates' ? ticked(answered, 'keep') : undefined
  const whose = page.person.self ? 'your' : `${page.person.shortName}’s`
  const paying = page.funds.filter((fund) => fund.pays > 0)
  const own = page.funds.find((fund) => fund.ownMoney)
  const visits = page.visits.length
  // Only funds that may take part in the order: own money joins when the person says so.
  const order = page.funds.filter((fund) => !fund.ownMoney || page.fundOrder.includes(fund.id))
  const sorted = [...order].sort((a, b) => place(page.fundOrder, a.id) - place(page.fundOrder, b.id))
  return (
    <>
      <BackLink href={`/book/${page.slug}?draft=${page.id}`}>Back to days and times</BackLink>
      <div className="split">
        <div className="flow">
          <Steps steps={BOOKING_STEPS} current={1} />
          <ErrorSummary errors={errors} />
          <header className="stack">
            <h1>
              Who pays for{' '}
              {visits === 0 ? 'this' : visits === 1 ? 'this visit' : `these ${String(visits)} visits`}
            </h1>
            <p className="lead">
              {page.title}, {page.when}. <strong className="num">{pounds(page.total)}</strong> in all.
            </p>
          </header>

          {page.stopped ? (
            <Notice tone="stop" title="This cannot be asked for as it is">
              <p>{page.stopped.words}</p>
              {page.refused.length > 0 ? (
                <ul>
                  {page.refused.map((entry) => (
                    <li key={entry.date}>
                      {entry.words}: {entry.why}
                    </li>
                  ))}
                </ul>
              ) : null}
              <p>
                <a href={`/book/${page.slug}?draft=${page.id}`}>Choose other days or times</a>
              </p>
            </Notice>
          ) : null}
          {page.refused.length > 0 && !page.stopped ? (
            <Notice
              tone="warn"
              title={
                page.refused.length === 1
                  ? 'One date does not work'
                  : `${String(page.refused.length)} dates do not work`
              }
            >
              <ul>
                {page.refused.map((entry) => (
                  <li key={entry.date}>
                    {entry.words}: {entry.why}
                  </li>
                ))}
              </ul>
              <form method="post">
                <input type="hidden" name="intent" value="dates" />
                <input type="hidden" name="personId" value={page.person.id} />
                {[...page.refused, ...page.leftOut].map((entry) => (
                  <input key={entry.date} type="hidden" name="shown" value={entry.date} />
                ))}
                <Button kind="second">
                  Leave {page.refused.length === 1 ? 'it' : 'them'} out and go on with the rest
                </Button>
              </form>
            </Notice>
          ) : null}

          {visits === 0 ? null : (
            <section className="stack" aria-labelledby="price">
              <h2 id="price">The price</h2>
              <QuoteTable
                caption="Every line of the price"
                lines={page.lines.map((line) => ({
                  label: line.label,
                  pence: line.pence,
                  ...(line.note ? { note: line.note } : {}),
                }))}
                total={page.total}
              />
              {page.visits.length + page.leftOut.length > 1 ? (
                <Details
                  summary={`See all ${String(page.visits.length)} dates, or leave some out`}
                  open={dates !== undefined}
                >
                  <form method="post" className="stack">
                    <input type="hidden" name="intent" value="dates" />
                    <input type="hidden" name="personId" value={page.person.id} />
                    {[...page.visits, ...page.leftOut].map((entry) => (
                      <input key={entry.date} type="hidden" name="shown" value={entry.date} />
                    ))}
                    {page.refused.map((entry) => (
                      <input key={entry.date} type="hidden" name="keep" value={entry.date} />
                    ))}
                    <Checkboxes
                      name="keep"
                      label="Dates to ask for"
                      options={[
                        ...page.visits.map((visit) => ({ ...visit, on: true })),
                        ...page.leftOut.map((visit) => ({ ...visit, on: false, planned: false })),
                      ]
                        .sort((a, b) => (a.date < b.date ? -1 : 1))
                        .map((visit) => ({
                          value: visit.date,
                          label: visit.words,
                          ...(visit.planned ? { hint: 'Planned: its money comes later' } : {}),
                        }))}
                      defaultValue={dates ?? page.visits.map((visit) => visit.date)}
                      error={errors?.['keep']}
                    />
                    <Button kind="second">Change the dates</Button>
                  </form>
                </Details>
              ) : null}
            </section>
          )}

          {visits === 0 ? null : page.total === 0 ? (
            <Notice title="This costs nothing">
              <p>No fund pays for it.</p>
            </Notice>
          ) : (
            <section className="stack" aria-labelledby="split">
              <h2 id="split">Which fund pays what</h2>
              <p>{sentence(paying.length, page.fundOrder.length > 0, whose)}</p>
              <FundSplitTable
                rows={sorted.concat(page.funds.filter((fund) => !order.includes(fund))).map((fund) => ({
                  id: fund.id,
                  name: fund.name,
                  why: fund.why,
                  pays: fund.pays,
                  leftAfter: fund.leftAfter,
                }))}
                total={page.total - page.short}
              />
              {page.planned > 0 ? (
                <Notice title={`${pounds(page.planned)} is planned, not set aside yet`}>
                  <p>
                    That money has not arrived. When it does, we set it aside for these visits, the earliest
                    first. If it should not be enough, we tell you two weeks before.
                  </p>
                </Notice>
              ) : null}
              {page.short > 0 ? (
                <Notice tone="warn" title={`${pounds(page.short)} is missing`}>
                  <p>
                    {whose.charAt(0).toUpperCase() + whose.slice(1)} funds cannot pay for all of this. You
                    can:
                  </p>
                  <ul>
                    {page.orderMissing ? (
                      <li>
                        <a href={`/bookings/${page.id}/order`}>ask the council to order it</a>
                      </li>
                    ) : null}
                    <li>
                      <a href={`/book/${page.slug}?draft=${page.id}`}>choose fewer or shorter visits</a>
                    </li>
                    <li>
                      <form method="post">
                        <input type="hidden" name="intent" value="too_small" />
                        <input type="hidden" name="personId" value={page.person.id} />
                        <input type="hidden" name="missing" value={page.short} />
                        <LinkLikeButton>tell the council this budget is too small</LinkLikeButton>
                      </form>
                    </li>
                    {own && !page.fundOrder.includes(own.id) ? (
                      <li>
                        <OwnMoney personId={page.person.id} funds={sorted} own={own.id} />
                      </li>
                    ) : null}
                  </ul>
                </Notice>
              ) : null}
              <OrderForm
                personId={page.person.id}
                funds={sorted}
                own={own ? { id: own.id, used: page.fundOrder.includes(own.id) } : null}
                chosen={page.fundOrder.length > 0}
              />
            </section>
          )}
          <p>
            {page.stopped || page.short > 0 || page.refused.length > 0 ? (
              <LinkButton href={`/book/${page.slug}?draft=${page.id}`} kind="second" size="big">
                Change days and times
              </LinkButton>
            ) : (
              <LinkButton href={`/bookings/${page.id}/check`} size="big">
                Go on: check
              </LinkButton>
            )}
          </p>
        </div>
        <aside className="side sticky stack-l" aria-label="What is left after this">
          <FundsAfter page={page} />
          <Panel labelledBy="unsure">
            <h2 id="unsure">Not sure?</h2>
            <p>
              <a href="/help">Talk to a person</a>. We can go through it with you. Nothing is lost if you stop
              here.
            </p>
          </Panel>
        </aside>
      </div>
    </>
  )
}

const NUMBERS = ['None', 'One', 'Two', 'Three', 'Four', 'Five', 'Six']
const counted = (count: number): string => NUMBERS[count] ?? String(count)

const place = (order: readonly string[], id: string): number =>
  order.includes(id) ? order.indexOf(id) : order.length

function sentence(paying: number, chosen: boolean, whose: string): string {
  if (paying === 0) return `None of ${whose} funds can pay for this yet.`
  const order = chosen
    ? 'They pay in your order.'
    : 'The one your plan gives it for goes first, then the one that ends first.'
  return paying === 1
    ? `One of ${whose} funds pays for all of it.`
    : `${counted(paying)} of ${whose} funds share this. ${order}`
}
