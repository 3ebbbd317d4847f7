import type { Algoliasearch } from 'algoliasearch'

export interface AlgoliaSettings {
  appId: string
  /** May search and nothing else. */
  searchKey: string
  /** May write. */
  adminKey: string
  index: string
  /** Another host than Algolia's own, for tests: 'http://127.0.0.1:8108'. */
  host: string | null
}

export interface AlgoliaClient {
  /** For searches: they are given up on as soon as somebody else would answer. */
  reader(): Promise<Algoliasearch>
  /** For records, settings and synonyms. */
  writer(): Promise<Algoliasearch>
}

/** Nobody waits longer than this for an answer: `with-fallback.server.ts`. */
export const READ_MS = 300
const WRITE_MS = 30_000

/**
 * The SDK, loaded with the first call: installations without Algolia do not pay for it. It is given no token of a user, no address and
 * no tag, so that Algolia learns of a search what is searched for and nothing of who searches.
 */
export function algoliaClient(settings: AlgoliaSettings, { readMs = READ_MS } = {}): AlgoliaClient {
  const made = new Map<string, Promise<Algoliasearch>>()
  const make = (key: string, timeouts: { connect: number; read: number; write: number }) => {
    const known =
      made.get(key) ??
      import('algoliasearch').then(({ algoliasearch }) =>
        algoliasearch(settings.appId, key, {
          timeouts,
          ...(settings.host && { hosts: [hostOf(settings.host)] }),
        }),
      )
    made.set(key, known)
    return known
  }
  return {
    reader: () => make(settings.searchKey, { connect: readMs, read: readMs, write: readMs }),
    writer: () => make(settings.adminKey, { connect: 2_000, read: WRITE_MS, write: WRITE_MS }),
  }
}

function hostOf(address: string) {
  const { hostname, port, protocol } = new URL(address)
  return {
    url: hostname,
    accept: 'readWrite' as const,
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
    ...(port && { port: Number(port) }),
  }
}
