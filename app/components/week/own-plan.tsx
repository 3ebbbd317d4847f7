import { LinkLikeButton } from '../button/button.tsx'
import { Tag } from '../tag/tag.tsx'
import { VisitCard } from '../visit/visit.tsx'
import { tel, type Whose } from './words.ts'

export interface OwnPlanProps {
  plan: {
    id: string
    /** ISO date of this one. */
    day: string
    weekly: boolean
    /** Null when it is not listed any more. */
    href: string | null
    title: string
    time: string
    provider: { id: string; name: string; kind: string; phone: string | null }
    warning: string | null
  }
  person: Whose & { id: string }
  mayChange: boolean
}

/** Free support that somebody means to go to: a note, no booking. */
export function OwnPlan({ plan, person, mayChange }: OwnPlanProps) {
  const { provider } = plan
  return (
    <VisitCard
      provider={provider}
      time={plan.time}
      title={plan.title}
      {...(plan.href ? { href: plan.href } : {})}
      detail={
        <>
          Free. {plan.weekly ? 'Every week. ' : ''}A note only: nothing is booked and nobody was told.
          {provider.phone ? (
            <>
              {' '}
              Ring <a href={tel(provider.phone)}>{provider.phone}</a>.
            </>
          ) : null}
        </>
      }
      status={
        plan.warning ? (
          <Tag tone="stop">{plan.warning}</Tag>
        ) : (
          <Tag>{person.self ? 'My own plan' : 'Own plan'}</Tag>
        )
      }
    >
      {mayChange ? (
        <div className="row-s no-print">
          {plan.weekly ? (
            <>
              <TakeOut plan={plan} person={person} day={plan.day} words="Not on this day" />
              <TakeOut plan={plan} person={person} day="" words="Take it out of every week" />
            </>
          ) : (
            <TakeOut plan={plan} person={person} day="" words="Take it out" />
          )}
        </div>
      ) : null}
    </VisitCard>
  )
}

function TakeOut({
  plan,
  person,
  day,
  words,
}: Pick<OwnPlanProps, 'plan' | 'person'> & { day: string; words: string }) {
  return (
    <form method="post" action="/my/week">
      <input type="hidden" name="intent" value="plan_out" />
      <input type="hidden" name="personId" value={person.id} />
      <input type="hidden" name="planId" value={plan.id} />
      <input type="hidden" name="day" value={day} />
      <input type="hidden" name="week" value={plan.day} />
      <LinkLikeButton>
        {words}
        <span className="vh">: {plan.title}</span>
      </LinkLikeButton>
    </form>
  )
}
