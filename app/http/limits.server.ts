import type { Request, RequestHandler, Response } from 'express'
import { rateLimit } from 'express-rate-limit'

export type Refuse = (req: Request, res: Response, status: number, message: string) => void

/** Forms are small; nothing on the site takes more than this in one go, */
const MOST_BYTES = 1_000_000
/** but for the pages that take a file: a receipt of 5 MB, and the form around it. */
const MOST_WITH_FILE = 5_500_000
const TAKES_FILE =
  /^\/(my\/money\/(bank|purchases\/[^/]+\/receipt)|council\/(purchases\/[^/]+|money\/(bank|instalments))|provider\/money\/accounts\/[^/]+\/bank)(\.data)?$/
/** A photograph of 10 MB, and the form around it. */
const MOST_WITH_PHOTO = 11_000_000
const TAKES_PHOTO = /^\/provider\/(photo|services\/[^/]+\/photos)(\.data)?$/
const TOO_LARGE = 'That was too large to send. Nothing was changed.'

const mostFor = (path: string): number =>
  TAKES_PHOTO.test(path) ? MOST_WITH_PHOTO : TAKES_FILE.test(path) ? MOST_WITH_FILE : MOST_BYTES

/** Refuses what is too large, by what the browser announces and, when it announces nothing, by counting. */
export function bodyLimit(refuse: Refuse): RequestHandler {
  return (req, res, next) => {
    const announced = Number(req.headers['content-length'] ?? 0)
    const most = mostFor(req.path)
    if (announced > most) {
      res.setHeader('Connection', 'close')
      refuse(req, res, 413, TOO_LARGE)
      return
    }
    if (req.headers['transfer-encoding'] !== undefined) {
      let bytes = 0
      const count = (chunk: Buffer): void => {
        bytes += chunk.length
        if (bytes > most) req.destroy()
      }
      req.on('data', count)
      // A listener starts the flow; the reader that comes later starts it again.
      req.pause()
    }
    next()
  }
}

/**
 * What is left of a body when its answer is on the way. A form that was refused unread would stand in the connection,
 * and the browser's next request would wait behind it for ever.
 */
export const readToTheEnd: RequestHandler = (req, res, next) => {
  res.once('finish', () => {
    if (req.complete) return
    req.removeAllListeners('data')
    req.resume()
  })
  next()
}

/** Slows down guessing of codes and flooding of letter boxes; each address also has limits of its own. */
export function signInLimit(refuse: Refuse, most: number): RequestHandler {
  const limiter = rateLimit({
    windowMs: 10 * 60_000,
    limit: most,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    // Its look at where it was made reads a stack, and with it the source maps of everything into memory.
    validate: { creationStack: false },
    handler: (req, res) => {
      refuse(req, res, 429, 'There were many tries to sign in from here. Wait ten minutes, then try again.')
    },
  })
  return (req, res, next) => {
    if (req.method === 'POST' && /^\/sign-in(\/|\.|$)/.test(req.path)) {
      void limiter(req, res, next)
      return
    }
    next()
  }
}
