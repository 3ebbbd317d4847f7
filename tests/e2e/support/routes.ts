import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

interface BuiltRoute {
  id: string
  /** '/my/visits/:id' */
  path: string
  hasLoader: boolean
  hasAction: boolean
}

const build = fileURLToPath(new URL('../../../build/server/index.js', import.meta.url))
/** In a process of its own: the build brings the whole server with it. */
const SCRIPT = `
const { routes } = await import(process.argv[1])
const pathOf = (route) => route ? [pathOf(routes[route.parentId]), route.path].filter(Boolean).join('/') : ''
const all = Object.values(routes).filter(({ id }) => id !== 'root').map((route) => ({
  id: route.id, path: '/' + pathOf(route), hasLoader: !!route.module.loader, hasAction: !!route.module.action }))
process.stdout.write(JSON.stringify(all), () => process.exit(0))
`

/** Every route of the site as it was built. */
export async function builtRoutes(): Promise<BuiltRoute[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', SCRIPT, build],
    { maxBuffer: 10_000_000 },
  )
  return JSON.parse(stdout) as BuiltRoute[]
}
