/**
 * Ends the process in order on Ctrl-C, SIGTERM, or when the npm that started us is gone (a killed npm cannot pass
 * a signal on). A second Ctrl-C ends it at once.
 */
export function stopWhenAsked() {
  const state = { stop: async () => undefined, begun: false }
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) end('its parent ended')
  }, 1_000)
  watch.unref()
  const end = (why) => {
    if (state.begun) process.exit(1)
    state.begun = true
    clearInterval(watch)
    process.stdout.write(`\nStopping (${why})…\n`)
    state.stop().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`${error?.message ?? String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => end('Ctrl-C'))
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGHUP', () => end('the terminal was closed'))
  return state
}
