import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { conditionsOf } from '#services/adapters/search/algolia-filters.ts'
import { Questions } from '#services/adapters/search/algolia-questions.ts'
import { clone } from '#services/db/clone.server.ts'
import { FILTERS } from '#services/ports/search.ts'
import { filtersOf } from '#tests/support/algolia/filters.ts'
import { EVERYTHING } from '#tests/support/searched-market.ts'

test('the SDK is loaded in one place, when it is first needed', () => {
  const sources = ['services', 'app', 'scripts'].flatMap((folder) =>
    readdirSync(join(clone, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('generated'))
      .map((name) => ({ name, text: readFileSync(join(clone, folder, name), 'utf8') })),
  )
  const naming = sources.filter(({ text }) =>
    /^import (?!type).*'algoliasearch'|import\('algoliasearch'\)/m.test(text),
  )
  expect(naming.map(({ name }) => name)).toEqual([join('adapters', 'search', 'algolia-client.server.ts')])
  expect(naming[0]?.text).not.toMatch(/^import (?!type).*'algoliasearch'/m)
})

test('every filter of a search is said to Algolia, or the search is left to PostgreSQL', () => {
  const everything = {
    ...EVERYTHING,
    categories: ['nursing'],
    kinds: ['charity'],
    settings: ['online'],
    audiences: ['dementia'],
    days: [1],
    regulated: true,
    per: 'hour',
    maxPence: 2_000,
    sizes: ['one'],
    languages: ['polish'],
    access: ['hoist'],
    checks: ['dbs'],
    workers: ['woman'],
    open: true,
    fund: { allowed: [], refused: [], accreditedOnly: true, ceilingPence: null },
  }
  // 'within' is the radius of a question itself; 'hours' is PostgreSQL's.
  const said = new Set<string>([...conditionsOf(everything).keys(), 'within', 'hours'])
  expect(FILTERS.filter((name) => !said.has(name))).toEqual([])
})

test('a code that is none cannot break out of its condition', () => {
  const conditions = conditionsOf({ ...EVERYTHING, categories: ['x" OR foundUntil >= 0 OR category:"y\\'] })
  const filters = [...conditions.values()].flat().join(' AND ')
  expect(filters).toBe('(category:"x OR foundUntil >= 0 OR category:y")')
})

test('the same question is asked once, whatever is read out of its answer', () => {
  const questions = new Questions('kith', { query: '', any: false }, null, ['foundUntil >= 1'])
  questions.ask({ clauses: [], facets: ['kind'], hits: 10 })
  questions.ask({ clauses: [], facets: ['day', 'kind'] })
  questions.ask({ clauses: ['open:"yes"'] })
  expect(questions.requests.map(({ facets, hitsPerPage }) => [facets, hitsPerPage])).toEqual([
    [['kind', 'day'], 10],
    [[], 1],
  ])
})

test('near is two questions that no entry answers twice', () => {
  const place = { point: { lat: 53.547_8, lon: -2.103_3 }, metres: 5_000.4 }
  const { requests } = ((questions) => {
    questions.ask({ clauses: [] })
    return questions
  })(new Questions('kith', { query: '', any: false }, place, []))
  expect(requests).toHaveLength(2)
  expect(requests.map(({ aroundLatLng, aroundRadius }) => [aroundLatLng, aroundRadius])).toEqual([
    ['53.55,-2.10', 5_000],
    ['53.55,-2.10', 'all'],
  ])
  const [near, comes] = requests.map(({ filters = '' }) => filtersOf(filters, new Set(['reach'])))
  for (const reach of [['here'], ['everywhere']])
    expect([near?.({ reach }), comes?.({ reach })].filter(Boolean)).toHaveLength(1)
})
