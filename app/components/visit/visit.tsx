import type { ReactNode } from 'react'
import { cx } from '../cx.ts'
import { Tile } from '../tile/picture.tsx'
import { kindLabel } from '../tile/tile.ts'

export interface TimelineStep {
  title: string
  /** A sentence more. */
  detail?: ReactNode
  when: 'past' | 'here' | 'later'
}

/** What has happened, what is happening, what comes next. */
export function Timeline({
  steps,
  label = 'What happens',
}: {
  steps: readonly TimelineStep[]
  label?: string
}) {
  return (
    <ol className="doing" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.title}
          {...(step.when === 'later' ? {} : { className: step.when })}
          {...(step.when === 'here' ? { 'aria-current': 'step' as const } : {})}
        >
          <strong>{step.title}</strong>
          {step.when === 'past' ? <span className="vh"> (done)</span> : null}
          {step.detail ? (
            <>
              <br />
              {step.detail}
            </>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

export interface WeekDayProps {
  /** 'Today', 'Tuesday' */
  name: string
  /** 'Monday 23 November', '24 November' */
  date: string
  today?: boolean
  /** VisitCards; with none it says that nothing is planned. */
  children?: ReactNode
  /** Instead of 'Nothing planned.' */
  nothing?: string
}

export function WeekDay({ name, date, today = false, children, nothing = 'Nothing planned.' }: WeekDayProps) {
  const empty = !children || (Array.isArray(children) && children.length === 0)
  return (
    <div className={cx('day', today && 'today')}>
      <h3>
        {name}
        <small>{date}</small>
      </h3>
      {empty ? <p className="soft">{nothing}</p> : <div>{children}</div>}
    </div>
  )
}

export interface VisitCardProps {
  provider: { id: string; kind: string; name: string }
  /** '9am', or '9am to 10am'. */
  time: string
  title: string
  href?: string
  /** 'With Halina, one hour.' */
  detail?: ReactNode
  /** StatusTag. */
  status?: ReactNode
  /** Forms and links. */
  children?: ReactNode
}

/** One visit in a week. */
export function VisitCard({ provider, time, title, href, detail, status, children }: VisitCardProps) {
  return (
    <div className="visit">
      <Tile id={provider.id} kind={provider.kind} size="s" />
      <div className="body">
        <h4>
          <span className="time">{time}</span> {href ? <a href={href}>{title}</a> : title}
        </h4>
        <p className="kind">
          {provider.name} · {kindLabel(provider.kind)}
        </p>
        {detail ? <p className="small">{detail}</p> : null}
        {status ? <p>{status}</p> : null}
        {children}
      </div>
    </div>
  )
}

export interface ConfirmVisitProps {
  provider: { id: string; kind: string; name: string }
  /** 'Swim, Friday 20 November, 11am to 12 noon' */
  title: string
  /** What the provider says, and what it costs which fund. */
  says: ReactNode
  /** What happens if nobody answers, and when. */
  silence?: ReactNode
  /** The form with its buttons. */
  children: ReactNode
}

/** Did this visit happen? One answer a press. Stands inside a card. */
export function ConfirmVisit({ provider, title, says, silence, children }: ConfirmVisitProps) {
  return (
    <>
      <div className="confirm">
        <div className="who">
          <Tile id={provider.id} kind={provider.kind} />
          <div>
            <p>
              <strong>{title}</strong>
            </p>
            <p>{says}</p>
          </div>
        </div>
        {children}
      </div>
      {silence ? <p className="small soft">{silence}</p> : null}
    </>
  )
}

export interface DonePanelProps {
  /** One word for the new state: 'Asked', never 'Booked' before it is. */
  state: string
  title: string
  lead: ReactNode
  level?: 1 | 2
  id?: string
  children?: ReactNode
}

/** The page after the button: what is so now, and what comes next. */
export function DonePanel({ state, title, lead, level = 1, id = 'done', children }: DonePanelProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <section className="confirmed" id={id} aria-labelledby={`${id}-h`}>
      <p>
        <span className="state-label">{state}</span>
      </p>
      <div className="stack">
        <Heading id={`${id}-h`}>{title}</Heading>
        <p className="lead">{lead}</p>
      </div>
      {children}
    </section>
  )
}

export interface NextVisitProps {
  title?: string
  /** '10:30am to 11:30am' */
  time: string
  status?: ReactNode
  id?: string
  children: ReactNode
}

/** A provider's next visit: the one thing on a phone held in one hand. */
export function NextVisit({ title = 'Next', time, status, id = 'next', children }: NextVisitProps) {
  return (
    <section className="now stack" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
        {status}
      </div>
      <p className="clock">{time}</p>
      {children}
    </section>
  )
}
