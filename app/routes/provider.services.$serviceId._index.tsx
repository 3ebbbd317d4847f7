import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listingPage } from '#services/catalogue/listing-page.server.ts'
import { PRESSES, type Press } from '#services/catalogue/presses.rules.ts'
import { pressListing } from '#services/catalogue/press-listing.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Button, LinkButton } from '~/components/button/button.tsx'
import { Card, Panel } from '~/components/card/card.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? 'Listing'} – Kith` },
]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params }) => listingPage(deps, actor, params['serviceId'] ?? ''))

const DONE: Record<Press, string> = {
  take_back: 'Taken back. You can change it now.',
  drop_changes: 'The changes are dropped. People see it as before.',
  pause: 'Paused. Nobody finds it now. Agreed support goes on.',
  resume: 'People can find it again.',
  take_off: 'Taken off. Agreed support goes on.',
  still_right: 'Thank you. We show people that it is still right.',
  stop_new: 'Nobody new can ask for it now. People can still see it.',
  take_new: 'New people can ask for it again.',
}
const isPress = (value: string): value is Press => (PRESSES as readonly string[]).includes(value)

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request, params }) => {
    const serviceId = params['serviceId'] ?? ''
    const here = `/provider/services/${serviceId}`
    const form = await readForm(request)
    const press = text(form, 'press')
    return answer(form, async () => {
      if (press === 'submit') {
        const { published } = await submitListing(deps, actor, serviceId)
        return redirectWithNotice(
          here,
          published
            ? 'Published. People can find it now.'
            : 'Sent in. We check it and tell you as soon as it is published.',
        )
      }
      if (!isPress(press)) throw new DomainError('INVALID', 'Press one of the buttons on this page.')
      await pressListing(deps, actor, serviceId, press)
      return redirectWithNotice(here, DONE[press])
    })
  })

export default function Listing() {
  const listing = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const base = `/provider/services/${listing.service.id}`
  const ids = Object.fromEntries(listing.answers.map(({ step }) => [step, `answers-${step}`]))
  return (
    <div className="stack-l">
      <BackLink href={`/provider/services?org=${listing.provider.id}`}>Your services</BackLink>
      <ErrorSummary errors={answered?.errors} ids={ids} />
      <header className="stack-s">
        <h1>{listing.title}</h1>
        <p>
          <Tag tone={listing.standing.tone}>{listing.standing.words}</Tag>
        </p>
        {listing.standing.next ? <p className="lead">{listing.standing.next}</p> : null}
      </header>
      <div className="split">
        <div className="flow">
          <Refused />
          <section className="stack" aria-labelledby="answers">
            <h2 id="answers">Your answers</h2>
            {listing.answers.map((answers) => (
              <Card key={answers.step} labelledBy={`answers-${answers.step}`}>
                <h3 id={`answers-${answers.step}`} tabIndex={-1}>
                  {answers.name}
                </h3>
                {answers.missing ? (
                  <p>
                    <Tag tone="asked">Not answered</Tag> {answers.missing}
                  </p>
                ) : null}
                {answers.rows.length > 0 ? <SummaryList rows={answers.rows} /> : null}
                {listing.mayEdit && !listing.service.waiting ? (
                  <p>
                    <a href={`${base}/${answers.step}`}>
                      {answers.missing ? 'Answer' : 'Change'}
                      <span className="vh">: {answers.name}</span>
                    </a>
                  </p>
                ) : null}
              </Card>
            ))}
          </section>
          <Photos />
        </div>
        <aside className="side stack-l" aria-label="What to do next">
          <SendIn />
          <OtherPresses />
        </aside>
      </div>
    </div>
  )
}

/** They are no answer of a version: they hold at once, and a listing may do without. */
function Photos() {
  const { photos, mayEdit, service } = useLoaderData<typeof loader>()
  const count = photos === 1 ? 'There is 1 photograph.' : `There are ${String(photos)} photographs.`
  return (
    <Card labelledBy="photographs">
      <h2 id="photographs">Photographs</h2>
      <p>{photos === 0 ? 'None yet. People like to see where they go and what happens there.' : count}</p>
      {mayEdit || photos > 0 ? (
        <p>
          <a href={`/provider/services/${service.id}/photos`}>
            {mayEdit ? (photos === 0 ? 'Add photographs' : 'Change the photographs') : 'See the photographs'}
          </a>
        </p>
      ) : null}
    </Card>
  )
}

