// A Chromium for the browser tests and Lighthouse: the one named, Playwright's own, the system's, or one installed now.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { inRoot, say } from './paths.mjs'
import { runCommand, runNode } from './run-command.mjs'

/** The one without windows first: pages open in it in less time, and nobody watches. */
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
]
const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Chromium in a container and as root, that talks to nobody but the site. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** A browser whose libraries are missing is there, but does not start. */
function works(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    return false
  }
  return spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}

const onPath = () =>
  (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))

async function playwrights() {
  try {
    const { chromium } = await import('@playwright/test')
    return [chromium.executablePath()]
  } catch {
    return []
  }
}

const firstThatWorks = (paths) => paths.find(works) ?? null

/** @returns {Promise<{ path: string } | { problem: string }>} */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return works(named) ? { path: named } : { problem: `CHROMIUM_PATH (${named}) does not start.` }
  const there = firstThatWorks([...(await playwrights()), ...onPath(), ...MAC])
  if (there) return { path: there }

  say('Installing a Chromium for the browser tests…')
  const cli = inRoot('node_modules/playwright/cli.js')
  const root = process.getuid?.() === 0
  await runNode(cli, ['install', ...(root ? ['--with-deps'] : []), 'chromium'], { capture: true })
  const downloaded = firstThatWorks(await playwrights())
  if (downloaded) return { path: downloaded }
  if (root) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await runCommand('apt-get', ['update'], { capture: true, env })
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium-headless-shell'], {
      capture: true,
      env,
    })
    const packaged = firstThatWorks(onPath())
    if (packaged) return { path: packaged }
  }
  return {
    problem:
      'No Chromium was found and none could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one, and run npm test again.',
  }
}
