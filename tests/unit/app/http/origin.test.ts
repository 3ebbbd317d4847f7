import { expect, test } from 'vitest'
import { fromOurPages } from '~/http/origin.server.ts'

const own = 'https://kith.example'
const post = (headers: Record<string, string>) => ({
  method: 'POST',
  hostname: 'localhost',
  headers: { host: 'localhost:3000', ...headers },
})

test.each([
  ['from the address it was sent to', { origin: 'http://localhost:3000' }, true],
  ['from the site’s public address, behind a proxy', { origin: 'https://kith.example' }, true],
  ['from another website', { origin: 'https://evil.example' }, false],
  ['from another port of this machine', { origin: 'http://localhost:3001' }, false],
  ['from a name that begins like ours', { origin: 'https://kith.example.evil.example' }, false],
  ['from a page that hides its origin', { origin: 'null' }, false],
  ['from a program that is no browser', {}, true],
  ['from a browser that says another site made it', { 'sec-fetch-site': 'cross-site' }, false],
  ['from a browser that says this site made it', { 'sec-fetch-site': 'same-origin' }, true],
])('a form %s', (_name, headers, allowed) => {
  expect(fromOurPages(post(headers), own)).toBe(allowed)
})

test('a page may be asked for from anywhere', () => {
  expect(fromOurPages({ ...post({ origin: 'https://evil.example' }), method: 'GET' }, own)).toBe(true)
})
