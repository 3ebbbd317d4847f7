import { Checkbox } from '../forms/choices.tsx'
import { DateField } from '../forms/date-field.tsx'
import { HintAndError } from '../forms/field.tsx'
import { MoneyField } from '../forms/text-field.tsx'

export interface PaidFieldsProps {
  /** As typed before, or what was agreed: '900.00'. */
  price: string
  paidOn: string | { day: string; month: string; year: string }
  errors: Readonly<Record<string, string[]>> | undefined
  /** '£20.00': how much more may be taken after asking once more. */
  mostOver: string
}

/** What it came to and when; and the box that is asked for when it came to a little more. */
export function PaidFields({ price, paidOn, errors, mostOver }: PaidFieldsProps) {
  return (
    <>
      <MoneyField
        name="price"
        label="What did it come to?"
        hint={`If it cost less, the rest goes back to the fund. Up to ${mostOver} more can be taken without asking for a new yes.`}
        defaultValue={price}
        error={errors?.['price']}
        required
      />
      <DateField
        name="paidOn"
        label="When was it paid?"
        hint="For example 2 12 2026"
        defaultValue={paidOn}
        error={errors?.['paidOn']}
      />
      {errors?.['more'] ? (
        <div className="field bad">
          <HintAndError id="more" error={errors['more']} />
          <Checkbox name="more" label="Yes, take what it cost more from the fund" />
        </div>
      ) : null}
    </>
  )
}
