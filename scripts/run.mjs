// Runs a TypeScript entry: node scripts/run.mjs scripts/import.ts cqc FILE
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, runFile } from './lib/bundle.mjs'
import { prepare } from './lib/install.mjs'

const [entry, ...rest] = process.argv.slice(2)
if (!entry) {
  process.stderr.write('Say which file: node scripts/run.mjs FILE.ts [arguments]\n')
  process.exit(2)
}
await prepare()
const file = await bundle(resolve(entry), runFile(entry))
// The entry sees its own name and arguments as if Node had been called with it.
process.argv = [process.argv[0], resolve(entry), ...rest]
try {
  await import(pathToFileURL(file).href)
} finally {
  await rm(file, { force: true })
}
