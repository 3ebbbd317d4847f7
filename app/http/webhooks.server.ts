import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { receiveCardWebhook } from '#services/cards/receive-card-webhook.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { receiveWebhook } from '#services/payments/receive-webhook.server.ts'

/** An event is some kilobytes; nobody without the secret makes us keep more. */
const MOST_BYTES = '300kb'

/**
 * Where the payment service tells what happened. No form and no browser: a signature over the bytes says who sent it, so it
 * stands before the check of where forms come from. 200 only once the event is stored; anything else is sent again by them.
 */
export const paymentWebhooks = (deps: Deps): Handlers =>
  webhooks(deps, async (body, signature) => {
    const received = await receiveWebhook(deps, body, signature)
    return typeof received === 'string' ? { status: 200, headers: {}, body: 'ok\n' } : received
  })

/** Where a card scheme tells, and asks before each purchase: the answer goes back as the ledger gave it. */
export const cardWebhooks = (deps: Deps): Handlers =>
  webhooks(deps, (body, signature) => receiveCardWebhook(deps, body, signature))

type Handlers = (RequestHandler | ErrorRequestHandler)[]
type Received =
  { status: number; headers: Readonly<Record<string, string>>; body: string } | { refused: string }

function webhooks(
  deps: Deps,
  take: (body: Uint8Array | string, signature: string | null) => Promise<Received>,
): Handlers {
  const receive: RequestHandler = (req, res, next) => {
    const work = async (): Promise<void> => {
      await deps.clock.refresh?.()
      const body: unknown = req.body
      const received = await take(
        Buffer.isBuffer(body) ? body : '',
        req.get('stripe-signature') ?? req.get('kith-signature') ?? null,
      )
      if ('refused' in received) {
        deps.log.warn({ why: received.refused }, 'a webhook was refused')
        res.status(400).type('text').send('refused\n')
        return
      }
      res.status(received.status).type('text').set(received.headers).send(received.body)
    }
    work().catch(next)
  }
  // Broken off, too long, or packed in a way that cannot be read: nothing was stored.
  const unread: ErrorRequestHandler = (error: { status?: unknown }, _req, res, next) => {
    const { status } = error
    if (typeof status !== 'number' || status >= 500 || res.headersSent) next(error)
    else res.status(status).type('text').send('refused\n')
  }
  return [express.raw({ type: () => true, limit: MOST_BYTES }), receive, unread]
}
