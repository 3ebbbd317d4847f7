import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest'

// Something that complains on the console is something nobody looked at.
const complaints: unknown[][] = []
// Node tells a warning once in a process, in the turn after what it warns of: maybe in the next test.
const warnings: string[] = []
const hear = ({ name, message }: Error): void => {
  if (name !== 'ExperimentalWarning') warnings.push(`${name}: ${message}`)
}
process.on('warning', hear)

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
afterAll(() => {
  process.off('warning', hear)
  expect(warnings, 'Node warned of nothing').toEqual([])
})
