import { afterEach, beforeEach, expect, vi } from 'vitest'

// Something that complains on the console is something nobody looked at.
const complaints: unknown[][] = []

beforeEach(() => {
  complaints.length = 0
  for (const kind of ['error', 'warn'] as const)
    vi.spyOn(console, kind).mockImplementation((...words: unknown[]) => {
      complaints.push(words)
    })
})
afterEach(() => {
  vi.restoreAllMocks()
  expect(complaints, 'nothing was written to the console').toEqual([])
})
