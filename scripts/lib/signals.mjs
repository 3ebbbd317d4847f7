import { readFileSync } from 'node:fs'

/**
 * Who started us, as far up as npm: there may be the shell that npm runs its command with in between, and it outlives
 * a killed npm. Beyond npm nobody is asked: a site may stay when the terminal that started it goes.
 */
function starters() {
  const parent = process.ppid
  try {
    const [, option] = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0')
    if (option !== '-c') return `${parent}`
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8')
    // Behind the name, which stands in brackets and may hold spaces: the state, then the parent.
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return `${parent}`
  }
}

/** Asked as soon as this file is loaded: npm may be killed while the site is still being built. */
const before = starters()

/**
 * Ends the process in order on Ctrl-C, SIGTERM, or when the npm that started us is gone (a killed npm cannot pass
 * a signal on). A second Ctrl-C ends it at once.
 */
export function stopWhenAsked() {
  const state = { stop: async () => undefined, begun: false }
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && starters() !== before) end('its parent ended')
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
