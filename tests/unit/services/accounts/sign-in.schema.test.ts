import { describe, expect, test } from 'vitest'
import { askForCodeSchema, codeForm, nameForm } from '#services/accounts/sign-in.schema.ts'

const said = (result: { success: boolean; error?: { issues: { message: string }[] } }): string =>
  result.error?.issues[0]?.message ?? ''

describe('an e-mail address', () => {
  test('is read without its capitals and the spaces round it', () =>
    expect(askForCodeSchema.parse({ email: '  Joan.Ellis@Example.ORG ' })).toEqual({
      email: 'joan.ellis@example.org',
    }))
  test.each([
    ['', 'Enter your e-mail address'],
    ['   ', 'Enter your e-mail address'],
    ['joan', 'Enter an e-mail address like name@example.org'],
    ['joan@', 'Enter an e-mail address like name@example.org'],
    ['joan@example.org, ann@example.org', 'Enter an e-mail address like name@example.org'],
    ['joan@example.org\nBcc: all@example.org', 'Enter an e-mail address like name@example.org'],
    [`${'a'.repeat(250)}@example.org`, 'This e-mail address is too long. Check it'],
  ])('is refused kindly: %j', (email, sentence) =>
    expect(said(askForCodeSchema.safeParse({ email }))).toBe(sentence),
  )
})

describe('a code', () => {
  test.each(['204816', '204 816', ' 204-816 '])('is read with the spaces people type: %j', (code) =>
    expect(codeForm.parse({ code })).toEqual({ code: '204816' }),
  )
  test.each(['', '20481', '2048167', 'abcdef', '２０４８１６'])('is six digits: %j', (code) =>
    expect(said(codeForm.safeParse({ code }))).toContain('six digits'),
  )
})

test('a name is not empty', () => expect(said(nameForm.safeParse({ name: '  ' }))).toBe('Enter your name'))
