import { clockWords, quarterHours } from './clock-options.ts'
import { described, Field, type FieldProps } from './field.tsx'

export interface Option {
  value: string
  label: string
}
export interface SelectProps extends FieldProps {
  options: readonly Option[]
  defaultValue?: string | null | undefined
  /** First line when nothing is chosen: 'Choose one'. Its value is empty. */
  firstLine?: string
  required?: boolean
}

export function Select(props: SelectProps) {
  const { id, control } = described(props, props.required)
  return (
    <Field {...props}>
      <select id={id} name={props.name} defaultValue={props.defaultValue ?? ''} {...control}>
        {props.firstLine ? <option value="">{props.firstLine}</option> : null}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

export interface TimeFieldProps extends FieldProps {
  /** '09:30' */
  defaultValue?: string | null | undefined
  /** First and last time offered, '07:00' and '22:00' unless given. */
  from?: string
  until?: string
  stepMinutes?: 5 | 10 | 15 | 30 | 60
  required?: boolean
}

/** A list of times: a native time picker is hard for many. Its value is '09:30'. */
export function TimeField({
  from = '07:00',
  until = '22:00',
  stepMinutes = 15,
  defaultValue,
  ...props
}: TimeFieldProps) {
  const times = quarterHours(from, until, stepMinutes)
  const all = defaultValue && !times.includes(defaultValue) ? [...times, defaultValue].sort() : times
  return (
    <Select
      {...props}
      defaultValue={defaultValue}
      firstLine="Choose a time"
      options={all.map((time) => ({ value: time, label: clockWords(time) }))}
    />
  )
}
