import type { HTMLInputAutoCompleteAttribute } from 'react'
import { cx } from '../cx.ts'
import { described, Field, type FieldProps } from './field.tsx'

type Value = string | number | null | undefined
/** What was typed stays: the same page comes back with it. */
const kept = (value: Value): { defaultValue?: string } =>
  value === null || value === undefined ? {} : { defaultValue: String(value) }

export interface TextFieldProps extends FieldProps {
  defaultValue?: Value
  type?: 'text' | 'email' | 'tel' | 'search' | 'url'
  /** Digits expected: 3, 4 or 8; otherwise as wide as the column. */
  width?: 3 | 4 | 8
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'search' | 'url'
  autoComplete?: HTMLInputAutoCompleteAttribute
  spellCheck?: boolean
  maxLength?: number
  required?: boolean
  readOnly?: boolean
  className?: string
}

export function TextField(props: TextFieldProps) {
  const { id, control } = described(props, props.required)
  return (
    <Field {...props}>
      <input
        className={cx('input', props.width && `w-${String(props.width)}`, props.className)}
        id={id}
        name={props.name}
        type={props.type ?? 'text'}
        {...kept(props.defaultValue)}
        {...(props.inputMode ? { inputMode: props.inputMode } : {})}
        {...(props.autoComplete ? { autoComplete: props.autoComplete } : {})}
        {...(props.spellCheck === undefined ? {} : { spellCheck: props.spellCheck })}
        {...(props.maxLength ? { maxLength: props.maxLength } : {})}
        {...(props.readOnly ? { readOnly: true } : {})}
        {...control}
      />
    </Field>
  )
}

export interface MoneyFieldProps extends FieldProps {
  /** Pounds as typed ('28' or '28.00'), never pence. */
  defaultValue?: Value
  required?: boolean
}

/** Pounds and pence as a person writes them; `parsePounds` of the kernel reads it. */
export function MoneyField(props: MoneyFieldProps) {
  const { id, control } = described(props, props.required)
  return (
    <Field {...props}>
      <div className="prefix">
        <span aria-hidden="true">£</span>
        <input
          className="input num"
          id={id}
          name={props.name}
          inputMode="decimal"
          autoComplete="off"
          maxLength={16}
          {...kept(props.defaultValue)}
          {...control}
        />
      </div>
    </Field>
  )
}

export interface TextareaProps extends FieldProps {
  defaultValue?: Value
  rows?: number
  maxLength?: number
  required?: boolean
}

export function Textarea(props: TextareaProps) {
  const { id, control } = described(props, props.required)
  return (
    <Field {...props}>
      <textarea
        id={id}
        name={props.name}
        {...(props.rows ? { rows: props.rows } : {})}
        {...(props.maxLength ? { maxLength: props.maxLength } : {})}
        {...kept(props.defaultValue)}
        {...control}
      />
    </Field>
  )
}

/** Six digits from a letter or an e-mail: never masked, may be pasted. */
export function CodeField(props: FieldProps & { defaultValue?: Value }) {
  return (
    <TextField
      {...props}
      width={8}
      className="code-input"
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      maxLength={12}
      required
    />
  )
}
