import type { ReactNode } from 'react'
import { cx } from '../cx.ts'
import { Group, type FieldProps } from './field.tsx'

export interface Choice {
  value: string
  label: ReactNode
  hint?: ReactNode
  /** How many results it would leave. */
  count?: number
}

export interface RadiosProps extends FieldProps {
  options: readonly Choice[]
  defaultValue?: string | null | undefined
  /** plain: one line each; box: a box each, for choices that need explaining. */
  look?: 'plain' | 'box'
}

/** The first control has the field's id, so that the error summary leads to it. */
const idOf = ({ id, name }: FieldProps, i: number): string =>
  i === 0 ? (id ?? name) : `${id ?? name}-${String(i + 1)}`

export function Radios(props: RadiosProps) {
  return (
    <Group {...props}>
      {props.options.map((option, i) => (
        <ChoiceLine
          key={option.value}
          type="radio"
          id={idOf(props, i)}
          name={props.name}
          option={option}
          checked={props.defaultValue === option.value}
          box={props.look === 'box'}
        />
      ))}
    </Group>
  )
}

export interface CheckboxesProps extends FieldProps {
  options: readonly Choice[]
  defaultValue?: readonly string[] | null | undefined
  look?: 'plain' | 'box'
}

export function Checkboxes(props: CheckboxesProps) {
  const chosen = props.defaultValue ?? []
  return (
    <Group {...props}>
      {props.options.map((option, i) => (
        <ChoiceLine
          key={option.value}
          type="checkbox"
          id={idOf(props, i)}
          name={props.name}
          option={option}
          checked={chosen.includes(option.value)}
          box={props.look === 'box'}
        />
      ))}
    </Group>
  )
}

/** One box to tick on its own, such as a consent. */
export function Checkbox({
  name,
  id = name,
  value = 'yes',
  label,
  hint,
  defaultChecked = false,
}: {
  name: string
  id?: string
  value?: string
  label: ReactNode
  hint?: ReactNode
  defaultChecked?: boolean
}) {
  return (
    <ChoiceLine
      type="checkbox"
      id={id}
      name={name}
      option={{ value, label, hint }}
      checked={defaultChecked}
      box={false}
    />
  )
}

export function ChoiceLine({
  type,
  id,
  name,
  option,
  checked,
  box,
}: {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  option: Choice
  checked: boolean
  box: boolean
}) {
  const hintId = option.hint ? `${id}-says` : undefined
  const hint = option.hint ? (
    <span className="hint" id={hintId}>
      {option.hint}
    </span>
  ) : null
  return (
    <div className={box ? 'option' : 'check'}>
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        defaultChecked={checked}
        {...(hintId ? { 'aria-describedby': hintId } : {})}
      />
      {box ? (
        <>
          <label htmlFor={id}>{option.label}</label>
          {hint}
        </>
      ) : (
        <div className={cx('check-text')}>
          <label htmlFor={id}>
            <span>{option.label}</span>
            {option.count === undefined ? null : (
              <span className="count">
                {option.count}
                <span className="vh">{option.count === 1 ? ' service' : ' services'}</span>
              </span>
            )}
          </label>
          {hint}
        </div>
      )}
    </div>
  )
}
