import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staticFiles } from '~/http/static.server.ts'

const SCRIPT = `export const words = '${'said '.repeat(500)}'`
let folder: string
let server: ReturnType<express.Express['listen']>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-static-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', 'find-Xy12.js'), SCRIPT)
  await writeFile(join(folder, 'assets', 'find-Xy12.js.br'), brotliCompressSync(SCRIPT))
  await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const app = express()
  app.disable('x-powered-by')
  app.use(staticFiles(folder))
  server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const get = (path: string, accepts: string): Promise<IncomingMessage & { bytes: number }> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    request({ port, path, agent: false, headers: { 'Accept-Encoding': accepts } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.on('end', () => {
        resolve(Object.assign(response, { bytes }))
      })
    })
      .on('error', reject)
      .end()
  })

test('a file is sent as the build packed it to browsers that can read it, and as it is to others', async () => {
  const packed = await get('/assets/find-Xy12.js', 'gzip, br')
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
  })
  expect(packed.bytes).toBeLessThan(100)
  const plain = await get('/assets/find-Xy12.js', 'gzip')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.bytes).toBe(SCRIPT.length)
})

test('a file whose name changes with its content is kept for good, another for an hour', async () => {
  expect((await get('/assets/find-Xy12.js', 'br')).headers['cache-control']).toContain('immutable')
  expect((await get('/favicon.svg', 'br')).headers['cache-control']).toBe('public, max-age=3600')
})

test('headers are what holds for files: no kind is guessed, no other site uses it, a picture by itself runs nothing', async () => {
  const { headers, rawHeaders } = await get('/favicon.svg', 'br')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'",
  })
  // Twenty files with a page's headers were 20 kB of a page.
  expect(rawHeaders.join(': ').length).toBeLessThan(500)
})

test('what is not there is left to whoever comes next', async () => {
  expect((await get('/assets/find-Xy13.js', 'br')).statusCode).toBe(404)
})
