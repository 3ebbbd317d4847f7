import { Checkboxes, Radios, type Choice } from '../forms/choices.tsx'
import { DateField } from '../forms/date-field.tsx'
import { type AnsweredFields, fieldProps } from '../forms/field-props.ts'
import { Select } from '../forms/select.tsx'
import { TextField } from '../forms/text-field.tsx'

export interface SupporterFieldsProps extends AnsweredFields {
  types: readonly Choice[]
  scopes: readonly Choice[]
  organisations: readonly { id: string; name: string }[]
  chosenScopes: readonly string[] | undefined
  endsOn: { day: string; month: string; year: string } | undefined
  /** 'you' or the person's name: whom they support. */
  whom: string
}

/** Who supports somebody, as what, and what they may do. */
export function SupporterFields({
  types,
  scopes,
  organisations,
  chosenScopes,
  endsOn,
  whom,
  ...answered
}: SupporterFieldsProps) {
  const { errors, value } = answered
  const field = fieldProps(answered)
  return (
    <>
      <Radios
        {...field('who')}
        label="Who is it?"
        options={[
          { value: 'somebody', label: 'Somebody I know' },
          { value: 'organisation', label: 'An organisation', hint: 'Its staff cover for each other.' },
        ]}
        defaultValue={value('who') ?? 'somebody'}
      />
      <TextField
        {...field('name')}
        label="Their name"
        hint="Leave it empty for an organisation."
        maxLength={120}
      />
      <TextField
        {...field('email')}
        label="Their e-mail address"
        hint="They sign in with it. Leave it empty for an organisation."
        type="email"
        spellCheck={false}
      />
      {organisations.length > 0 ? (
        <Select
          {...field('providerId')}
          label="The organisation"
          hint="Leave this as it is for somebody you know."
          firstLine="No organisation"
          options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      <TextField
        {...field('relationship')}
        label={whom === 'you' ? 'What are they to you?' : `What are they to ${whom}?`}
        hint="Such as: brother, neighbour, broker."
        maxLength={60}
        required
      />
      <Radios {...field('type')} label="What kind of supporter?" look="box" options={types} />
      <Checkboxes
        name="scopes"
        label="What may they do?"
        hint="Choose only what they need. It can be ended at any time."
        options={scopes}
        defaultValue={chosenScopes}
        error={errors?.['scopes']}
      />
      <DateField
        name="endsOn"
        label="Until when?"
        hint="Leave it empty for “until it is ended”."
        {...(endsOn ? { defaultValue: endsOn } : {})}
        error={errors?.['endsOn']}
      />
    </>
  )
}
