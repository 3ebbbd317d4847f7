import type { ReactNode } from 'react'
import { ChoiceLine } from '../forms/choices.tsx'
import { Group, type FieldError } from '../forms/field.tsx'
import { TextField } from '../forms/text-field.tsx'
import { WishPicture } from './wish-picture.tsx'

interface FieldShown {
  name: string
  kind: 'several' | 'one' | 'place' | 'fund'
  label: string
  hint: string | null
  options: readonly { value: string; label: string; hint?: string }[]
  /** What was answered, or typed just now. */
  chosen: readonly string[]
}

export interface QuestionFieldsProps {
  asks: string
  why: string
  fields: readonly FieldShown[]
  errors: Readonly<Record<string, FieldError>> | undefined
}

/** One question: its heading is the label of its one field, or stands over several. */
export function QuestionFields({ asks, why, fields, errors }: QuestionFieldsProps) {
  const single = fields.length === 1
  return (
    <>
      {single ? null : (
        <header className="stack-s">
          <h1>{asks}</h1>
          <p className="hint">{why}</p>
        </header>
      )}
      {fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          heading={single}
          label={single ? asks : field.label}
          hint={[single ? why : null, field.hint].filter(Boolean).join(' ')}
          error={errors?.[field.name]}
        />
      ))}
    </>
  )
}

function OneField({
  field: { name, kind, options, chosen },
  ...props
}: {
  field: FieldShown
  heading: boolean
  label: ReactNode
  hint: string
  error: FieldError
}) {
  if (kind === 'place')
    return (
      <TextField {...props} name={name} defaultValue={chosen[0]} autoComplete="postal-code" maxLength={80} />
    )
  return (
    <Group {...props} name={name} wide>
      <div className={options.length > 5 ? 'choices two' : 'choices'}>
        {options.map(({ value, label, hint }, at) => (
          <ChoiceLine
            key={value}
            type={kind === 'several' ? 'checkbox' : 'radio'}
            id={at === 0 ? name : `${name}-${String(at + 1)}`}
            name={name}
            option={{
              value,
              label:
                name === 'what' ? (
                  <span className="pictured">
                    <WishPicture wish={value} />
                    <span>{label}</span>
                  </span>
                ) : (
                  label
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
