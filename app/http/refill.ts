import type { Values } from './typed.ts'

/** What a page itself puts into a form, and presses: nobody typed these. */
const NOT_TYPED = /^(intent|end|next|then|order|up|own|reset|shown|expectedFee|step|yes|.*Id|id|pending|t)$/
/** Pages that show nothing of what was sent to them: a press, or a search that answers on the spot. */
const NO_FORM = /^\/(circle\/act|council\/(people|money\/audit))$/

/** A form that came too late, on its way back to its own page. */
export interface Refill {
  /** The page's path, without the search part. */
  path: string
  values: Values
}

/** All that was typed, by name; a name that was sent several times has a list. */
export function valuesOfFields(fields: readonly (readonly [string, string])[]): Values {
  const values: Record<string, string | string[]> = {}
  for (const [name] of fields) {
    const all = fields.filter(([other]) => other === name).map(([, value]) => value)
    values[name] = all.length > 1 ? all : (all[0] ?? '')
  }
  return values
}

/**
 * What the form's own page is filled in with; null for a form in which nobody typed or chose anything, which is offered to
 * be sent as it was.
 */
export function refillOf(form: {
  path: string
  fields: readonly (readonly [string, string])[]
}): Refill | null {
  const path = form.path.split('?')[0] ?? form.path
  if (NO_FORM.test(path)) return null
  const typed = form.fields.some(([name, value]) => !NOT_TYPED.test(name) && value.trim() !== '')
  return typed ? { path, values: valuesOfFields(form.fields) } : null
}
