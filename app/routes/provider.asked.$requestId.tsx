import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { type AskedOnePage, askedOnePage } from '#services/requests/asked-one-page.server.ts'
import { makeOffer, withdrawOffer } from '#services/requests/make-offer.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { NeedsList, Words } from '~/components/requests/needs-list.tsx'
import { OfferForm } from '~/components/requests/offer-form.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? page.title : 'Somebody asks'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => askedOnePage(deps, actor, params['requestId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const requestId = params['requestId'] ?? ''
    const here = `/provider/asked/${requestId}`
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'offer':
          await makeOffer(deps, actor, requestId, {
            ...valuesOf(form),
            date: readDate(form, 'date'),
            holds: readDate(form, 'holds'),
          })
          return redirectWithNotice(here, 'Offered. They have been told. It is booked only if they take it.')
        case 'withdraw':
          await withdrawOffer(deps, actor, { requestId, offerId: text(form, 'offerId') })
          return redirectWithNotice(here, 'Your offer is taken back. They have been told.')
        default:
          throw notFound()
      }
    })
  })

export default function AskedOne() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="flow">
      <BackLink href="/provider/asked">People look for what you offer</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>{page.title}</h1>
        {page.open ? (
          <p className="lead">
            They choose until {page.until}. You learn who it is, and where, when they take your offer.
          </p>
        ) : (
          <Notice title="This is not asked for any more" level={2}>
            <p>What they wrote is no longer shown. Below is what became of your offer.</p>
          </Notice>
        )}
      </header>
      <Mine page={page} />
      <div className={page.words && page.services.length > 0 ? 'split' : 'flow'}>
        {page.words ? (
          <section className="stack" aria-labelledby="needs">
            <h2 id="needs">What they need</h2>
            <NeedsList words={page.words} away={page.away} />
          </section>
        ) : null}
        {page.services.length > 0 ? (
          <aside className="side stack-l" aria-label="Your answer">
            <OfferForm
              services={page.services}
              value={(name) => typed(answered, name) ?? page.defaults?.[name]}
              date={typedDate(answered, 'date') ?? page.defaults?.['date']}
              holds={typedDate(answered, 'holds') ?? page.defaults?.['holds']}
              errors={answered?.errors}
            />
          </aside>
        ) : null}
      </div>
    </div>
  )
}

function Mine({ page }: { page: AskedOnePage }) {
  if (page.offers.length === 0) return null
  return (
    <section className="stack" aria-labelledby="mine">
      <h2 id="mine">{page.offers.length === 1 ? 'Your offer' : 'Your offers'}</h2>
      <ul className="plain stack">
        {page.offers.map((offer) => (
          <li key={offer.id}>
            <Card>
              <p>
                <Tag tone={offer.bookingId ? 'done' : offer.open ? 'asked' : 'plain'}>{offer.standing}</Tag>
              </p>
              <p>
                <strong>{offer.service}</strong>
                <br />
                {offer.when}. {offer.length} a visit.
                <br />
                <span className="num">{pounds(offer.pence)}</span> in all.
                {offer.open ? ` It holds until ${offer.holds}.` : ''}
              </p>
              {offer.message ? (
                <p>
                  <Words text={offer.message} />
                </p>
              ) : null}
              {offer.bookingId ? (
                <p className="go">
                  <a href={`/provider/requests/${offer.bookingId}`}>See the booking, and for whom it is</a>
                </p>
              ) : null}
              {offer.open ? (
                <form method="post">
                  <input type="hidden" name="offerId" value={offer.id} />
                  <Button kind="second" name="intent" value="withdraw">
                    Take this offer back
                  </Button>
                </form>
              ) : null}
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}
