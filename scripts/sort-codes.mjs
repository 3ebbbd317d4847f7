// Writes services/payees/sort-code-table.ts from the two files that the banks' payment operator publishes for modulus checking:
//   node scripts/sort-codes.mjs VALACDOS.txt SCSUBTAB.txt "8.50" > services/payees/sort-code-table.ts
import { readFileSync } from 'node:fs'

const [weightsFile, substitutesFile, version] = process.argv.slice(2)
if (!weightsFile || !substitutesFile || !version) {
  process.stderr.write('usage: node scripts/sort-codes.mjs VALACDOS.txt SCSUBTAB.txt VERSION\n')
  process.exit(2)
}
const lines = (path) =>
  readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells.length > 1)

const checks = new Map()
const ranges = new Map()
for (const cells of lines(weightsFile)) {
  const [from, until, ...check] = cells
  if (!/^\d{6}$/.test(from) || !/^\d{6}$/.test(until) || check.length < 15 || check.length > 16)
    throw new Error(`cannot be read: ${cells.join(' ')}`)
  const words = check.join(' ')
  if (!checks.has(words)) checks.set(words, checks.size)
  const range = `${from}-${until}`
  ranges.set(range, [...(ranges.get(range) ?? []), checks.get(words)])
}
/** Words one after the other, in lines that fit. */
const folded = (words) => {
  const out = ['']
  for (const word of words)
    if (out.at(-1).length + word.length > 104) out.push(word)
    else out[out.length - 1] += out.at(-1) === '' ? word : ` ${word}`
  return out.map((line) => `  ${line}`).join('\n')
}
const span = ([range, own]) => {
  const [from, until] = range.split('-')
  return `${from}${until === from ? '' : `-${until}`}:${own.join('+')}`
}
process.stdout.write(`/**
 * The published weights for checking UK account numbers (version ${version}), written by scripts/sort-codes.mjs: how each check works, then for
 * each range of sort codes which checks it has, in order. Not changed by hand.
 */
export const TABLE_VERSION = '${version}'

/** Method, fourteen weights for the digits of sort code and account number, and the number of an exception. */
export const CHECKS = [
${[...checks.keys()].map((words) => `  '${words}',`).join('\n')}
] as const

export const RANGES = \`
${folded([...ranges].map(span))}
\`

/** Sort codes that are checked as another one (exception 5). */
export const SUBSTITUTES = \`
${folded(lines(substitutesFile).map(([from, to]) => `${from}:${to}`))}
\`
`)
