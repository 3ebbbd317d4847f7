// Builds what `npm start` serves, when its sources changed.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { alone } from './alone.mjs'
import { bundle, bundleServer } from './bundle.mjs'
import { hashOf } from './install.mjs'
import { inRoot, say } from './paths.mjs'
import { runNode } from './run-command.mjs'

const SOURCES = ['app', 'services', 'prisma/schema', 'prisma/seed', 'public', 'scripts', 'package-lock.json']
const CONFIGURATION = ['tsconfig.json', 'vite.config.ts', 'remix.config.js']
const stamp = inRoot('build', '.made-from')
const made = ['build/server/index.js', 'build/server.mjs', 'build/query-compiler.wasm']

const sourceHash = () =>
  hashOf([...SOURCES, ...CONFIGURATION], (path) => path.replaceAll('\\', '/') === 'services/db/generated')

/** Packs text files once, as small as they go, beside the originals. */
async function packFiles(folder) {
  const packed = promisify(brotliCompress)
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  await Promise.all(
    names
      .filter((entry) => entry.isFile() && ['.js', '.css', '.svg', '.json'].includes(extname(entry.name)))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        const bytes = await readFile(path)
        // Half of what a page loads is smaller than a kilobyte, and packs to half of it.
        if (bytes.length < 200) return
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
        await writeFile(`${path}.br`, await packed(bytes, { params }))
      }),
  )
}

/** The server, and the demo's maker when there is one. */
export async function buildServer() {
  await mkdir(inRoot('build'), { recursive: true })
  await writeInAscii(await bundleServer(inRoot('app/server.ts'), inRoot('build/server.mjs')))
  if (existsSync(inRoot('prisma/seed/main.ts')))
    await bundle(inRoot('scripts/seed-demo.ts'), inRoot('build/seed-demo.mjs'))
}

/** One letter that is not Latin, a ’ in a sentence, and V8 keeps the whole file with two bytes a letter: 6 MB for these. */
async function writeInAscii(path) {
  const text = await readFile(path, 'utf8')
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  await writeFile(path, text.replace(/[^\0-\x7f]/g, escaped))
}

/** Builds unless nothing changed since the last time; one process at a time. */
export const build = (options) => alone(() => buildNow(options))

async function buildNow({ always = false } = {}) {
  const hash = await sourceHash()
  const before = await readFile(stamp, 'utf8').catch(() => '')
  if (!always && before === hash && made.every((path) => existsSync(inRoot(path)))) return
  say('Building the site…')
  await rm(stamp, { force: true })
  const remix = inRoot('node_modules/@remix-run/dev/dist/cli.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  const { code, output } = await runNode(remix, ['vite:build', '--logLevel', 'warn'], { env, capture: true })
  if (code !== 0) {
    // After its reason Vite lists every file it knows.
    process.stderr.write(`${output.split(/^\s*watchFiles:/m)[0].trimEnd()}\n`)
    throw new Error('The site could not be built: see the words above.')
  }
  await writeInAscii(inRoot('build/server/index.js'))
  await buildServer()
  await packFiles(inRoot('build', 'client'))
  await writeFile(stamp, hash)
}
