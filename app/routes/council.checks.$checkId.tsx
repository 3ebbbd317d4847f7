import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { checkPage } from '#services/vetting/check-page.server.ts'
import { decideCheck } from '#services/vetting/decide-check.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card, Panel, Who } from '~/components/card/card.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { DateField } from '~/components/forms/date-field.tsx'
import { readDate } from '~/components/forms/date-parts.ts'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { Textarea } from '~/components/forms/text-field.tsx'
import { STANDING_TONE } from '~/components/listing/check-tone.ts'
import { field, one } from '~/components/listing/values.ts'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { Notice } from '~/components/notice/notice.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'A check – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, params }) => checkPage(deps, actor, params['checkId'] ?? ''))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request, params }) => {
    const form = await readForm(request)
    return answer(form, async () => {
      const decision = await decideCheck(deps, actor, params['checkId'] ?? '', {
        ...valuesOf(form),
        expiresOn: readDate(form, 'expiresOn'),
      })
      return redirectWithNotice('/council/checks', noticeOf(decision))
    })
  })

function noticeOf({ state, published, withdrawn }: Awaited<ReturnType<typeof decideCheck>>): string {
  const count = (ids: string[]) => (ids.length === 1 ? 'One listing' : `${String(ids.length)} listings`)
  if (state === 'verified')
    return published.length > 0
      ? `Saved: it holds. ${count(published)} can be found now. The provider is told.`
      : 'Saved: it holds. The provider is told.'
  return withdrawn.length > 0
    ? `Saved: not accepted. ${count(withdrawn)} went back to the provider, who is told why.`
    : 'Saved: not accepted. The provider is told why.'
}

const WORDS: Record<string, string> = {
  evidence_given: 'Waiting for us',
  asked: 'Asked for. The provider has sent nothing yet',
}

export default function Check() {
  const { check, provider, listing, waiting } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="stack-l">
      <BackLink href="/council/checks">All checks</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <header className="stack-s">
        <h1>{check.name}</h1>
        <p>
          <Who id={provider.id} kind={provider.kind} name={<strong>{provider.name}</strong>} />
        </p>
        <p>
          <Tag tone={STANDING_TONE[check.standing]}>{WORDS[check.state] ?? check.words}</Tag>
        </p>
      </header>
      <div className="split">
        <div className="flow">
          <section className="stack" aria-labelledby="claim">
            <h2 id="claim">What they say</h2>
            <SummaryList
              rows={[
                ...(check.reference ? [{ term: 'Number', value: check.reference }] : []),
                ...(check.level ? [{ term: 'Level', value: check.level }] : []),
                ...(check.until ? [{ term: 'Holds until', value: check.until }] : []),
                { term: 'In their words', value: check.statement ?? 'Nothing yet' },
              ]}
            />
            {listing ? (
              <Card>
                <h3>The listing it is about: {listing.title}</h3>
                <p className="soft">{listing.category}</p>
                <p>{listing.description}</p>
              </Card>
            ) : null}
          </section>
          <Register />
          <section className="stack" aria-labelledby="provider">
            <h2 id="provider">Who they are</h2>
            <SummaryList
              rows={[
                { term: 'In law', value: provider.legalForm },
                { term: 'Size', value: provider.size },
                { term: 'Owned in the end by', value: provider.owner },
                { term: 'Charity number', value: provider.charityNumber ?? 'None given' },
                { term: 'Company number', value: provider.companyNumber ?? 'None given' },
                { term: 'Telephone', value: provider.phone ?? 'None given' },
                { term: 'E-mail', value: provider.email ?? 'None given' },
                { term: 'Website', value: provider.website ?? 'None given' },
                { term: 'On Kith since', value: provider.since },
                {
                  term: 'In charge',
                  value: provider.board.map(({ name, role }) => `${name} (${role})`).join(', '),
                },
                { term: 'About', value: provider.about ?? 'Nothing said' },
              ]}
            />
          </section>
          <Others />
        </div>
        <aside className="side stack-l" aria-label="Decide">
          {waiting.length > 0 ? (
            <Notice title="Listings that wait" level={2}>
              <ul>
                {waiting.map(({ id, title }) => (
                  <li key={id}>{title}</li>
                ))}
              </ul>
              <p>Each is published by itself once every check that it needs is in order.</p>
            </Notice>
          ) : null}
          <Decide />
        </aside>
      </div>
    </div>
  )
}

