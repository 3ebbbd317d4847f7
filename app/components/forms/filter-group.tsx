import type { ReactNode } from 'react'
import type { Choice } from './choices.tsx'
import { ChoiceLine } from './choices.tsx'

export interface FilterGroupProps {
  title: string
  name: string
  /** Each says in `count` how many results it would leave. */
  options: readonly Choice[]
  chosen: readonly string[]
  /** One of them only: radio buttons. */
  single?: boolean
  open?: boolean
  /** More than a choice, below it. */
  children?: ReactNode
}

/** One group of filters, folded unless something in it is on. */
export function FilterGroup({
  title,
  name,
  options,
  chosen,
  single = false,
  open,
  children,
}: FilterGroupProps) {
  return (
    <details className="box" open={open ?? chosen.length > 0}>
      <summary>{title}</summary>
      <fieldset>
        <legend className="vh">{title}</legend>
        {options.map((option, i) => (
          <ChoiceLine
            key={option.value}
            type={single ? 'radio' : 'checkbox'}
            id={`filter-${name}-${String(i + 1)}`}
            name={name}
            option={option}
            checked={chosen.includes(option.value)}
            box={false}
          />
        ))}
      </fieldset>
      {children}
    </details>
  )
}
