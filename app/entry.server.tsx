import { PassThrough } from 'node:stream'
import {
  createReadableStreamFromReadable,
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { shortReference } from '#services/kernel/ids.ts'
import { NonceProvider } from './http/nonce.ts'
import './http/context.ts'

const GIVE_UP_MS = 10_000
export const streamTimeout = GIVE_UP_MS

/** The whole page is sent at once: nothing on it may need JavaScript to appear. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, deps, requestId }: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let code = status
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        onAllReady() {
          const body = new PassThrough()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: code }))
          pipe(body)
        },
        onShellError: reject,
        onError(error) {
          code = 500
          deps.log.error({ requestId, reference: shortReference(requestId), err: error }, 'rendering failed')
        },
      },
    )
    setTimeout(abort, GIVE_UP_MS + 1_000).unref()
  })
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
