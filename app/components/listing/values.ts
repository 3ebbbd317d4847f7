import { fieldProps } from '../forms/field-props.ts'

/** What a form shows: what was saved, or what was typed when it has to be put right. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

export interface FieldsProps {
  values: FormValues
  errors: Readonly<Record<string, string[]>> | undefined
}

export const one = (values: FormValues, name: string): string => {
  const value = values[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}
export const many = (values: FormValues, name: string): readonly string[] => {
  const value = values[name]
  return value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value
}

/** The props that every field of a form shares. */
export const field = ({ values, errors }: FieldsProps, name: string) =>
  fieldProps({ errors, value: (of) => one(values, of) })(name)
