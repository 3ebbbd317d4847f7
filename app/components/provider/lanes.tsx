import { Button } from '../button/button.tsx'
import { Details } from '../details/details.tsx'
import { TextField } from '../forms/text-field.tsx'

interface Lane {
  id: string
  name: string
  service: string | null
  visitsAhead: number
  next: readonly { id: string; when: string }[]
}
export interface LanesProps {
  org: string
  capacity: {
    named: readonly Lane[]
    unnamed: number
    unnamedHeld: number
    off: readonly Lane[]
  }
  /** Owners and coordinators; others read it. */
  mayPlan: boolean
  said: { errors: Record<string, string[]>; value: (name: string) => string | undefined } | null
}

const ahead = (count: number): string =>
  count === 0 ? 'no visits ahead' : count === 1 ? 'one visit ahead' : `${String(count)} visits ahead`

/** How many visits can run at the same time: workers by name, and a number of others. */
export function Lanes(props: LanesProps) {
  const { capacity, mayPlan, org, said } = props
  const { named, unnamed, off } = capacity
  const all = named.length + unnamed
  const intent = said?.value('intent')
  return (
    <section className="stack" aria-labelledby="lanes">
      <h2 id="lanes">Who can be booked</h2>
      <p>
        {all === 0
          ? 'Nobody can be booked now. Add a worker, or say how many visits you can do at the same time.'
          : all === 1
            ? 'You can do one visit at a time.'
            : `You can do ${String(all)} visits at the same time.`}{' '}
        {unnamed > 0 && named.length > 0
          ? `${String(named.length)} with ${named.length === 1 ? 'a worker' : 'workers'} you have named, ${String(unnamed)} with ${unnamed === 1 ? 'somebody' : 'people'} you choose later.`
          : ''}
      </p>
      {named.length > 0 ? (
        <ul className="plain stack-s">
          {named.map((lane) => (
            <li key={lane.id} className="stack-s">
              <p>
                <strong>{lane.name}</strong>
                {lane.service ? `, only for ${lane.service}` : ''}: {ahead(lane.visitsAhead)}
              </p>
              {mayPlan ? (
                <Details
                  summary={
                    <>
                      Change<span className="vh"> {lane.name}</span>
                    </>
                  }
                  open={said?.value('laneId') === lane.id}
                >
                  <ChangeLane {...props} lane={lane} />
                </Details>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {mayPlan ? (
        <>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="providerId" value={org} />
            <TextField
              name="count"
              label="How many others can be out at the same time, without a name?"
              hint="For a team that decides later who goes. 0 if you name everybody."
              width={3}
              inputMode="numeric"
              defaultValue={(intent === 'capacity' ? said?.value('count') : undefined) ?? String(unnamed)}
              error={intent === 'capacity' ? said?.errors['count'] : undefined}
            />
            <p>
              <Button kind="second" name="intent" value="capacity">
                Save the number
              </Button>
            </p>
          </form>
          <form method="post" className="stack" noValidate>
            <input type="hidden" name="providerId" value={org} />
            <TextField
              id="newLane"
              name="laneName"
              label="Add a worker by name"
              hint="They need no account and see nothing here. To let them sign in, add them to the team below."
              maxLength={60}
              autoComplete="off"
              defaultValue={intent === 'lane-add' ? said?.value('laneName') : undefined}
              error={intent === 'lane-add' ? said?.errors['laneName'] : undefined}
            />
            <p>
              <Button kind="second" name="intent" value="lane-add">
                Add this worker
              </Button>
            </p>
          </form>
        </>
      ) : null}
      {off.length > 0 ? (
        <>
          <h3>Switched off</h3>
          <ul className="plain stack-s">
            {off.map((lane) => (
              <li key={lane.id}>
                <form method="post" className="row">
                  <input type="hidden" name="providerId" value={org} />
                  <input type="hidden" name="laneId" value={lane.id} />
                  <span>{lane.name}</span>
                  {mayPlan ? (
                    <Button kind="quiet" size="small" name="intent" value="lane-on">
                      Switch on<span className="vh"> {lane.name}</span>
                    </Button>
                  ) : null}
                </form>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

function ChangeLane({ org, lane, said }: LanesProps & { lane: Lane }) {
  const mine = said?.value('laneId') === lane.id ? said : null
  return (
    <div className="stack">
      <form method="post" className="stack" noValidate>
        <input type="hidden" name="providerId" value={org} />
        <input type="hidden" name="laneId" value={lane.id} />
        <TextField
          id={`name-${lane.id}`}
          name="laneName"
          label="Name"
          maxLength={60}
          autoComplete="off"
          defaultValue={mine?.value('laneName') ?? lane.name}
          error={mine?.errors['laneName']}
        />
        <p>
          <Button kind="second" name="intent" value="lane-rename">
            Save the name
          </Button>
        </p>
      </form>
      {lane.visitsAhead > 0 ? (
        <>
          <p>
            {lane.name} cannot be switched off while visits are booked. Give them to somebody else, or cancel
            them first:
          </p>
          <ul>
            {lane.next.map((visit) => (
              <li key={visit.id}>
                <a href={`/provider/visits/${visit.id}`}>{visit.when}</a>
              </li>
            ))}
            {lane.visitsAhead > lane.next.length ? (
              <li>and {String(lane.visitsAhead - lane.next.length)} more</li>
            ) : null}
          </ul>
        </>
      ) : (
        <form method="post">
          <input type="hidden" name="providerId" value={org} />
          <input type="hidden" name="laneId" value={lane.id} />
          <Button kind="danger" name="intent" value="lane-off">
            Switch {lane.name} off
          </Button>
        </form>
      )}
    </div>
  )
}
