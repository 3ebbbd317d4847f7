import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { READ_MS } from '#services/adapters/search/algolia-client.server.ts'
import { withFallback } from '#services/adapters/search/with-fallback.server.ts'
import type { Search, SearchAnswer, SearchQuery } from '#services/ports/search.ts'
import { Temporal } from '#services/kernel/time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const answer = (total: number) => ({ total }) as SearchAnswer
const second: Search = { find: () => Promise.resolve(answer(2)) }
const at = Temporal.Instant.from('2026-11-02T10:00:00Z')

test('an engine that says nothing is waited for 300 milliseconds and no longer', async () => {
  expect(READ_MS).toBe(300)
  const logged: object[] = []
  const search = withFallback({ find: () => new Promise(() => undefined) }, second, {
    withinMs: READ_MS,
    log: { warn: (line: object) => logged.push(line) },
  })
  let got: SearchAnswer | null = null
  const asked = search.find({} as SearchQuery, at).then((found) => {
    got = found
  })
  await vi.advanceTimersByTimeAsync(299)
  expect(got).toBeNull()
  await vi.advanceTimersByTimeAsync(1)
  await asked
  expect(got).toEqual(answer(2))
  expect(logged).toMatchObject([{ why: 'slow', failures: 1 }])
})

test('one that answers in time is believed', async () => {
  const search = withFallback({ find: () => Promise.resolve(answer(1)) }, second, {
    withinMs: READ_MS,
    log: { warn: () => undefined },
  })
  expect(await search.find({} as SearchQuery, at)).toEqual(answer(1))
})
