import { z } from 'zod'

/** Pictures of the country under the pins of a map, from a server of tiles that the operator chose. */
export interface MapTiles {
  /** With {z}, {x} and {y}. */
  url: string
  /** All that a page may fetch pictures from besides this site. */
  origin: string
  /** Whom to thank for them, as the map says it. */
  credit: readonly { words: string; href: string | null }[]
}

const EXAMPLE = 'https://tiles.example.org/{z}/{x}/{y}.png'

const filled = (text: string): string => text.replace('{z}', '0').replace('{x}', '0').replace('{y}', '0')

/** What is wrong with it; null when nothing is. */
function wrongWith(text: string): string | null {
  const address = filled(text)
  const example = `must be an address such as ${EXAMPLE}`
  // Nothing of the host may change from tile to tile, and none of it may be a star.
  if (!/^https?:\/\/[^/{}]+\/[\x21-\x7e]{1,500}$/i.test(text) || !URL.canParse(address)) return example
  const { protocol, hostname, username, password } = new URL(address)
  if (!/^(?:[a-z0-9.-]+|\[[\da-f:]+\])$/.test(hostname) || username !== '' || password !== '') return example
  if (['{z}', '{x}', '{y}'].some((part) => text.split(part).length !== 2) || /[{}]/.test(address))
    return 'must hold {z}, {x} and {y} once each, and nothing else in such brackets'
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
    ? null
    : 'must begin with https, since it tells what part of the country is looked at'
}

/** One origin exactly: it goes into the content security policy, where a star would open it to others. */
export const tilesAddress = z.string().superRefine((text, context) => {
  const wrong = wrongWith(text)
  if (wrong) context.addIssue(wrong)
})

const ENTITIES: readonly [RegExp, string][] = [
  [/&copy;|&#169;/g, '©'],
  [/&amp;/g, '&'],
]

/** Words and links, as publishers of maps hand them out; no other HTML, since it is shown on a page. */
export const tilesCredit = z.string().transform((text, context): MapTiles['credit'] => {
  const parts = [...text.matchAll(/<a href="(https?:\/\/[^"<>\s]+)"[^<>]*>([^<>]+)<\/a>|([^<>]+)/gi)]
  if (text.length > 500 || text.trim() === '' || parts.map(([whole]) => whole).join('') !== text) {
    context.addIssue('must be words, and links such as <a href="https://…">words</a>, of 500 letters at most')
    return z.NEVER
  }
  const plain = (words: string): string =>
    ENTITIES.reduce((all, [entity, letter]) => all.replace(entity, letter), words)
  return parts.map(([, href, linked, words]) =>
    href && linked ? { words: plain(linked), href } : { words: plain(words ?? ''), href: null },
  )
})

/**
 * What the two settings say together.
 * @throws Error that names the one that is missing: pictures without thanks break their licence
 */
export function mapTiles(url: string | undefined, credit: MapTiles['credit'] | undefined): MapTiles | null {
  if (!url && !credit) return null
  if (url && credit) return { url, origin: new URL(filled(url)).origin, credit }
  const [missing, other] = url
    ? ['MAP_TILES_ATTRIBUTION', 'MAP_TILES_URL']
    : ['MAP_TILES_URL', 'MAP_TILES_ATTRIBUTION']
  throw new Error(`Some settings cannot be used.\n${missing} must be set too where ${other} is.`)
}
