import { cx } from '../cx.ts'
import { Details } from '../details/details.tsx'

const KINDS = ['worked', 'holiday', 'sick'] as const
const WORDS = { worked: 'Worked', holiday: 'Holiday', sick: 'Off sick' } as const

export interface HoursDay {
  iso: string
  /** 'Mon 5 Oct' */
  label: string
  /** 'Monday 5 October' */
  whole: string
  note: string | null
  employed: boolean
  /** It has not come yet: only holiday can be written down. */
  ahead: boolean
  worked: string
  holiday: string
  sick: string
}
export interface HoursWeek {
  label: string
  dates: string
  days: readonly HoursDay[]
}

type Typed = (name: string) => string | undefined
type Errors = Readonly<Record<string, readonly string[]>> | undefined

/**
 * Four weeks of days, three boxes each, in a fieldset a week. On a phone the day's name stands above its boxes. Each box is named by its
 * kind and its day, so that somebody who hears it alone knows which it is.
 */
export function HoursFields({
  weeks,
  typed,
  errors,
}: {
  weeks: readonly HoursWeek[]
  typed: Typed
  errors: Errors
}) {
  return (
    <div className="stack-l">
      {weeks.map((week) =>
        isFolded(week, typed, errors) ? (
          <Details key={week.label} kind="box" summary={`${week.label}, ${week.dates}: holiday ahead`}>
            <Week week={week} typed={typed} errors={errors} />
          </Details>
        ) : (
          <Week key={week.label} week={week} typed={typed} errors={errors} />
        ),
      )}
    </div>
  )
}

/** A week that has not begun takes holiday only, and is folded away until there is some. */
const isFolded = ({ days }: HoursWeek, typed: Typed, errors: Errors): boolean =>
  days.every((day) => {
    const name = `holiday-${day.iso}`
    return day.ahead && (typed(name) ?? day.holiday) === '' && !errors?.[name]
  })

function Week({ week, typed, errors }: { week: HoursWeek; typed: Typed; errors: Errors }) {
  return (
    <fieldset className="hours-week">
      <legend>
        {week.label}, {week.dates}
      </legend>
      <div className="hours-head" aria-hidden="true">
        <span>Day</span>
        {KINDS.map((kind) => (
          <span key={kind}>{WORDS[kind]}</span>
        ))}
      </div>
      {week.days.map((day) => (
        <Day key={day.iso} day={day} typed={typed} errors={errors} />
      ))}
    </fieldset>
  )
}

function Day({ day, typed, errors }: { day: HoursDay; typed: Typed; errors: Errors }) {
  const wrong = KINDS.flatMap((kind) => errors?.[`${kind}-${day.iso}`] ?? [])
  const errorId = `error-${day.iso}`
  if (!day.employed)
    return (
      <div className="hours-day">
        <span className="hours-name">{day.label}</span>
        <span className="hours-off soft small">Not employed on this day</span>
      </div>
    )
  return (
    <div className={cx('hours-day', wrong.length > 0 && 'bad')}>
      <span className="hours-name">
        {day.label}
        {day.note ? <span className="hint"> {day.note}.</span> : null}
      </span>
      {KINDS.map((kind) => {
        const name = `${kind}-${day.iso}`
        const shut = day.ahead && kind !== 'holiday'
        if (shut)
          return (
            <span key={kind} className="hours-off small soft">
              <span className="hours-kind">{WORDS[kind]} </span>
              <span aria-hidden="true">–</span>
              <span className="vh">not yet</span>
            </span>
          )
        return (
          <span key={kind}>
            <label className="hours-kind" htmlFor={name}>
              {WORDS[kind]}
              <span className="vh">, {day.whole}</span>
            </label>
            <input
              className="input num"
              id={name}
              name={name}
              inputMode="decimal"
              autoComplete="off"
              maxLength={8}
              defaultValue={typed(name) ?? day[kind]}
              {...(errors?.[name] ? { 'aria-invalid': true, 'aria-describedby': errorId } : {})}
            />
          </span>
        )
      })}
      {wrong.length > 0 ? (
        <span className="error-text hours-wrong" id={errorId}>
          {wrong.join('. ')}
        </span>
      ) : null}
    </div>
  )
}

/** The same weeks, written down: only the days on which something was. */
export function HoursWritten({ weeks }: { weeks: readonly HoursWeek[] }) {
  const days = weeks
    .flatMap((week) => week.days)
    .filter((day) => day.worked !== '' || day.holiday !== '' || day.sick !== '')
  if (days.length === 0) return <p>No hours are written down.</p>
  return (
    <div className="scroll hours-week" role="region" aria-label="Hours of each day" tabIndex={0}>
      <table className="fits">
        <caption className="vh">Hours of each day</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {KINDS.map((kind) => (
              <th key={kind} scope="col" className="n">
                {WORDS[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.iso}>
              <th scope="row">{day.label}</th>
              {KINDS.map((kind) => (
                <td key={kind} className="n">
                  {day[kind] || '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
