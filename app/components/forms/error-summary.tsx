import { useEffect, useRef } from 'react'
import { sentences, type FieldError } from './field.tsx'

export interface ErrorSummaryProps {
  /** Sentences by field name, in the order of the page; the name '' is for the form as a whole. */
  errors: Readonly<Record<string, FieldError>> | null | undefined
  /** Where a field's id is not its name. */
  ids?: Readonly<Record<string, string>>
  title?: string
  level?: 2 | 3
}

const COUNT = ['', 'One thing', 'Two things', 'Three things', 'Four things', 'Five things']

/**
 * What is to be put right, with a link to each field. It takes the focus when it appears, but not from somebody who
 * has begun to type: on a slow line the scripts come after the first letters. Without script the role makes
 * screen readers say it first, and it stands before the form.
 */
export function ErrorSummary({ errors, ids = {}, title, level = 2 }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  const lines = Object.entries(errors ?? {}).flatMap(([name, error]) =>
    sentences(error).map((text) => ({ name, text })),
  )
  const said = lines.map((line) => line.text).join('\n')
  useEffect(() => {
    if (said && !document.activeElement?.matches('input, select, textarea')) box.current?.focus()
  }, [said])
  if (lines.length === 0) return null
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className="errors stack-s" role="alert" tabIndex={-1} ref={box}>
      <Heading>{title ?? `${COUNT[lines.length] ?? 'Some things'} to put right`}</Heading>
      <ul>
        {lines.map(({ name, text }) => (
          <li key={`${name}:${text}`}>{name ? <a href={`#${ids[name] ?? name}`}>{text}</a> : text}</li>
        ))}
      </ul>
    </div>
  )
}