function Register() {
  const { check, register } = useLoaderData<typeof loader>()
  if (check.kind !== 'cqc_registration') return null
  if (!register)
    return (
      <Notice tone="warn" title="Nothing is known under this id" level={2}>
        <p>
          The imported register has no {check.reference ?? 'such id'}. Look it up on the CQC’s own website
          before you decide, or import the register again.
        </p>
      </Notice>
    )
  return (
    <Panel tone="sand" labelledBy="register">
      <h2 id="register">What the register says under {check.reference}</h2>
      <p>
        <strong>{register.name}</strong>
      </p>
      {register.heldBy ? (
        <Notice tone="stop" title="Somebody else holds this registration on Kith">
          <p>{register.heldBy.name} has taken it over already. It cannot be accepted a second time.</p>
        </Notice>
      ) : null}
      <ul className="stack-s">
        {register.places.map((place) => (
          <li key={`${place.name}${place.address}`}>
            {place.name}, {place.address}. {place.status}. Rating: {place.rating}
            {place.ratingDate ? `, ${place.ratingDate}` : ''}.
            {place.activities.length > 0 ? ` For: ${place.activities.join(', ')}.` : ''}{' '}
            {place.source ? (
              <a href={place.source} rel="noreferrer">
                On the CQC’s website<span className="vh">: {place.name}</span>
              </a>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="small">
        When you accept it, these places move to this provider and leave the list of places not yet claimed.
      </p>
    </Panel>
  )
}

function Others() {
  const { others } = useLoaderData<typeof loader>()
  if (others.length === 0) return null
  return (
    <section className="stack" aria-labelledby="others">
      <h2 id="others">Their other checks</h2>
      <ul className="plain stack-s">
        {others.map((other) => (
          <li key={other.id} className="row">
            <a href={`/council/checks/${other.id}`}>{other.name}</a>
            <Tag tone={STANDING_TONE[other.standing]}>{WORDS[other.state] ?? other.words}</Tag>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Decide() {
  const { mayVerify, mayRefuse, check } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const props = { values: answered?.values ?? {}, errors: answered?.errors }
  if (!mayVerify && !mayRefuse) return <p>It was decided: {check.words.toLowerCase()}.</p>
  return (
    <form method="post" className="card stack" noValidate aria-labelledby="decide">
      <h2 id="decide">{mayVerify ? 'Does it hold?' : 'Take it back'}</h2>
      <Radios
        {...field(props, 'decision')}
        label={mayVerify ? 'Your decision' : 'It was accepted before'}
        options={[
          ...(mayVerify ? [{ value: 'verify', label: 'Yes, I have seen what shows it' }] : []),
          ...(mayRefuse
            ? [
                {
                  value: 'refuse',
                  label: mayVerify ? 'No' : 'It holds no longer',
                  hint: 'Listings that rest on it are taken off.',
                },
              ]
            : []),
        ]}
      />
      <Textarea
        {...field(props, 'reason')}
        label="Why not, if not"
        hint="The provider reads this. Say what they can do."
        rows={4}
      />
      {mayVerify ? (
        <DateField
          name="expiresOn"
          label="Holds until, if it ends"
          error={answered?.errors['expiresOn']}
          defaultValue={{
            day: one(props.values, 'expiresOn.day'),
            month: one(props.values, 'expiresOn.month'),
            year: one(props.values, 'expiresOn.year'),
          }}
        />
      ) : null}
      <p>
        <Button>Save the decision</Button>
      </p>
    </form>
  )
}
