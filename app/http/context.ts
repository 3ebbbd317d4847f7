import type { Deps } from '#services/ports/deps.ts'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
  /** What Express hands to every loader and action. */
  interface AppLoadContext {
    deps: Deps
    /** In every log line of this request. */
    requestId: string
    /** For the scripts that Remix puts into the page. */
    nonce: string
    /** Refused before it reached a route; the root page says so. */
    refusal?: { status: number; message: string }
  }
}
