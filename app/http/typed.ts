import { useActionData, useLocation, useRouteLoaderData } from '@remix-run/react'
import type { Refill } from './refill.ts'

export type Values = Readonly<Record<string, string | string[]>>

/** What a form shows when something is to be put right: sentences by field, and all that was typed. */
export interface Answer {
  errors: Record<string, string[]>
  values: Values
}

/**
 * What `answer` of answer.server.ts refused, or what was typed when the session had ended and waits for its own page;
 * nothing when the form was not sent yet. A redirect never gets here.
 */
export function useAnswer(): Answer | undefined {
  const answered = useActionData<Answer>()
  const refill = useRouteLoaderData<{ refill: Refill | null }>('root')?.refill
  const { pathname } = useLocation()
  if (answered) return answered
  return refill?.path === pathname ? { errors: {}, values: refill.values } : undefined
}

type Answered = { values: Values } | null | undefined

/** For a page: one value of what was typed. */
export const typed = (answered: Answered, name: string): string | undefined => {
  const value = answered?.values[name]
  return Array.isArray(value) ? value[0] : value
}

/** For a page: all values of what was ticked; undefined when nothing was sent yet. */
export const ticked = (answered: Answered, name: string): string[] | undefined => {
  if (!answered) return undefined
  const value = answered.values[name]
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

/** For a page: the three boxes of a date as they were typed. */
export const typedDate = (
  answered: Answered,
  name: string,
): { day: string; month: string; year: string } | undefined =>
  answered
    ? {
        day: typed(answered, `${name}.day`) ?? '',
        month: typed(answered, `${name}.month`) ?? '',
        year: typed(answered, `${name}.year`) ?? '',
      }
    : undefined
