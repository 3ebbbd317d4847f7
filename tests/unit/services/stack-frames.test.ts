import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeError } from '#services/log.server.ts'
import { framesOf } from '#services/stack-frames.server.ts'

const SOURCE = `
// A line that is not there when it has been bundled.
type Words = string
export function refuse(words: Words): never {
  throw new RangeError(words)
}
`
let folder: string
let thrown: Error

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-frames-'))
  const outfile = join(folder, 'bundle.mjs')
  await build({
    stdin: { contents: SOURCE, loader: 'ts', sourcefile: 'refuse.ts', resolveDir: folder },
    outfile,
    format: 'esm',
    sourcemap: 'external',
  })
  const { refuse } = (await import(pathToFileURL(outfile).href)) as { refuse: (words: string) => never }
  try {
    refuse('maureen@example.test\n    at home, she says')
  } catch (error) {
    thrown = error as Error
  }
})
afterAll(() => rm(folder, { recursive: true }))

test('an error in a bundle is told by the line of its source', () => {
  expect(framesOf(thrown).some((frame) => /refuse.*refuse\.ts:5:9\)?$/.test(frame))).toBe(true)
})

test('a frame of what was never bundled stays as it is, and so does one that is no place in a file', () => {
  const stack =
    'Error: x\n    at one (/nowhere/one.js:1:2)\n    at async Promise.all (index 0)\n    at node:internal/x:1:1'
  expect(framesOf({ stack, message: 'x' })).toEqual([
    'at one (/nowhere/one.js:1:2)',
    'at async Promise.all (index 0)',
    'at node:internal/x:1:1',
  ])
})

test('a message that looks like a frame is none, whether the error still has it or not', () => {
  const { at, message } = describeError(thrown) as { at: string[]; message: string }
  expect(at[0]).toContain('refuse.ts')
  expect(message).not.toContain('maureen')
  expect(framesOf({ stack: thrown.stack ?? '', message: 'another' }).join()).not.toContain('at home')
})
