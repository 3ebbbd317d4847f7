/** Ends with a sentence for a person; the stack only for what is not one of our own sentences. */
export function fail(error) {
  const known = error instanceof Error && error.name === 'Error'
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`\n${text}\n`)
  if (!known && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exit(1)
}
