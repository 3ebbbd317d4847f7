import { isId } from '#services/kernel/ids.ts'
import { FIELDS, QUESTIONS, type Answers, type Field, type FieldName, type Question } from './questions.ts'

/** What the path depends on beside the answers. */
export interface Known {
  /** Funds that could pay; empty for whoever has none, or may not see the money. */
  funds: readonly { id: string; name: string }[]
}
export const NO_FUNDS: Known = { funds: [] }

const LONGEST_AREA = 80
const MOST_FUNDS_KEPT = 1
const fieldByName = new Map<FieldName, Field>(
  QUESTIONS.flatMap(({ fields }) => fields.map((field) => [field.name, field])),
)

/** The area of a place: short, one line, and without what no name of a place holds. */
const isArea = (text: string): boolean =>
  text.length <= LONGEST_AREA && text.trim() === text && text !== '' && !/[\p{Cc}\p{Cf}\p{Cs}<>]/u.test(text)

function codesIn(field: Field, values: readonly unknown[]): string[] {
  const texts = values.filter((value): value is string => typeof value === 'string')
  switch (field.kind) {
    case 'place':
      return texts.filter(isArea).slice(0, 1)
    case 'fund':
      return texts.filter(isId).slice(0, MOST_FUNDS_KEPT)
    case 'one':
      return field.options
        .filter(({ value }) => texts.includes(value))
        .map(({ value }) => value)
        .slice(0, 1)
    case 'several':
      return field.options.map(({ value }) => value).filter((value) => texts.includes(value))
  }
}

/**
 * Answers as they were kept. A cookie or an old row can hold anything: what is no answer is dropped. An answer of which
 * nothing is left counts as not asked, so that it is asked again.
 */
export function readAnswers(kept: unknown): Answers {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {}
  const answers: Answers = {}
  for (const name of FIELDS) {
    const values: unknown = Object.hasOwn(kept, name) ? (kept as Record<string, unknown>)[name] : undefined
    const field = fieldByName.get(name)
    if (!Array.isArray(values) || !field) continue
    const codes = codesIn(field, values.slice(0, 100))
    if (codes.length > 0 || values.length === 0) answers[name] = codes
  }
  return answers
}

export const isEmpty = (answers: Answers): boolean => Object.keys(answers).length === 0

/** The questions that these answers lead to, in order; never more than twelve. */
export const pathOf = (answers: Answers, known: Known): readonly Question[] =>
  QUESTIONS.filter(({ asked }) => asked?.(answers, { hasFunds: known.funds.length > 0 }) ?? true)

/** A question counts as answered when each of its fields was, also by not saying. */
export const isAnswered = ({ fields }: Question, answers: Answers): boolean =>
  fields.every(({ name }) => answers[name] !== undefined)

/** The first question that is still open; null when all are answered. */
export const firstOpen = (answers: Answers, known: Known): Question | null =>
  pathOf(answers, known).find((question) => !isAnswered(question, answers)) ?? null

/**
 * The answers that count: those to questions on the path, with what is still offered. What an earlier answer made
 * pointless stays kept and counts again when it makes sense again.
 */
export function thatCount(answers: Answers, known: Known): Answers {
  const counting: Answers = {}
  for (const { fields } of pathOf(answers, known))
    for (const field of fields) {
      const values = answers[field.name]
      if (values === undefined) continue
      const offered = optionsOf(field, answers, known).map(({ value }) => value)
      counting[field.name] =
        field.kind === 'place' ? values : values.filter((value) => offered.includes(value))
    }
  return counting
}

/** What can be chosen for a field now. */
export const optionsOf = (
  field: Field,
  answers: Answers,
  known: Known,
): { value: string; label: string; hint?: string }[] =>
  field.kind === 'fund'
    ? known.funds.map(({ id, name }) => ({ value: id, label: name }))
    : field.options
        .filter(({ offered }) => offered?.(answers) ?? true)
        .map(({ value, label, hint }) => ({ value, label, ...(hint ? { hint } : {}) }))

/** What a form sent for one question, read; sentences by field where it is no answer. */
export function readForm(
  question: Question,
  sent: (name: string) => readonly string[],
  answers: Answers,
  known: Known,
): { given: Answers; errors: Record<string, string[]> } {
  const given: Answers = {}
  const errors: Record<string, string[]> = {}
  for (const field of question.fields) {
    if (field.kind === 'place') continue
    const values = [...new Set(sent(field.name).filter((value) => value !== ''))]
    const offered = optionsOf(field, answers, known).map(({ value }) => value)
    if (values.some((value) => !offered.includes(value)))
      errors[field.name] = ['Choose from the list. One of the answers was not on it']
    else if (field.kind !== 'several' && values.length > 1) errors[field.name] = ['Choose one of them']
    else given[field.name] = offered.filter((value) => values.includes(value))
  }
  const [first] = question.fields
  if (
    first &&
    first.kind !== 'place' &&
    Object.keys(errors).length === 0 &&
    question.fields.every(({ name }) => given[name]?.length === 0)
  )
    errors[first.name] = [`Choose an answer, or press “${question.skip}”`]
  return { given, errors }
}

/** Would rather not say. */
export const skipped = ({ fields }: Question): Answers =>
  Object.fromEntries(fields.map(({ name }) => [name, []]))
