import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Files of one worker share what they import: reading it anew for each took a third of the time. Each has a house of its own.
// It is said for each project: they do not take it from the whole.
const isolate = false
const folder = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))
const alias = [
  { find: /^~\//, replacement: `${folder('app')}/` },
  { find: /^#services\//, replacement: `${folder('services')}/` },
  { find: /^#tests\//, replacement: `${folder('tests')}/` },
]

export default defineConfig({
  test: {
    retry: 0,
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          isolate,
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/architecture/**/*.test.ts'],
          setupFiles: ['tests/support/strict.ts'],
          // Properties that take a second alone take several beside other work; a test that hangs still ends.
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          isolate,
          include: ['tests/integration/**/*.test.ts', 'tests/contracts/**/*.test.ts'],
          setupFiles: ['tests/support/strict.ts'],
          globalSetup: ['tests/support/postgres.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
