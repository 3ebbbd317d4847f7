import { Radios } from '../forms/choices.tsx'
import { fieldProps, type AnsweredFields } from '../forms/field-props.ts'
import { Select } from '../forms/select.tsx'
import { MoneyField, TextField } from '../forms/text-field.tsx'

export interface TermChoices {
  ages: readonly { value: string; label: string }[]
  bureaus: readonly { value: string; label: string }[]
  /** '£12.71': the least pay for an hour of most people. */
  least: string
  /** '£192.00': from which weekly pay they join a pension by law. */
  joinsFrom: string
}

/** What they earn, and how much they work. */
export function PayFields({ choices, ...answered }: AnsweredFields & { choices: TermChoices }) {
  const field = fieldProps(answered)
  return (
    <>
      <Radios {...field('age')} label="How old are they?" options={choices.ages} />
      <MoneyField
        {...field('hourly')}
        label="Pay for one hour"
        hint={`By law it is at least ${choices.least} from 21 on, and less below.`}
      />
      <TextField
        {...field('hours')}
        label="Hours each week"
        hint="For example 20, or 7.5 for seven and a half."
        width={4}
        inputMode="decimal"
      />
      <Radios
        {...field('vary')}
        label="Are their hours about the same each week?"
        hint="Holiday is counted differently."
        options={[
          { value: 'no', label: 'Yes, about the same' },
          { value: 'yes', label: 'No, they differ from week to week' },
        ]}
      />
    </>
  )
}

/** Who works out the pay, and what the law adds to it. */
export function PayrollFields({ choices, ...answered }: AnsweredFields & { choices: TermChoices }) {
  const field = fieldProps(answered)
  return (
    <>
      <Select
        {...field('bureau')}
        label="Who works out the pay?"
        hint="They get the hours that you approve, and send back what tax, pension and pay come to."
        firstLine="Choose one"
        options={choices.bureaus}
      />
      <MoneyField
        {...field('fee')}
        label="What the payroll costs for four weeks"
        hint="Leave it empty if it costs nothing."
      />
      <Radios
        {...field('pension')}
        label="Are they in a workplace pension?"
        hint={`By law they join from 22 on if they earn more than ${choices.joinsFrom} a week. Others may ask.`}
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
      />
      <Radios
        {...field('allowance')}
        label="Do you claim the Employment Allowance?"
        hint="It takes National Insurance off your bill. Most people who employ a care or support worker can."
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No, or not yet' },
        ]}
      />
    </>
  )
}
