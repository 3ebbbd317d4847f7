import type { ReactNode } from 'react'
import { Radios } from '../forms/choices.tsx'
import { Select } from '../forms/select.tsx'
import { MoneyField, TextField } from '../forms/text-field.tsx'

export interface PurchaseFieldsProps {
  funds: readonly { id: string; name: string; says: string; needsOutcome: boolean }[]
  categories: readonly { value: string; label: string }[]
  outcomes: readonly string[]
  /** One fund that is given: the adviser's. */
  fixedFund?: boolean
  /** 'your plan', 'Kyle’s plan' */
  whosePlan: string
  value: (name: string) => string | undefined
  errors: Readonly<Record<string, string[]>> | undefined
}

/** What, from whom, for how much, of what kind, from which fund, for which outcome of the plan. */
export function PurchaseFields(props: PurchaseFieldsProps) {
  const { value, errors } = props
  const field = (name: string, label: ReactNode, hint?: ReactNode) => ({
    name,
    label,
    ...(hint ? { hint } : {}),
    error: errors?.[name],
    defaultValue: value(name),
  })
  const always = props.funds.some(({ needsOutcome }) => needsOutcome)
  return (
    <>
      <TextField
        {...field('what', 'What is it?', 'Such as: a washing machine; two nights in a cottage.')}
        maxLength={120}
        required
      />
      <TextField
        {...field('seller', 'Who sells it?', 'The name of the shop or of the person.')}
        maxLength={120}
        required
      />
      <MoneyField
        {...field(
          'price',
          'What does it cost in all?',
          'With delivery and anything else that has to be paid.',
        )}
        required
      />
      <TextField
        {...field('units', 'How many hours, visits or items is that for?', 'Leave 1 when it is one thing.')}
        defaultValue={value('units') ?? '1'}
        inputMode="numeric"
        width={4}
        maxLength={4}
      />
      <Select
        {...field('category', 'What kind of thing is it?')}
        firstLine="Choose one"
        options={props.categories}
        required
      />
      {props.fixedFund ? null : (
        <Radios
          {...field('fund', 'Which fund should pay?')}
          look="box"
          options={props.funds.map(({ id, name, says }) => ({ value: id, label: name, hint: says }))}
        />
      )}
      {props.outcomes.length > 0 ? (
        <Select
          {...field(
            'outcome',
            `Which outcome of ${props.whosePlan} is it for?`,
            props.fixedFund
              ? 'What is bought with this fund always has one.'
              : always
                ? 'A fund that an adviser holds always needs one. For the others it helps whoever agrees it.'
                : 'It helps whoever agrees it.',
          )}
          firstLine={props.fixedFund ? 'Choose one' : 'None of them, or I would rather not say'}
          options={props.outcomes.map((words) => ({ value: words, label: words }))}
        />
      ) : null}
    </>
  )
}
