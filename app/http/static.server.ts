import { readdirSync, existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import express, { type RequestHandler } from 'express'

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}

/**
 * The files of the build. Those that the build packed with brotli are sent so to browsers that can read it. A page's own headers would be
 * 900 bytes of each file, more than many files have: of them a file carries what holds for files.
 */
export function staticFiles(folder: string): RequestHandler {
  const packed = new Set(
    (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
      .filter((name) => name.endsWith('.br'))
      .map((name) => `/${relative('', name).split(sep).join('/')}`),
  )
  const files = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders(res, path) {
      // A file's name under assets/ changes with its content.
      const forever = path.includes(`${sep}assets${sep}`)
      res.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
      res.setHeader('X-Content-Type-Options', 'nosniff')
      res.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
      // A picture that is opened by itself is a document, too.
      res.setHeader('Content-Security-Policy', "default-src 'none'")
    },
  })
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      next()
      return
    }
    if (packed.has(req.path)) {
      next()
      return
    }
    const type = TYPES[req.path.split('.').pop() ?? '']
    if (type && packed.has(`${req.path}.br`)) {
      res.vary('Accept-Encoding')
      if (req.acceptsEncodings('br')) {
        res.setHeader('Content-Encoding', 'br')
        res.setHeader('Content-Type', type)
        req.url = `${req.path}.br`
      }
    }
    files(req, res, next)
  }
}

export const buildFolder = (clone: string): string => join(clone, 'build', 'client')
