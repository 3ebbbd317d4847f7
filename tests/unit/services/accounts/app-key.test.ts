import { expect, test } from 'vitest'
import { appKey } from '#services/accounts/app-key.ts'

const URI = 'otpauth://totp/Kith:leon@aldermere.example?secret=GEZDGNBVGY3TQOJQ&issuer=Kith'

test('a key is shown in groups of four and as a picture with a quiet edge', () => {
  const { typed, uri, picture } = appKey(URI)
  expect(typed).toBe('GEZD GNBV GY3T QOJQ')
  expect(uri).toBe(URI)
  // A finder pattern stands in three corners, four modules from the edge: its outer line is seven modules wide.
  const dark = new Set(
    [...picture.path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x ?? ''} ${y ?? ''}`),
  )
  const last = picture.size - 5
  for (const [x, y] of [
    [4, 4],
    [last - 6, 4],
    [4, last - 6],
  ] as const)
    for (let i = 0; i < 7; i += 1) {
      expect(dark.has(`${String(x + i)} ${String(y)}`)).toBe(true)
      expect(dark.has(`${String(x)} ${String(y + i)}`)).toBe(true)
    }
  for (let i = 0; i < picture.size; i += 1) expect(dark.has(`${String(i)} 3`)).toBe(false)
})
