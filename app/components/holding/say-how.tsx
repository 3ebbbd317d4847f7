import type { FieldError } from '../forms/field.tsx'
import { TextField } from '../forms/text-field.tsx'
import { Notice } from '../notice/notice.tsx'

/** Above the button, when somebody presses for the person: in whose name, and how the person said it. */
export function SayHow({
  acting,
  asks,
  holder,
  value,
  error,
}: {
  acting: { name: string; forWhom: string } | null
  /** Whoever presses is of the organisation that holds the money. */
  asks: boolean
  holder: string
  value: string | undefined
  error: FieldError
}) {
  if (!acting) return null
  return (
    <>
      <Notice tone="plain">
        <p>
          You are doing this for {acting.forWhom}, as {acting.name}. It is written down so, and{' '}
          {acting.forWhom} is told.
        </p>
      </Notice>
      {asks ? (
        <TextField
          name="note"
          label={`How did ${acting.forWhom} tell you?`}
          hint={`You belong to ${holder}, which holds the money, so this is asked. Such as: on the telephone this morning.`}
          maxLength={300}
          defaultValue={value}
          error={error}
          required
        />
      ) : null}
    </>
  )
}
