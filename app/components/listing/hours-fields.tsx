import { Group } from '../forms/field.tsx'
import { type FieldsProps, one } from './values.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ROWS = [1, 2]

/** One box for a time of the day, to type: '9', '9:30am' and '21:30' are all understood. */
export function ClockBox({
  name,
  label,
  value,
  bad,
  describedBy,
}: {
  name: string
  label: string
  value: string
  bad: boolean
  describedBy?: string
}) {
  return (
    <div>
      <label htmlFor={name}>{label}</label>
      <input
        className="input w-4"
        autoComplete="off"
        maxLength={12}
        id={name}
        name={name}
        defaultValue={value}
        {...(bad ? { 'aria-invalid': true } : {})}
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
      />
    </div>
  )
}

/** A week: two pairs of times for each day. */
export function HoursFields({ values, errors }: FieldsProps) {
  return (
    <>
      {DAYS.map((day, index) => {
        const names = ROWS.flatMap((row) => [
          `day${String(index + 1)}.${String(row)}.from`,
          `day${String(index + 1)}.${String(row)}.until`,
        ])
        const wrong = names.flatMap((name) => errors?.[name] ?? [])
        return (
          <Group key={day} name={`day${String(index + 1)}`} label={day} error={wrong}>
            <div className="row">
              {ROWS.map((row) => (
                <div className="row" key={row}>
                  {['from', 'until'].map((end) => {
                    const name = `day${String(index + 1)}.${String(row)}.${end}`
                    const words = end === 'from' ? 'From' : 'Until'
                    return (
                      <ClockBox
                        key={name}
                        name={name}
                        label={row === 1 ? words : `and ${words.toLowerCase()}`}
                        value={one(values, name)}
                        bad={Boolean(errors?.[name])}
                      />
                    )
                  })}
                </div>
              ))}
            </div>
          </Group>
        )
      })}
    </>
  )
}
