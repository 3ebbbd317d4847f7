import { Checkbox } from '../forms/choices.tsx'
import { Select } from '../forms/select.tsx'
import { TextField } from '../forms/text-field.tsx'

export interface PersonFieldsProps {
  councils: readonly { id: string; name: string }[]
  errors: Readonly<Record<string, string[]>> | undefined
  value: (name: string) => string | undefined
}

/** Who somebody is, to set them up. */
export function PersonFields({ councils, errors, value }: PersonFieldsProps) {
  const bad = (name: string) => errors?.[name]
  const only = councils.length === 1 ? councils[0] : undefined
  return (
    <>
      {only ? (
        <input type="hidden" name="councilId" value={only.id} />
      ) : (
        <Select
          name="councilId"
          label="Their council"
          placeholder="Choose one"
          options={councils.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={value('councilId')}
          error={bad('councilId')}
          required
        />
      )}
      <TextField
        name="name"
        label="Their name"
        maxLength={120}
        defaultValue={value('name')}
        error={bad('name')}
        required
      />
      <TextField
        name="shortName"
        label="How they like to be called"
        hint="Such as: Joan, or Mrs Ellis."
        maxLength={60}
        defaultValue={value('shortName')}
        error={bad('shortName')}
        required
      />
      <TextField
        name="phone"
        type="tel"
        label="Telephone number, if they have one"
        maxLength={20}
        defaultValue={value('phone')}
        error={bad('phone')}
      />
      <TextField
        name="addressLine"
        label="Where they live, if you know"
        hint="House and street."
        maxLength={200}
        defaultValue={value('addressLine')}
        error={bad('addressLine')}
      />
      <TextField
        name="postcode"
        label="Postcode"
        width={8}
        maxLength={10}
        spellCheck={false}
        defaultValue={value('postcode')}
        error={bad('postcode')}
      />
      <Checkbox
        name="isCarer"
        label="They are a carer: they look after somebody"
        defaultChecked={value('isCarer') === 'yes'}
      />
    </>
  )
}
