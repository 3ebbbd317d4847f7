import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { ChoiceLine } from '../forms/choices.tsx'
import { Group, type FieldError } from '../forms/field.tsx'
import { Tile } from '../tile/picture.tsx'
import { ConfirmVisit } from '../visit/visit.tsx'
import { listWords, type Whose } from './words.ts'

export interface AskedVisit {
  id: string
  title: string
  when: string
  provider: { id: string; name: string; kind: string }
  worker: string | null
  stayed: string
  cost: number | null
  funds: readonly string[]
  silentOn: string | null
  neverSilent: 'hospital' | 'not_told' | null
}

export interface AskVisitsProps {
  visits: readonly AskedVisit[]
  person: Whose & { id: string }
  mayConfirm: boolean
  error?: FieldError
  /** Ids that were ticked when the form came back; all of them before that. */
  ticked?: readonly string[] | undefined
}

const says = (visit: AskedVisit): string => {
  const who = visit.worker
    ? `${visit.worker} came and stayed ${visit.stayed}`
    : `they came and stayed ${visit.stayed}`
  const money =
    visit.cost === null
      ? ''
      : visit.cost === 0
        ? ' Nothing to pay.'
        : ` ${pounds(visit.cost)}${visit.funds.length > 0 ? ` from ${listWords(visit.funds)}` : ''}.`
  return `${visit.provider.name} says ${who}.${money}`
}

function silenceWords(visits: readonly AskedVisit[], { self, shortName }: Whose): string {
  if (visits.some((visit) => visit.neverSilent === 'hospital'))
    return self
      ? 'You are or were in hospital, so we wait for your answer. Saying nothing never counts as yes.'
      : `${shortName} is or was in hospital, so we wait for an answer. Saying nothing never counts as yes.`
  const first = visits.find((visit) => visit.silentOn)
  if (!first?.silentOn) return 'Please answer: this does not count as yes by itself.'
  return visits.length === 1
    ? `If nobody answers, it counts as yes on ${first.silentOn}. We remind you before then.`
    : `If nobody answers, the first of these counts as yes on ${first.silentOn}. We remind you before then.`
}

/** Did these visits happen? One press for all of them but those unticked, or one press for one. */
export function AskVisits({ visits, person, mayConfirm, error, ticked }: AskVisitsProps) {
  const [only] = visits
  if (!only) return null
  const quiet = silenceWords(visits, person)
  if (visits.length === 1)
    return (
      <Card labelledBy="ask">
        <h2 id="ask">Did this visit happen?</h2>
        <ConfirmVisit
          provider={only.provider}
          title={`${only.title}, ${only.when}`}
          says={says(only)}
          silence={quiet}
        >
          {mayConfirm ? (
            <form method="post" className="row">
              <Hidden person={person} />
              <input type="hidden" name="visit" value={only.id} />
              <Button>Yes, it did</Button>
              <a className="btn second" href={`/my/visits/${only.id}?say=different#different`}>
                Something was different
              </a>
            </form>
          ) : (
            <NotYours person={person} />
          )}
        </ConfirmVisit>
      </Card>
    )
  return (
    <Card labelledBy="ask">
      <h2 id="ask">Did these visits happen?</h2>
      <p>{quiet}</p>
      {mayConfirm ? (
        <>
          <form method="post" className="stack">
            <Hidden person={person} />
            <Group
              wide
              name="visit"
              label="Yes to all of these, except those you untick"
              hint="If something was different, untick it and tell us what."
              error={error}
            >
              <ul className="plain asks">
                {visits.map((visit, i) => (
                  <li key={visit.id} className="ask">
                    <ChoiceLine
                      type="checkbox"
                      id={i === 0 ? 'visit' : `visit-${String(i + 1)}`}
                      name="visit"
                      checked={ticked ? ticked.includes(visit.id) : true}
                      box={false}
                      option={{ value: visit.id, label: `${visit.title}, ${visit.when}`, hint: says(visit) }}
                    />
                    <div className="row-s">
                      <Button kind="second" size="small" form={`yes-${visit.id}`}>
                        Yes, it did
                        <Which visit={visit} />
                      </Button>
                      <a href={`/my/visits/${visit.id}?say=different#different`}>
                        Something was different
                        <Which visit={visit} />
                      </a>
                    </div>
                  </li>
                ))}
              </ul>
            </Group>
            <Button>Yes to all that are ticked</Button>
          </form>
          {visits.map((visit) => (
            <form key={visit.id} id={`yes-${visit.id}`} method="post">
              <Hidden person={person} />
              <input type="hidden" name="visit" value={visit.id} />
            </form>
          ))}
        </>
      ) : (
        <>
          <ul className="plain asks">
            {visits.map((visit) => (
              <li key={visit.id} className="ask who">
                <Tile id={visit.provider.id} kind={visit.provider.kind} size="s" />
                <div>
                  <p>
                    <strong>
                      {visit.title}, {visit.when}
                    </strong>
                  </p>
                  <p className="small">{says(visit)}</p>
                </div>
              </li>
            ))}
          </ul>
          <NotYours person={person} />
        </>
      )}
    </Card>
  )
}

const Which = ({ visit }: { visit: AskedVisit }) => (
  <span className="vh">
    : {visit.title}, {visit.when}
  </span>
)

function Hidden({ person }: { person: { id: string } }) {
  return (
    <>
      <input type="hidden" name="intent" value="yes" />
      <input type="hidden" name="personId" value={person.id} />
    </>
  )
}

function NotYours({ person }: { person: Whose }) {
  return (
    <p className="small">
      You may not say whether a visit happened. {person.shortName}, or somebody who may, answers this.
    </p>
  )
}
