import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

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
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/architecture/**/*.test.ts'],
          setupFiles: ['tests/support/strict.ts'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
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
