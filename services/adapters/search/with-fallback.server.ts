import type { Logger } from 'pino'
import type { Search, SearchAnswer, SearchQuery } from '#services/ports/search.ts'
import type { Temporal } from '#services/kernel/time.ts'

/** An engine that may say of a question that it is not for it. */
export interface PartialSearch {
  find(query: SearchQuery, now: Temporal.Instant): Promise<SearchAnswer | null>
}

export interface FallbackOptions {
  /** How long the first engine is waited for. */
  withinMs: number
  log: Pick<Logger, 'warn'>
  /** Milliseconds that only ever grow. */
  elapsed?: () => number
}

/** After so many failures in a row it is not even asked, for so long. */
const FAILURES = 5
const REST_MS = 30_000

const SLOW = Symbol('slow')

/**
 * Asks the first engine, and the second one when the first is slow, fails, answers nonsense or says that a question is not for it. Who
 * searches notices nothing but the time. What went wrong is logged as a kind and a count: no words of a search, no message of a vendor.
 */
export function withFallback(first: PartialSearch, second: Search, options: FallbackOptions): Search {
  const { withinMs, log, elapsed = () => performance.now() } = options
  let failures = 0
  let restsUntil = 0

  const failed = (why: string): void => {
    failures += 1
    const rests = failures >= FAILURES
    if (rests) restsUntil = elapsed() + REST_MS
    log.warn({ engine: 'algolia', why, failures, rests }, 'a search was answered by PostgreSQL instead')
  }

  async function tried(query: SearchQuery, now: Temporal.Instant): Promise<SearchAnswer | null> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<typeof SLOW>((resolve) => {
      timer = setTimeout(() => {
        resolve(SLOW)
      }, withinMs)
    })
    try {
      const asked = first.find(query, now)
      const answer = await Promise.race([asked, late])
      if (answer === SLOW) {
        failed('slow')
        // Its answer comes too late, and so does its failure.
        asked.catch(() => undefined)
        return null
      }
      if (answer) failures = 0
      return answer
    } catch (error) {
      failed(error instanceof Error ? error.name : 'failed')
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    async find(query, now) {
      const rests = failures >= FAILURES && elapsed() < restsUntil
      return (rests ? null : await tried(query, now)) ?? (await second.find(query, now))
    },
  }
}
