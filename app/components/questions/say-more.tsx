import { Button } from '../button/button.tsx'
import type { FieldError } from '../forms/field.tsx'
import { Textarea } from '../forms/text-field.tsx'

export interface SayMoreProps {
  label: string
  hint: string
  button: string
  personId: string | null
  value: string | null | undefined
  error: FieldError
}

/** The next thing that is said in a conversation. */
export function SayMore({ label, hint, button, personId, value, error }: SayMoreProps) {
  return (
    <form method="post" className="stack no-print" noValidate>
      {personId ? <input type="hidden" name="personId" value={personId} /> : null}
      <Textarea
        name="words"
        label={label}
        hint={hint}
        rows={4}
        maxLength={2_000}
        defaultValue={value}
        error={error}
        required
      />
      <Button name="intent" value="say">
        {button}
      </Button>
    </form>
  )
}
