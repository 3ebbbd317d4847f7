import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { notFound } from '#services/kernel/errors.ts'
import { withdrawSupportRequest } from '#services/requests/end-requests.server.ts'
import { requestPage, type RequestPage } from '#services/requests/request-page.server.ts'
import { draftOfOffer, takeOffer } from '#services/requests/take-offer.server.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Details } from '~/components/details/details.tsx'
import { Empty } from '~/components/empty/empty.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { NeedsList } from '~/components/requests/needs-list.tsx'
import { OffersTable } from '~/components/requests/offers-table.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page ? `${page.words.category}, asked for` : 'Asked for'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor, params }) => requestPage(deps, actor, params['id'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params }) => {
    const form = await readForm(request)
    const press = {
      personId: text(form, 'personId'),
      requestId: params['id'] ?? '',
      offerId: text(form, 'offerId'),
    }
    return answer(form, async () => {
      switch (text(form, 'intent')) {
        case 'take': {
          const expectedPence = Number(text(form, 'expectedPence'))
          const { bookingId, outcome } = await takeOffer(deps, actor, { ...press, expectedPence })
          if (outcome === 'not_yet')
            return redirectWithNotice(
              `/bookings/${bookingId}/funds`,
              'Nothing is booked yet. Something has to be settled first: look below.',
            )
          return redirectWithNotice(
            `/my/bookings/${bookingId}`,
            outcome === 'booked'
              ? 'It is booked. They had said yes with their offer.'
              : 'It is asked for, not booked: nobody of theirs is free any more. They answer next.',
          )
        }
        case 'look': {
          const { bookingId, taken } = await draftOfOffer(deps, actor, press)
          return redirect(taken ? `/my/bookings/${bookingId}` : `/bookings/${bookingId}/funds`)
        }
        case 'withdraw':
          await withdrawSupportRequest(deps, actor, press)
          return redirectWithNotice(
            `/my/requests/${press.requestId}`,
            'You took it back. Nobody can offer any more.',
          )
        default:
          throw notFound()
      }
    })
  })

const counted = (count: number): string => (count === 1 ? 'One offer' : `${String(count)} offers`)

export default function Request() {
  const page = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="flow">
      <BackLink href="/my/requests">Requests for support</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack">
        <h1>
          {page.words.category} {page.words.where.replace(/^N/, 'n')}
        </h1>
        <p>
          <Tag tone={page.standing.tone}>{page.standing.words}</Tag>
        </p>
        {page.person.self ? null : <p className="small">“You” below means {page.person.shortName}.</p>}
        <Next page={page} />
      </header>
      {page.open ? <Offers page={page} /> : null}
      {page.others.length > 0 ? <Others page={page} /> : null}
      <section className="stack" aria-labelledby="asked">
        <h2 id="asked">What is asked for</h2>
        <p>This is all that providers see. It was asked on {page.asked}.</p>
        <NeedsList words={page.words} />
      </section>
      {page.mayWithdraw ? (
        <form method="post" className="stack-s">
          <input type="hidden" name="personId" value={page.person.id} />
          <p>You can take it back at any time. Whoever offered is told, kindly.</p>
          <p>
            <Button kind="danger" name="intent" value="withdraw">
              Take the request back
            </Button>
          </p>
        </form>
      ) : null}
    </div>
  )
}

/** What can be done now, by how it stands. */
function Next({ page }: { page: RequestPage }) {
  if (page.bookingId)
    return (
      <p className="lead">
        You took an offer. <a href={`/my/bookings/${page.bookingId}`}>See the booking</a>
      </p>
    )
  if (!page.open)
    return (
      <p className="row">
        <LinkButton href={`/my/requests/new?again=${page.id}`}>Ask again</LinkButton>
        <a href="/help">Talk to a person about it</a>
      </p>
    )
  return null
}

function Offers({ page }: { page: RequestPage }) {
  return (
    <section className="stack" aria-labelledby="offers">
      <h2 id="offers">{page.offers.length === 0 ? 'No offers yet' : counted(page.offers.length)}</h2>
      {page.offers.length === 0 ? (
        <Empty title={`Providers can answer until ${page.until}`}>
          <p>
            We tell you when an offer comes. Meanwhile you can <a href="/find">look again</a>, or{' '}
            <a href="/help">talk to a person</a>.
          </p>
        </Empty>
      ) : (
        <>
          <p>
            {page.mayTake
              ? `${page.offers.length === 1 ? 'They have' : 'Each of them has'} said yes already. When you take ${page.offers.length === 1 ? 'the' : 'an'} offer, it is booked: the price in all is set aside from your funds, and nobody is paid before a visit has happened.${page.offers.length === 1 ? '' : ' The others are told kindly that you chose.'}`
              : 'Somebody who may ask for support for them can take one.'}
          </p>
          <OffersTable offers={page.offers} personId={page.person.id} mayTake={page.mayTake} />
          <Details kind="why" summary="What if I have to cancel?">
            <ul>
              {page.offers.map((offer) => (
                <li key={offer.id}>
                  {offer.provider.name}: {offer.cancelling}
                </li>
              ))}
            </ul>
          </Details>
        </>
      )}
    </section>
  )
}

function Others({ page }: { page: RequestPage }) {
  return (
    <section className="stack-s" aria-labelledby="others">
      <h2 id="others">{page.open ? 'Offers that are over' : 'Offers that came'}</h2>
      <ul>
        {page.others.map((offer) => (
          <li key={offer.id}>
            {offer.provider.name}, {offer.title}. {offer.standing}.
          </li>
        ))}
      </ul>
    </section>
  )
}
