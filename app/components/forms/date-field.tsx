import { datePieces } from './date-parts.ts'
import { described, Group, type FieldProps } from './field.tsx'

export interface DateFieldProps extends FieldProps {
  /** '2026-12-02', or the three pieces as they were typed. */
  defaultValue?: string | { day: string; month: string; year: string } | null | undefined
  /** 'bday' fills in a date of birth. */
  autoComplete?: 'bday'
}

/**
 * Day, month and year to type: a calendar is hard for many, and impossible for some.
 * Its three values are `name.day`, `name.month`, `name.year`; `readDate` puts them together.
 */
export function DateField(props: DateFieldProps) {
  const { id, control } = described(props)
  const { 'aria-invalid': invalid } = control
  const pieces = datePieces(props.defaultValue)
  const part = (piece: 'day' | 'month' | 'year', label: string, partId: string, width: string) => (
    <div>
      <label htmlFor={partId}>{label}</label>
      <input
        className={`input ${width}`}
        id={partId}
        name={`${props.name}.${piece}`}
        inputMode="numeric"
        maxLength={12}
        autoComplete={props.autoComplete ? `bday-${piece}` : 'off'}
        defaultValue={pieces[piece]}
        {...(invalid ? { 'aria-invalid': true } : {})}
      />
    </div>
  )
  return (
    <Group {...props}>
      <div className="row date-parts">
        {part('day', 'Day', id, 'w-3')}
        {part('month', 'Month', `${id}-month`, 'w-3')}
        {part('year', 'Year', `${id}-year`, 'w-4')}
      </div>
    </Group>
  )
}
