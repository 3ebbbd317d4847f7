// TypeScript to one JavaScript file; packages stay outside it.
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

export async function bundle(entry, outfile) {
  const { build } = await import('esbuild')
  await build(bundleOptions(entry, outfile))
  return outfile
}

/** Where `scripts/run.mjs` keeps the bundle of an entry. */
export const runFile = (entry) =>
  inRoot(
    'build',
    'run',
    `${entry.replaceAll(/[\\/]/g, '__').replace(/\.\w+$/, '')}-${String(process.pid)}.mjs`,
  )
