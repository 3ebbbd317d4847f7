import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isId } from '#services/kernel/ids.ts'
import { notFound } from '#services/kernel/errors.ts'
import { addMember } from '#services/providers/add-member.server.ts'
import { endMembership } from '#services/providers/end-membership.server.ts'
import { addLane, renameLane, saveCapacity, switchLane } from '#services/providers/save-lanes.server.ts'
import { teamPage } from '#services/providers/team-page.server.ts'
import { Button } from '~/components/button/button.tsx'
import { Card } from '~/components/card/card.tsx'
import { Radios } from '~/components/forms/choices.tsx'
import { ErrorSummary } from '~/components/forms/error-summary.tsx'
import { TextField } from '~/components/forms/text-field.tsx'
import { field } from '~/components/listing/values.ts'
import { Details } from '~/components/details/details.tsx'
import { Lanes } from '~/components/provider/lanes.tsx'
import { Tag } from '~/components/tag/tag.tsx'
import { answer, readForm, text, valuesOf } from '~/http/answer.server.ts'
import { redirectWithNotice } from '~/http/notice.server.ts'
import { run } from '~/http/run.server.ts'
import { typed, useAnswer } from '~/http/typed.ts'

export const meta: MetaFunction = () => [{ title: 'Your team – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ actor, deps, url }) => teamPage(deps, actor, url.searchParams.get('org')))

export const action = (args: ActionFunctionArgs) =>
  run(args, async ({ actor, deps, request }) => {
    const form = await readForm(request)
    const providerId = text(form, 'providerId')
    const here = `/provider/team?org=${providerId}`
    return answer(form, async () => {
      const planned = await planLanes(deps, actor, providerId, form)
      if (planned) return redirectWithNotice(here, planned)
      const ending = text(form, 'end')
      if (ending === '') {
        await addMember(deps, actor, providerId, valuesOf(form))
        return redirectWithNotice(here, 'Added. We have sent them an e-mail that says how to sign in.')
      }
      if (!isId(ending)) throw notFound()
      const { visitsAhead } = await endMembership(deps, actor, providerId, ending)
      return redirectWithNotice(
        here,
        visitsAhead === 0
          ? 'They no longer belong to your team.'
          : `They no longer belong to your team. ${visitsAhead === 1 ? 'One visit' : `${String(visitsAhead)} visits`} ahead in their calendar: give each to somebody else, or cancel it.`,
      )
    })
  })

/** What is said after a press about lanes; null when the press is about something else. */
async function planLanes(
  deps: Parameters<typeof addLane>[0],
  actor: Parameters<typeof addLane>[1],
  providerId: string,
  form: FormData,
): Promise<string | null> {
  const laneId = text(form, 'laneId')
  switch (text(form, 'intent')) {
    case '':
      return null
    case 'capacity':
      await saveCapacity(deps, actor, providerId, valuesOf(form))
      return 'The number is saved.'
    case 'lane-add':
      await addLane(deps, actor, providerId, valuesOf(form))
      return 'Added. Visits can be given to them now.'
    case 'lane-rename':
      await renameLane(deps, actor, providerId, laneId, valuesOf(form))
      return 'The name is saved.'
    case 'lane-off':
      await switchLane(deps, actor, providerId, laneId, 'off')
      return 'Switched off. Nothing new is given to them.'
    case 'lane-on':
      await switchLane(deps, actor, providerId, laneId, 'on')
      return 'Switched on. Visits can be given to them again.'
    default:
      throw notFound()
  }
}

/** The field that a sentence is about: there is one name for each worker. */
const laneIds = (answered: ReturnType<typeof useAnswer>): Record<string, string> => {
  const laneId = typed(answered, 'laneId')
  return { laneName: laneId ? `name-${laneId}` : 'newLane' }
}

const ROLES = {
  owner: 'Owner',
  coordinator: 'Coordinator',
  worker: 'Worker',
} as const
const ROLE_CHOICES = [
  {
    value: 'worker',
    label: 'Worker',
    hint: 'Sees their visits and says how long they took. Visits can be put in their calendar.',
  },
  { value: 'coordinator', label: 'Coordinator', hint: 'Answers requests, changes listings and hours.' },
  { value: 'owner', label: 'Owner', hint: 'All that, and says who belongs to the team.' },
]

export default function Team() {
  const { provider, members, mayManage, capacity, mayPlan } = useLoaderData<typeof loader>()
  const answered = useAnswer()
  const planning = answered?.values['intent'] !== undefined
  const adding = answered?.values['end'] === undefined && !planning
  const props = {
    values: adding ? (answered?.values ?? {}) : {},
    errors: adding ? answered?.errors : undefined,
  }
  return (
    <div className="stack-l">
      <ErrorSummary errors={answered?.errors} ids={laneIds(answered)} />
      <header className="stack-s">
        <h1>Your team</h1>
        <p className="lead">
          {members.length === 1 ? 'One person belongs' : `${String(members.length)} people belong`} to{' '}
          {provider.name}.
        </p>
      </header>
      <ul className="plain grid grid-2">
        {members.map((member) => (
          <li key={member.id}>
            <Card>
              <h2>
                {member.name}
                {member.isYou ? ' (you)' : ''}
              </h2>
              <p className="row-s">
                <Tag>{ROLES[member.role]}</Tag>
                {member.signedIn ? null : <Tag tone="asked">Invited. Has not signed in yet</Tag>}
              </p>
              {member.email ? <p className="break">{member.email}</p> : null}
              <p className="small soft">
                Since {member.since}
                {member.visitsAhead > 0
                  ? ` · ${member.visitsAhead === 1 ? 'one visit' : `${String(member.visitsAhead)} visits`} ahead`
                  : ''}
              </p>
              {mayManage && !member.isYou ? (
                <Details
                  summary={
                    <>
                      They are leaving<span className="vh">: {member.name}</span>
                    </>
                  }
                >
                  <form method="post" className="stack-s">
                    <p>
                      From then on {member.name} sees nothing of {provider.name}. Visits in their calendar
                      stay until you move or cancel them.
                    </p>
                    <input type="hidden" name="providerId" value={provider.id} />
                    <Button kind="danger" name="end" value={member.id}>
                      End it for {member.name}
                    </Button>
                  </form>
                </Details>
              ) : null}
            </Card>
          </li>
        ))}
      </ul>
      <Lanes
        org={provider.id}
        capacity={capacity}
        mayPlan={mayPlan}
        said={
          answered && planning ? { errors: answered.errors, value: (name) => typed(answered, name) } : null
        }
      />
      {mayManage ? (
        <form method="post" className="card stack" noValidate aria-labelledby="add">
          <h2 id="add">Add somebody</h2>
          <input type="hidden" name="providerId" value={provider.id} />
          <TextField
            {...field(props, 'name')}
            label="Their name"
            autoComplete="off"
            maxLength={120}
            required
          />
          <TextField
            {...field(props, 'email')}
            label="Their e-mail address"
            hint="They sign in with it. We send a code each time; there is no password."
            type="email"
            autoComplete="off"
            spellCheck={false}
            required
          />
          <Radios {...field(props, 'role')} label="What may they do?" options={ROLE_CHOICES} look="box" />
          <p>
            <Button>Add and invite them</Button>
          </p>
        </form>
      ) : (
        <p>Only an owner can add people or end it for somebody.</p>
      )}
    </div>
  )
}
