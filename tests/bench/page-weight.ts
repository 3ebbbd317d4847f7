import type { Row } from './measure.ts'
import { BENCH_DATA, startSite } from './site.ts'

/** Of script before anything is pressed, and of everything before photographs; in bytes as they travel. */
const MOST_SCRIPT = 110_000
const MOST = 220_000

const bytesOf = async (address: string): Promise<number> => {
  const answer = await fetch(address, { headers: { 'Accept-Encoding': 'br' } })
  if (!answer.ok) throw new Error(`${address} answers ${String(answer.status)}`)
  // fetch unpacks what it gets: what travelled is what the header says, else it is packed by nobody.
  const length = answer.headers.get('Content-Length')
  const body = await answer.arrayBuffer()
  if (length !== null) return Number(length)
  const { brotliCompressSync } = await import('node:zlib')
  return brotliCompressSync(Buffer.from(body)).length
}

/** What a page of results weighs for somebody who opens it for the first time. */
export async function pageWeight(): Promise<Row[]> {
  const site = await startSite(BENCH_DATA, { demo: false })
  try {
    const html = await (await fetch(`${site.url}/find?near=Millgate`)).text()
    const all = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(js|css|woff2))"/g)]
    const imported = [...html.matchAll(/["'](\/assets\/[^"']+\.js)["']/g)].map(([, path]) => path ?? '')
    const scripts = [
      ...new Set([...all.filter(([, , kind]) => kind === 'js').map(([, path]) => path ?? ''), ...imported]),
    ]
    const others = [...new Set(all.filter(([, , kind]) => kind !== 'js').map(([, path]) => path ?? ''))]
    const weigh = async (paths: readonly string[]): Promise<number> =>
      (await Promise.all(paths.map((path) => bytesOf(site.url + path)))).reduce(
        (sum, bytes) => sum + bytes,
        0,
      )
    const styles = await Promise.all(
      others
        .filter((path) => path.endsWith('.css'))
        .map(async (path) => (await fetch(site.url + path)).text()),
    )
    // Of the typeface a browser fetches the part that English is written with, upright.
    const faces = styles.flatMap((css) => css.match(/@font-face\s*{[^}]*}/g) ?? [])
    const fonts = faces
      .filter((face) => !/italic/.test(face))
      .flatMap((face) => /\/assets\/[^)"']+\.woff2/.exec(face)?.[0] ?? [])
    const script = await weigh(scripts)
    const whole =
      script +
      (await weigh([...new Set([...others, ...fonts])])) +
      (await bytesOf(`${site.url}/find?near=Millgate`))
    const row = (name: string, bytes: number, most: number): Row => ({
      name,
      value: bytes / 1_000,
      unit: 'kB',
      floor: null,
      ratio: null,
      target: `≤ ${String(most / 1_000)} kB`,
      ok: bytes <= most,
    })
    return [row('page-weight', script, MOST_SCRIPT), row('page-weight-whole', whole, MOST)]
  } finally {
    await site.stop()
  }
}
