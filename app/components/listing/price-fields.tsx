import { Details } from '../details/details.tsx'
import { Radios } from '../forms/choices.tsx'
import { Select } from '../forms/select.tsx'
import { MoneyField, TextField } from '../forms/text-field.tsx'
import { type FieldsProps, field } from './values.ts'

export interface PriceFieldsProps extends FieldsProps {
  units: readonly { value: string; label: string }[]
}

const EXTRAS = ['1', '2', '3']
/** Times at which it costs some per cent more. */
const DEARER = [
  ['weekend', 'Weekend'],
  ['bankHoliday', 'Bank holiday'],
  ['evening', '8pm to 7am'],
] as const
/** How minutes are counted. */
const COUNTED = [
  ['roundingMinutes', 'Rounded up to', 'Minutes, such as 15'],
  ['toleranceMinutes', 'Difference that does not count', 'Minutes, such as 5'],
] as const

export function PriceFields({ units, ...props }: PriceFieldsProps) {
  return (
    <>
      <p>
        People always see the whole price, travel and extras included. What is not written here cannot be
        charged later.
      </p>
      <Select {...field(props, 'unit')} label="The price is for" options={units} required />
      <MoneyField {...field(props, 'base')} label="Price" hint="In pounds, such as 24.50." required />
      <fieldset className="stack">
        <legend>Dearer times</legend>
        <p className="hint">
          How many per cent more. Leave empty what costs the same. When two hold at once, only the dearer one
          counts.
        </p>
        <div className="row">
          {DEARER.map(([name, label]) => (
            <TextField
              key={name}
              {...field(props, name)}
              label={label}
              hint="Per cent"
              width={4}
              inputMode="decimal"
            />
          ))}
        </div>
      </fieldset>
      <MoneyField
        {...field(props, 'travel')}
        label="Travel, for each visit"
        hint="Leave empty when it is in the price."
      />
      <Details
        summary="Something else that everybody pays"
        kind="box"
        open={EXTRAS.some(
          (n) => field(props, `extraLabel${n}`).defaultValue !== '' || field(props, `extraPrice${n}`).error,
        )}
      >
        <p>Each is added to every visit: an entrance fee, a meal, a handover.</p>
        {EXTRAS.map((n) => (
          <div className="row" key={n}>
            <TextField {...field(props, `extraLabel${n}`)} label={`What it is for (${n})`} maxLength={60} />
            <MoneyField {...field(props, `extraPrice${n}`)} label={`What it costs (${n})`} />
          </div>
        ))}
      </Details>
      <Radios
        {...field(props, 'chargingBasis')}
        label="What do you charge for?"
        options={[
          {
            value: 'booked_time',
            label: 'The time that was booked',
            hint: 'Also when the visit was shorter. Longer costs more only if they agree.',
          },
          {
            value: 'actual_minutes',
            label: 'The minutes that it took',
            hint: 'Never more than was booked, unless they agree.',
          },
        ]}
        look="box"
      />
      <div className="row">
        {COUNTED.map(([name, label, hint]) => (
          <TextField
            key={name}
            {...field(props, name)}
            label={label}
            hint={hint}
            width={3}
            inputMode="numeric"
          />
        ))}
      </div>
    </>
  )
}
