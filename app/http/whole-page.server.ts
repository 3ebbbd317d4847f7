import { PassThrough } from 'node:stream'
import type { ReactElement } from 'react'
import { renderToPipeableStream } from 'react-dom/server'

export interface WholePage {
  body: PassThrough
  /** A part of it could not be drawn. */
  failed: boolean
}

interface Options {
  nonce: string
  /** After which what is not drawn yet is given up. */
  giveUpMs: number
  onError: (error: unknown) => void
}

/**
 * The page when all of it is drawn: nothing on it may need JavaScript to appear.
 * @throws what kept even its shell from being drawn
 */
export function wholePage(page: ReactElement, { nonce, giveUpMs, onError }: Options): Promise<WholePage> {
  return new Promise((resolve, reject) => {
    let failed = false
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        clearTimeout(giveUp)
        const body = new PassThrough()
        resolve({ body, failed })
        // Not before a giving up, which calls this, is through.
        queueMicrotask(() => {
          pipe(body)
        })
      },
      onShellError(error) {
        clearTimeout(giveUp)
        reject(error instanceof Error ? error : new Error(String(error)))
      },
      onError(error) {
        failed = true
        onError(error)
      },
    })
    // It holds the page and everything that was drawn: left to run out, it kept the pages of the last eleven seconds in memory.
    const giveUp = setTimeout(abort, giveUpMs).unref()
  })
}
