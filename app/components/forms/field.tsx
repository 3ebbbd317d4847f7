import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

/** Sentences about what is wrong, as a form library or a DomainError hands them over. */
export type FieldError = string | readonly string[] | null | undefined

export interface FieldProps {
  name: string
  /** As the name unless the page has two of them. The error summary links to it. */
  id?: string
  label: ReactNode
  hint?: ReactNode
  error?: FieldError
  /** The label is the heading of a page that asks one thing. */
  heading?: boolean
}

export function sentences(error: FieldError): readonly string[] {
  if (!error) return []
  return typeof error === 'string' ? [error] : error
}

/** Ids, and what a control must carry so that its hint and error are read with it. */
export function described({ name, id = name, hint, error }: FieldProps, required = false) {
  const bad = sentences(error).length > 0
  const by = [hint ? `${id}-hint` : '', bad ? `${id}-error` : ''].filter(Boolean).join(' ')
  return {
    id,
    bad,
    control: {
      ...(by ? { 'aria-describedby': by } : {}),
      ...(bad ? { 'aria-invalid': true as const } : {}),
      // aria-required and not required: the server's sentence is kinder than the browser's bubble.
      ...(required ? { 'aria-required': true as const } : {}),
    },
  }
}

/** Hint, then error, in the order they are read. */
export function HintAndError({ id, hint, error }: { id: string; hint?: ReactNode; error?: FieldError }) {
  const wrong = sentences(error)
  return (
    <>
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {wrong.length > 0 ? (
        <span className="error-text" id={`${id}-error`}>
          <span className="vh">To put right: </span>
          {wrong.join(' ')}
        </span>
      ) : null}
    </>
  )
}

/** One control with its label. */
export function Field({ children, ...props }: FieldProps & { children: ReactNode }) {
  const { id, bad } = described(props)
  const label = <label htmlFor={id}>{props.label}</label>
  return (
    <div className={cx('field', bad && 'bad')}>
      {props.heading ? <h1>{label}</h1> : label}
      <HintAndError id={id} hint={props.hint} error={props.error} />
      {children}
    </div>
  )
}

/** Several controls that answer one question. */
export function Group({
  children,
  wide = false,
  ...props
}: FieldProps & { children: ReactNode; wide?: boolean }) {
  const { id, bad, control } = described(props)
  const { 'aria-describedby': by } = control
  return (
    <fieldset
      className={cx('field', wide && 'wide', bad && 'bad')}
      id={`${id}-group`}
      {...(by ? { 'aria-describedby': by } : {})}
    >
      <legend>{props.heading ? <h1>{props.label}</h1> : props.label}</legend>
      <HintAndError id={id} hint={props.hint} error={props.error} />
      {children}
    </fieldset>
  )
}
