import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { fundsForAdviser } from '#services/budgets/deployment-page.server.ts'
import { recordAuthority } from '#services/circle/add-authority.server.ts'
import { supporterChoices } from '#services/circle/circle-page.server.ts'
import { endAuthority } from '#services/circle/end-authority.server.ts'
import { personPage, type PersonPage } from '#services/circle/people-page.server.ts'
import { heldFundsOf } from '#services/holding/funds-held-page.server.ts'
import { AUTHORITY_TYPES } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { planForAdviser } from '#services/plans/plan-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { SupporterFields } from '~/components/circle/supporter-fields.tsx'
import { Details } from '~/components/details/details.tsx'
import { HeldLinks } from '~/components/holding/held-links.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { PlanShown } from '~/components/plan/plan-shown.tsx'
import { SummaryList } from '~/components/summary-list/summary-list.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text } from '~/http/answer.server.ts'
import { supporterForm } from '~/http/circle-forms.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { ticked, typed, typedDate, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Person – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, async ({ deps, actor, params }) => ({
    person: await personPage(deps, actor, params['personId'] ?? ''),
    choices: supporterChoices(AUTHORITY_TYPES),
    funds: await fundsForAdviser(deps, actor, params['personId'] ?? ''),
    plan: await planForAdviser(deps, actor, params['personId'] ?? ''),
    held: await heldFundsOf(deps, actor, params['personId'] ?? ''),
  }))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ deps, actor, request, params, url }) => {
    const form = await readForm(request)
    const personId = params['personId'] ?? ''
    return answer(form, async () => {
      if (text(form, 'intent') === 'end') {
        const authorityId = text(form, 'authorityId')
        if (!isId(authorityId)) throw notFound()
        await endAuthority(deps, actor, { authorityId })
        return redirectWithNotice(url.pathname, 'That is ended. Support that was agreed stands.')
      }
      const input = { ...supporterForm(form), personId, evidenceSeen: text(form, 'evidenceSeen') }
      await recordAuthority(deps, actor, input as Parameters<typeof recordAuthority>[2])
      return redirectWithNotice(url.pathname, 'It is written down, and they were told.')
    })
  })

export default function Person() {
  const { person, choices, funds, plan, held } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  return (
    <div className="narrow stack-l">
      <BackLink href="/council/people">People</BackLink>
      <ErrorSummary errors={answered?.errors} />
      <h1>{person.name}</h1>
      <SummaryList
        rows={[
          { term: 'Called', value: person.shortName },
          { term: 'Council', value: person.council },
          {
            term: 'Signs in',
            value: person.signsIn ? 'Yes, with an e-mail address' : 'No: is acted for by supporters',
          },
          ...(person.phone ? [{ term: 'Telephone', value: person.phone }] : []),
          ...(person.address ? [{ term: 'Address', value: person.address }] : []),
          ...(person.isCarer ? [{ term: 'Carer', value: 'Looks after somebody' }] : []),
        ]}
      />
      <PlanShown
        {...plan}
        noPlan={<p>No plan is agreed here yet.</p>}
        noAnswers={<p>{person.shortName} has put nothing of “Help me choose” into the plan.</p>}
      />
      <Funds person={person.shortName} funds={funds} />
      <HeldLinks held={held} />
      <Supporters person={person} />
      <section className="stack" aria-labelledby="record-h">
        <h2 id="record-h">Write down a supporter</h2>
        <p>
          Only {person.shortName}’s own choice, or a lawful appointment, makes a supporter. Nominated and
          authorised persons, attorneys, deputies and appointees need papers that you have seen.
        </p>
        <form method="post" className="stack" noValidate>
          <SupporterFields
            {...choices}
            organisations={person.organisations}
            errors={answered?.errors}
            value={(name) => typed(answered, name)}
            chosenScopes={ticked(answered, 'scopes')}
            endsOn={typedDate(answered, 'endsOn')}
            whom={person.shortName}
          />
          <TextField
            name="evidenceSeen"
            label="Papers seen, and their date"
            hint="Such as: agreement signed on 3 March 2026; court order of 9 May 2025."
            maxLength={300}
            defaultValue={typed(answered, 'evidenceSeen')}
            error={answered?.errors['evidenceSeen']}
          />
          <Button size="big">Write it down</Button>
        </form>
      </section>
    </div>
  )
}

function Funds({
  person,
  funds,
}: {
  person: string
  funds: readonly { id: string; name: string; held: string; until: string }[]
}) {
  return (
    <section className="stack-s" aria-labelledby="funds-h">
      <h2 id="funds-h">How {person}’s money is held</h2>
      {funds.length === 0 ? <p>There is no fund.</p> : null}
      <ul className="plain stack-s">
        {funds.map((fund) => (
          <li key={fund.id}>
            <a href={`/council/funds/${fund.id}`}>{fund.name}</a>: {fund.held.toLowerCase()}, until{' '}
            {fund.until}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Supporters({ person }: { person: PersonPage }) {
  return (
    <section className="stack-s" aria-labelledby="supporters-h">
      <h2 id="supporters-h">Who may act for {person.shortName}</h2>
      {person.supporters.length === 0 ? <p>Nobody.</p> : null}
      <ul className="plain stack">
        {person.supporters.map((one) => (
          <li key={one.authorityId}>
            <Card>
              <div className="stack-s">
                <h3>
                  {one.name}, {one.relationship}
                </h3>
                <p>
                  <Tag>{one.type}</Tag>
                </p>
                <ul>
                  {one.may.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
                <p className="small">
                  {one.dates}. {one.evidence ? `Papers seen: ${one.evidence}` : ''}
                </p>
                <Details summary={`End it with ${one.name}`}>
                  <form method="post" className="stack-s">
                    <p>It counts for nothing from now on. Support that was agreed stands.</p>
                    <input type="hidden" name="intent" value="end" />
                    <input type="hidden" name="authorityId" value={one.authorityId} />
                    <Button kind="danger" size="small">
                      End it now<span className="vh">: {one.name}</span>
                    </Button>
                  </form>
                </Details>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}
