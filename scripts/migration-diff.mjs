// Prints the SQL from an empty database to prisma/schema/*.prisma:
//   node scripts/migration-diff.mjs [schema folder]
import { resolve } from 'node:path'
import { schemaFiles, sqlFromEmpty } from './lib/schema-engine.mjs'

const folder = resolve(process.argv[2] ?? 'prisma/schema')
try {
  process.stdout.write(await sqlFromEmpty(await schemaFiles(folder)))
} catch (error) {
  process.stderr.write(`${error?.message ?? String(error)}\n`)
  process.exitCode = 1
}