function Refused() {
  const { refused, hindrances, missing, service, change } = useLoaderData<typeof loader>()
  return (
    <>
      {refused.map(({ name, reason }) => (
        <Notice key={`${name}${reason}`} tone="stop" title={`Not accepted: ${name}`} level={2}>
          <p>{reason}</p>
        </Notice>
      ))}
      {missing.length === 0 && hindrances.length > 0 && service.state !== 'published' ? (
        <Notice
          tone="warn"
          title={service.waiting ? 'What we are checking' : 'What we check before it is published'}
          level={2}
        >
          <ul>
            {hindrances.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {change ? (
        <Notice title="You have changed something that people do not see yet" level={2}>
          <ul>
            {change.price ? (
              <li>The price. It holds for new bookings only; agreed ones keep theirs.</li>
            ) : null}
            {change.area ? <li>Where it happens. Agreed bookings stay as they are.</li> : null}
            {change.regulation ? (
              <li>What you say about personal care and registration. It is checked again first.</li>
            ) : null}
            {!change.price && !change.area && !change.regulation && change.words ? <li>The words.</li> : null}
            {!change.price && !change.area && !change.regulation && !change.words ? (
              <li>Nothing differs so far.</li>
            ) : null}
          </ul>
        </Notice>
      ) : null}
    </>
  )
}

function SendIn() {
  const { service, hasDraft, missing, mayEdit, price, hindrances } = useLoaderData<typeof loader>()
  const live = service.state === 'published' || service.state === 'paused'
  return (
    <Panel labelledBy="send">
      <h2 id="send">{live ? 'What people see' : 'Send it in'}</h2>
      {price ? (
        <p>
          People see <strong>{pounds(price.total)}</strong> {price.per}, all included.
        </p>
      ) : null}
      <p>
        <LinkButton kind="second" href={`/provider/services/${service.id}/preview`}>
          Preview
        </LinkButton>
      </p>
      {mayEdit && (hasDraft || service.state === 'unpublished') && !service.waiting ? (
        missing.length > 0 ? (
          <>
            <p>
              {missing.length === 1 ? 'One answer is' : `${String(missing.length)} answers are`} missing. Then
              you can send it in.
            </p>
            <ul>
              {missing.map(({ step, sentence }) => (
                <li key={step}>
                  <a href={`/provider/services/${service.id}/${step}`}>{sentence}</a>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <form method="post" className="stack-s">
            <p>
              {hindrances.length === 0
                ? 'Everything is checked: people see it as soon as you press this.'
                : 'We check what is needed and tell you as soon as it is published.'}
            </p>
            <Button name="press" value="submit" size="big">
              {hindrances.length === 0 ? (live ? 'Publish the changes' : 'Publish') : 'Send it in'}
            </Button>
          </form>
        )
      ) : null}
    </Panel>
  )
}

const LABELS: Record<Press, { label: string; says: string }> = {
  still_right: {
    label: 'Still right',
    says: 'Tells people, and us, that nothing has changed. Do it every few months.',
  },
  stop_new: { label: 'Take nobody new', says: 'People see it but cannot ask.' },
  take_new: { label: 'Take new people', says: 'People can ask for it again.' },
  pause: { label: 'Pause', says: 'Nobody finds it until you show it again.' },
  resume: { label: 'Show it again', says: 'People find it again.' },
  take_back: { label: 'Take it back', says: 'So that you can change it. You send it in again afterwards.' },
  drop_changes: { label: 'Drop the changes', says: 'Everything stays as people see it now.' },
  take_off: { label: 'Take it off', says: 'For good, or until you send it in again.' },
}
const ORDER: readonly Press[] = [
  'take_back',
  'still_right',
  'stop_new',
  'take_new',
  'resume',
  'pause',
  'drop_changes',
  'take_off',
]

function OtherPresses() {
  const { presses, service } = useLoaderData<typeof loader>()
  const shown = ORDER.filter((press) => presses.includes(press))
  if (shown.length === 0) return null
  return (
    <section className="stack" aria-labelledby="more">
      <h2 id="more">More you can do</h2>
      <p className="small soft">
        You last said on {service.confirmed} that it is right. Agreed support stays as it is, whatever you
        press.
      </p>
      <ul className="plain stack">
        {shown.map((press) => (
          <li key={press}>
            <form method="post" className="stack-s">
              <p id={`says-${press}`}>{LABELS[press].says}</p>
              <Button kind={press === 'take_off' ? 'danger' : 'second'} name="press" value={press}>
                {LABELS[press].label}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}
