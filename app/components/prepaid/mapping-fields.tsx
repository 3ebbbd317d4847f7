import { Radios } from '../forms/choices.tsx'
import { Select } from '../forms/select.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'

const COLUMNS = [
  ['reference', 'Heading of the reference', 'Each line has one of its own.'],
  ['card', 'Heading of the card', 'The scheme’s reference for the card, as it was written down here.'],
  ['date', 'Heading of the date', null],
  ['amount', 'Heading of the amount', 'Where spending has a column of its own: that one.'],
  ['moneyIn', 'Heading of what comes in', 'Only where it has a column of its own.'],
  ['type', 'Heading of the kind of line', 'Empty, when the sign and the shop say it.'],
  ['merchant', 'Heading of the shop', null],
  ['town', 'Heading of the town', null],
  ['mcc', 'Heading of the kind of shop', 'Its merchant code of four figures.'],
  ['reason', 'Heading of why it was refused', null],
] as const

/** How one scheme writes its files; kept for the next one. */
export function MappingFields({
  value,
  errors,
}: {
  value: (name: string) => string
  errors: Readonly<Record<string, readonly string[]>>
}) {
  return (
    <div className="stack">
      {COLUMNS.map(([name, label, hint]) => (
        <TextField
          key={name}
          name={name}
          label={label}
          {...(hint ? { hint } : {})}
          defaultValue={value(name)}
          error={errors[name]}
        />
      ))}
      <Select
        name="delimiter"
        label="Between columns stands"
        options={[
          { value: 'comma', label: 'a comma' },
          { value: 'semicolon', label: 'a semicolon' },
          { value: 'tab', label: 'a tab' },
          { value: 'bar', label: 'a bar |' },
        ]}
        defaultValue={value('delimiter')}
        error={errors['delimiter']}
      />
      <Radios
        name="order"
        label="Dates are written"
        options={[
          { value: 'day/month/year', label: '31/12/2026' },
          { value: 'year-month-day', label: '2026-12-31' },
        ]}
        defaultValue={value('order')}
        error={errors['order']}
      />
      <Radios
        name="spending"
        label="What is spent is written"
        options={[
          { value: 'below_zero', label: 'with a minus sign' },
          { value: 'above_zero', label: 'without a minus sign' },
          { value: 'two_columns', label: 'in a column of its own' },
        ]}
        defaultValue={value('spending')}
        error={errors['spending']}
      />
      <Textarea
        name="types"
        label="The scheme’s words for kinds of line"
        hint="One a line, such as PUR = purchase. Kinds are: load, unload, purchase, refund, cash, fee, decline."
        rows={7}
        defaultValue={value('types')}
        error={errors['types']}
      />
    </div>
  )
}
