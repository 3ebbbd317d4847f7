import type { Picture } from '#services/easy-read/lines.ts'
import { ChoiceLine } from '../forms/choices.tsx'
import { Group, type FieldError } from '../forms/field.tsx'
import { TextField } from '../forms/text-field.tsx'
import { EasyPicture } from './picture.tsx'

interface EasyField {
  name: string
  kind: 'several' | 'one' | 'place' | 'fund'
  label: string
  options: readonly {
    value: string
    label: string
    hint?: string | undefined
    picture?: Picture | undefined
  }[]
  chosen: readonly string[]
}

export interface EasyFieldsProps {
  fields: readonly EasyField[]
  errors: Readonly<Record<string, FieldError>> | undefined
}

/** The answers of one question, each with its picture where it has one. The question itself stands above as the page's heading. */
export function EasyFields({ fields, errors }: EasyFieldsProps) {
  const single = fields.length === 1
  return (
    <>
      {fields.map((field) => (
        <OneField key={field.name} field={field} alone={single} error={errors?.[field.name]} />
      ))}
    </>
  )
}

function OneField({
  field: { name, kind, label, options, chosen },
  alone,
  error,
}: {
  field: EasyField
  alone: boolean
  error: FieldError
}) {
  // The heading above asks it already; a field by itself says it again to those who only listen.
  const words = alone ? <span className="vh">{label}</span> : label
  if (kind === 'place')
    return (
      <TextField
        name={name}
        label="Your postcode or your town"
        defaultValue={chosen[0]}
        autoComplete="postal-code"
        maxLength={80}
        error={error}
      />
    )
  return (
    <Group name={name} label={words} error={error} wide>
      <div className="choices easy-choices">
        {options.map(({ value, label: answer, hint, picture }, at) => (
          <ChoiceLine
            key={value}
            type={kind === 'several' ? 'checkbox' : 'radio'}
            id={at === 0 ? name : `${name}-${String(at + 1)}`}
            name={name}
            option={{
              value,
              label: (
                <span className="pictured">
                  {picture ? <EasyPicture name={picture} /> : null}
                  <span>{answer}</span>
                </span>
              ),
              ...(hint ? { hint } : {}),
            }}
            checked={chosen.includes(value)}
            box
          />
        ))}
      </div>
    </Group>
  )
}
