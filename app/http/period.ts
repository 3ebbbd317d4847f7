import { readDate } from '~/components/forms/date-parts.ts'

/** The period of a statement in an address: a month, or two days, each as one text or as the three boxes of a date. */
export function periodOf({ searchParams }: URL): {
  month: string | null
  from: string | null
  until: string | null
} {
  const day = (name: string): string | null => readDate(searchParams, name) || searchParams.get(name)
  return { month: searchParams.get('month'), from: day('from'), until: day('until') }
}
