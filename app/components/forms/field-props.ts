export interface AnsweredFields {
  errors: Readonly<Record<string, readonly string[]>> | undefined
  /** What was saved, or typed before. */
  value: (name: string) => string | undefined
}

/** What every field of a form is given: its name, what was typed before, and what is to be put right. */
export const fieldProps =
  ({ errors, value }: AnsweredFields) =>
  (name: string) => ({ name, defaultValue: value(name), error: errors?.[name] })
