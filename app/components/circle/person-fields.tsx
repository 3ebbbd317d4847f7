import { Checkbox } from '../forms/choices.tsx'
import { type AnsweredFields, fieldProps } from '../forms/field-props.ts'
import { Select } from '../forms/select.tsx'
import { TextField } from '../forms/text-field.tsx'

export interface PersonFieldsProps extends AnsweredFields {
  councils: readonly { id: string; name: string }[]
}

/** Who somebody is, to set them up. */
export function PersonFields({ councils, ...answered }: PersonFieldsProps) {
  const field = fieldProps(answered)
  const only = councils.length === 1 ? councils[0] : undefined
  return (
    <>
      {only ? (
        <input type="hidden" name="councilId" value={only.id} />
      ) : (
        <Select
          {...field('councilId')}
          label="Their council"
          firstLine="Choose one"
          options={councils.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
      )}
      <TextField {...field('name')} label="Their name" maxLength={120} required />
      <TextField
        {...field('shortName')}
        label="How they like to be called"
        hint="Such as: Joan, or Mrs Ellis."
        maxLength={60}
        required
      />
      <TextField {...field('phone')} type="tel" label="Telephone number, if they have one" maxLength={20} />
      <TextField
        {...field('addressLine')}
        label="Where they live, if you know"
        hint="House and street."
        maxLength={200}
      />
      <TextField {...field('postcode')} label="Postcode" width={8} maxLength={10} spellCheck={false} />
      <Checkbox
        name="isCarer"
        label="They are a carer: they look after somebody"
        defaultChecked={answered.value('isCarer') === 'yes'}
      />
    </>
  )
}
