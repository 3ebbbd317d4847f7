import { Radios } from '../forms/choices.tsx'
import { TextField } from '../forms/text-field.tsx'
import { type FieldsProps, field } from './values.ts'

export interface AreaFieldsProps extends FieldsProps {
  reach: 'comes' | 'venue' | 'online'
  places: readonly { id: string; words: string }[]
}

export function AreaFields({ reach, places, ...props }: AreaFieldsProps) {
  if (reach === 'comes')
    return (
      <>
        <TextField
          {...field(props, 'near')}
          label="Where do you start from?"
          hint="A postcode, or the name of a ward. People see only the ward or the first half of the postcode, never your address."
          autoComplete="postal-code"
          maxLength={80}
          required
        />
        <TextField
          {...field(props, 'miles')}
          label="How many miles do you come?"
          hint="In a straight line. Only people within it are shown the listing."
          inputMode="numeric"
          width={3}
          required
        />
      </>
    )
  const placeId = field(props, 'placeId')
  return (
    <>
      <Radios
        {...placeId}
        defaultValue={placeId.defaultValue || (places.length === 0 ? 'new' : '')}
        label="At which place does it happen?"
        options={[
          ...places.map((place) => ({ value: place.id, label: place.words })),
          { value: 'new', label: 'Another place, which I write below' },
        ]}
      />
      <fieldset className="stack">
        <legend>Another place</legend>
        <TextField
          {...field(props, 'placeName')}
          label="Its name"
          hint="Such as Millgate Hall."
          maxLength={120}
        />
        <TextField
          {...field(props, 'addressLine')}
          label="Street and number"
          autoComplete="street-address"
          maxLength={160}
        />
        <TextField {...field(props, 'town')} label="Town or ward" maxLength={80} />
        <TextField
          {...field(props, 'postcode')}
          label="Postcode"
          width={8}
          autoComplete="postal-code"
          maxLength={12}
        />
      </fieldset>
    </>
  )
}
