import { Checkboxes, Radios, type Choice } from '../forms/choices.tsx'
import { DateField } from '../forms/date-field.tsx'
import { Select } from '../forms/select.tsx'
import { TextField } from '../forms/text-field.tsx'

export interface SupporterFieldsProps {
  types: readonly Choice[]
  scopes: readonly Choice[]
  organisations: readonly { id: string; name: string }[]
  errors: Readonly<Record<string, string[]>> | undefined
  /** What was typed before. */
  value: (name: string) => string | undefined
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
  errors,
  value,
  chosenScopes,
  endsOn,
  whom,
}: SupporterFieldsProps) {
  const bad = (name: string) => errors?.[name]
  return (
    <>
      <Radios
        name="who"
        label="Who is it?"
        options={[
          { value: 'somebody', label: 'Somebody I know' },
          { value: 'organisation', label: 'An organisation', hint: 'Its staff cover for each other.' },
        ]}
        defaultValue={value('who') ?? 'somebody'}
        error={bad('who')}
      />
      <TextField
        name="name"
        label="Their name"
        hint="Leave it empty for an organisation."
        maxLength={120}
        defaultValue={value('name')}
        error={bad('name')}
      />
      <TextField
        name="email"
        label="Their e-mail address"
        hint="They sign in with it. Leave it empty for an organisation."
        type="email"
        spellCheck={false}
        defaultValue={value('email')}
        error={bad('email')}
      />
      {organisations.length > 0 ? (
        <Select
          name="providerId"
          label="The organisation"
          hint="Leave this as it is for somebody you know."
          placeholder="No organisation"
          options={organisations.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={value('providerId')}
          error={bad('providerId')}
        />
      ) : null}
      <TextField
        name="relationship"
        label={whom === 'you' ? 'What are they to you?' : `What are they to ${whom}?`}
        hint="Such as: brother, neighbour, broker."
        maxLength={60}
        defaultValue={value('relationship')}
        error={bad('relationship')}
        required
      />
      <Radios
        name="type"
        label="What kind of supporter?"
        look="box"
        options={types}
        defaultValue={value('type')}
        error={bad('type')}
      />
      <Checkboxes
        name="scopes"
        label="What may they do?"
        hint="Choose only what they need. It can be ended at any time."
        options={scopes}
        defaultValue={chosenScopes}
        error={bad('scopes')}
      />
      <DateField
        name="endsOn"
        label="Until when?"
        hint="Leave it empty for “until it is ended”."
        {...(endsOn ? { defaultValue: endsOn } : {})}
        error={bad('endsOn')}
      />
    </>
  )
}
