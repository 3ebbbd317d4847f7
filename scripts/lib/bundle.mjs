// TypeScript to one JavaScript file; packages stay outside it.
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inRoot } from './paths.mjs'

/** esbuild options for one entry; `outfile` is where it lands, inside build/. */
export const bundleOptions = (entry, outfile) => ({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  sourcemap: 'inline',
  sourcesContent: false,
  logLevel: 'error',
  tsconfig: inRoot('tsconfig.json'),
  alias: { '#services': inRoot('services'), '#tests': inRoot('tests'), '~': inRoot('app') },
})

/**
 * Prisma's query compiler comes as base64 in a module, which a process that runs for long keeps as text, twice: 9 MB. This lays it
 * beside the bundle as the bytes that it is, read when they are asked for and then let go.
 */
const compilerAsBytes = (outfile) => ({
  name: 'query-compiler-as-bytes',
  setup({ onResolve, onLoad }) {
    const require = createRequire(import.meta.url)
    onResolve(
      { filter: /^@prisma\/client\/runtime\/query_compiler_\w+\.postgresql\.wasm-base64\.mjs$/ },
      ({ path }) => ({
        path: require.resolve(path),
        namespace: 'bytes',
      }),
    )
    onLoad({ filter: /./, namespace: 'bytes' }, async ({ path }) => {
      const { wasm } = await import(path)
      await writeFile(join(dirname(outfile), 'query-compiler.wasm'), Buffer.from(wasm, 'base64'))
      const read = "readFileSync(new URL('./query-compiler.wasm', import.meta.url))"
      return {
        contents: `import { readFileSync } from 'node:fs'\nexport const wasm = { valueOf: () => ${read} }`,
        loader: 'js',
      }
    })
  },
})

/** @param {object} changes to the options */
export async function bundle(entry, outfile, changes = {}) {
  const { build } = await import('esbuild')
  await build({ ...bundleOptions(entry, outfile), ...changes })
  return outfile
}

/** For a process that runs for long: what it need not keep in memory lies beside it. */
export const bundleServer = (entry, outfile) =>
  bundle(entry, outfile, { sourcemap: 'external', plugins: [compilerAsBytes(outfile)] })

/** Where `scripts/run.mjs` keeps the bundle of an entry. */
export const runFile = (entry) =>
  inRoot(
    'build',
    'run',
    `${entry.replaceAll(/[\\/]/g, '__').replace(/\.\w+$/, '')}-${String(process.pid)}.mjs`,
  )
