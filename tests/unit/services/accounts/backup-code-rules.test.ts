import { expect, test } from 'vitest'
import {
  codesLeft,
  hashCodes,
  hashOfCode,
  newBackupCodes,
} from '#services/accounts/backup-code-rules.server.ts'

const SECRET = 'a secret that only tests know, long enough'

test('ten different codes are made, without signs that look alike', () => {
  const codes = newBackupCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
})
test('what is kept says nothing about the codes, and hashing it again changes nothing', () => {
  const codes = newBackupCodes()
  const stored = hashCodes(SECRET, JSON.stringify(codes))
  for (const code of codes) expect(stored).not.toContain(code.slice(0, 5))
  expect(hashCodes(SECRET, stored)).toBe(stored)
  expect(codesLeft(stored)).toBe(10)
})
test.each(['7k4mp-xq201', '7K4MPXQ201', ' 7K4MP XQ2O1', '7K4MP-XQ20L', '7K4MP-XQ2oi'])(
  '%s is the code 7K4MP-XQ201',
  (typed) => expect(hashOfCode(SECRET, typed)).toBe(hashOfCode(SECRET, '7K4MP-XQ201')),
)
test('another installation keeps another hash', () =>
  expect(hashOfCode('another secret, just as long as this', 'A')).not.toBe(hashOfCode(SECRET, 'A')))
test('nothing that can be read as codes is none left', () => {
  expect(codesLeft(undefined)).toBe(0)
  expect(codesLeft('3f9a0c')).toBe(0)
  // Kept by the library before there was a page for them.
  expect(codesLeft('["aBcDe-fGhIj"]')).toBe(0)
})
