/** Ends with a sentence for a person; the stack only for what is not one of our own sentences. */
export function fail(error) {
  const text = error instanceof Error ? error.message : String(error)
  process.stderr.write(`\n${text}\n`)
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exit(1)
}
