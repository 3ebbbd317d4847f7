import { expect, test } from 'vitest'
import { choicesInBrowser, keepChoices } from '~/http/choosing.server.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const sent = (cookie: string) => new Request('http://kith.test/choose', { headers: { Cookie: cookie } })

test('a browser’s answers are sealed, small, and read back', () => {
  const { deps } = house()
  const answers = { what: ['house', 'out'], for: ['dementia'], near: ['Millgate'] }
  const header = keepChoices(deps, answers)
  expect(header).toContain('HttpOnly; SameSite=Lax')
  expect(header).not.toMatch(/dementia|Millgate|house/)
  expect(header.length).toBeLessThan(4_000)
  expect(choicesInBrowser(deps, sent(header.split(';')[0] ?? ''))).toEqual(answers)
  expect(keepChoices(deps, {})).toContain('Max-Age=0')
})

test('a cookie that somebody wrote by hand is no answer', () => {
  const { deps } = house()
  for (const value of ['', '{"what":["house"]}', '%00', 'a'.repeat(9_000), '%3Cscript%3E', "' or 1=1"])
    expect(choicesInBrowser(deps, sent(`kith.choices=${value}`))).toEqual({})
})
