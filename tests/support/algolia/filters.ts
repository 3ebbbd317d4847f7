/** `filters` as Algolia reads them: ANDs of ORs, texts against facets and numbers against numbers. */
export type Thing = Record<string, unknown>

export class BadRequest extends Error {}

interface Term {
  not: boolean
  attribute: string
  kind: 'facet' | 'number'
  holds(this: void, value: unknown): boolean
}

const TERM =
  /^(NOT\s+)?([\w.]+)\s*(?::\s*"([^"]*)"|:\s*(-?[\d.]+)\s+TO\s+(-?[\d.]+)|(<=|>=|<|>|!=|=)\s*(-?[\d.]+))$/
const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
}

function term(text: string): Term {
  const match = TERM.exec(text.trim())
  if (!match) throw new BadRequest(`filters: Unexpected token in "${text}"`)
  const [, not, attribute = '', facet, from, to, sign = '', number] = match
  const values = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
  if (facet !== undefined)
    return {
      not: not !== undefined,
      attribute,
      kind: 'facet',
      holds: (value) => values(value).some((one) => String(one).toLowerCase() === facet.toLowerCase()),
    }
  const fits = (value: number): boolean =>
    from === undefined
      ? (COMPARE[sign]?.(value, Number(number)) ?? false)
      : value >= Number(from) && value <= Number(to)
  return {
    not: not !== undefined,
    attribute,
    kind: 'number',
    holds: (value) => values(value).some((one) => typeof one === 'number' && fits(one)),
  }
}

/** @param facets what may be filtered by as text: anything else matches nothing, as at Algolia */
export function filtersOf(text: string, facets: ReadonlySet<string>): (object: Thing) => boolean {
  if (text === '') return () => true
  const clauses = text.split(' AND ').map((clause) => {
    const inner = clause.trim().replace(/^\((.*)\)$/, '$1')
    if (/[()]/.test(inner)) throw new BadRequest('filters: only ANDs of ORs may be asked for')
    const terms = inner.split(' OR ').map(term)
    if (new Set(terms.map(({ kind }) => kind)).size > 1)
      throw new BadRequest('filters: different types are not allowed in the same OR')
    return terms
  })
  return (object) =>
    clauses.every((terms) =>
      terms.some(({ not, attribute, kind, holds }) => {
        const given = object[attribute]
        const known = given !== undefined && (kind === 'number' || facets.has(attribute))
        return (known && holds(given)) !== not
      }),
    )
}
