import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clone } from '#services/db/clone.server.ts'

const signals = pathToFileURL(join(clone, 'scripts', 'lib', 'signals.mjs')).href
/** Stands for the site: says who it is and waits to be stopped. */
const site = `import('${signals}').then(({ stopWhenAsked }) => {
  stopWhenAsked(); setInterval(() => undefined, 1_000); console.log('site ' + process.pid) })`
/** Stands for npm, which runs its command in a shell that stays between the two. */
const npm = `require('node:child_process').spawn('sh', ['-c', '"$NODE" -e "$SITE"; true'], { stdio: 'inherit' })`

test.runIf(process.platform === 'linux')('the site ends when the npm that started it is killed', async () => {
  const child = spawn(process.execPath, ['-e', npm], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE: process.execPath, SITE: site, npm_lifecycle_event: 'start' },
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (words: string) => {
    said += words
    if (/site \d+\n$/.test(said)) child.kill('SIGKILL')
  })
  // Closed once nobody holds it any more: not npm, not the shell, not the site.
  await once(child.stdout, 'close')
  expect(said).toMatch(/^site \d+\n\nStopping \(its parent ended\)…\n$/)
})
