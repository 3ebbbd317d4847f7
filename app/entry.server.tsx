import {
  createReadableStreamFromReadable,
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { shortReference } from '#services/kernel/ids.ts'
import { NonceProvider } from './http/nonce.ts'
import { wholePage } from './http/whole-page.server.ts'
import './http/context.ts'

const GIVE_UP_MS = 10_000
export const streamTimeout = GIVE_UP_MS

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, deps, requestId }: AppLoadContext,
): Promise<Response> {
  const page = (
    <NonceProvider value={nonce}>
      <RemixServer context={remixContext} url={request.url} nonce={nonce} />
    </NonceProvider>
  )
  const { body, failed } = await wholePage(page, {
    nonce,
    giveUpMs: GIVE_UP_MS + 1_000,
    onError(error) {
      deps.log.error({ requestId, reference: shortReference(requestId), err: error }, 'rendering failed')
    },
  })
  headers.set('Content-Type', 'text/html; charset=utf-8')
  return new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status })
}

/** Errors that `run` did not see: thrown while rendering, or by Remix itself. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted) return
  const { requestId, deps } = context
  // A form sent to a page that takes none, for one: refused by Remix, and no fault of ours.
  if (isRouteErrorResponse(error) && error.status < 500) return
  deps.log.error({ requestId, reference: shortReference(requestId), err: error }, 'request failed')
}
