import { expect, test } from 'vitest'
import { patternOf } from '~/http/request-log.server.ts'

const pattern = patternOf([
  { id: 'root', path: '' },
  { id: 'routes/_index', parentId: 'root', index: true },
  { id: 'routes/my', parentId: 'root', path: 'my' },
  { id: 'routes/my.bookings.$id', parentId: 'routes/my', path: 'bookings/:id' },
  { id: 'routes/providers.$slug', parentId: 'root', path: 'providers/:slug' },
])

test.each([
  ['/', '/'],
  ['/my/bookings/019354a0-0000-7000-8000-000000000000', '/my/bookings/:id'],
  ['/my/bookings/019354a0-0000-7000-8000-000000000000.data', '/my/bookings/:id'],
  ['/_root.data', '/'],
  ['/providers/maureen-ashworth', '/providers/:slug'],
  ['/people/maureen@example.test', '(none)'],
  ['/%E0%A4%A', '(none)'],
  ['/assets/app-Xy12.css', '/assets/*'],
  ['/healthz', '/healthz'],
])('%s is logged as %s', (path, expected) => {
  expect(pattern(path)).toBe(expected)
})
