import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { askForCode } from '#services/accounts/ask-for-code.server.ts'
import type { Browser } from '#services/accounts/browser.ts'
import { readSignInLink } from '#services/accounts/sign-in-link.server.ts'
import { signInWithCode } from '#services/accounts/sign-in-with-code.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const browser: Browser = { cookie: null, userAgent: 'Firefox/140.0' }
const newEmail = (): string => `${newId()}@test.example`

// The library asks the machine for the time: both clocks stand still together.
beforeEach(() => {
  house().clock.set(TEST_NOW)
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(TEST_NOW) })
})
afterEach(() => vi.useRealTimers())
const minutesLater = (minutes: number): void => {
  house().clock.advance({ minutes })
  vi.setSystemTime(new Date(house().clock.now().epochMilliseconds))
}

const ask = async (email: string): Promise<string> => {
  await askForCode(house().deps, ANONYMOUS, { email })
  await house().runJobs()
  const mail = house().mail.sent.findLast(({ to }) => to === email.toLowerCase())
  return /^\d{6}/.exec(mail?.subject ?? '')?.[0] ?? ''
}
const signIn = (email: string, code: string) =>
  signInWithCode(house().deps, ANONYMOUS, { email, code, browser })
const wrongOf = (code: string): string => (code === '000000' ? '000001' : '000000')

describe('signing in with a code', () => {
  test('an address nobody has used becomes an account, and the code signs in', async () => {
    const email = newEmail()
    const session = await signIn(email, await ask(email))
    expect(session).toMatchObject({ nameMissing: true, signedIn: { secondStepDue: false, supports: false } })
    const user = await house().deps.db.prisma.user.findUniqueOrThrow({ where: { email } })
    expect(user.emailVerified).toBe(true)
  })

  test('capitals and spaces in the address make no second account', async () => {
    const email = newEmail()
    await signIn(email, await ask(email))
    await signIn(email.toUpperCase(), await ask(` ${email.toUpperCase()} `.trim()))
    expect(await house().deps.db.prisma.user.count({ where: { email } })).toBe(1)
  })

  test('a code works once', async () => {
    const email = newEmail()
    const code = await ask(email)
    await signIn(email, code)
    await expect(signIn(email, code)).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('of two presses at the same moment one wins', async () => {
    const email = newEmail()
    const code = await ask(email)
    const answers = await Promise.allSettled([signIn(email, code), signIn(email, code), signIn(email, code)])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('a code is over after ten minutes', async () => {
    const email = newEmail()
    const code = await ask(email)
    minutesLater(11)
    await expect(signIn(email, code)).rejects.toMatchObject({
      code: 'INVALID',
      publicMessage: /more than 10 minutes old/,
    })
  })

  test('five wrong tries make the right code worthless', async () => {
    const email = newEmail()
    const code = await ask(email)
    for (let i = 0; i < 5; i += 1)
      await expect(signIn(email, wrongOf(code))).rejects.toMatchObject({
        details: { fields: { code: [expect.any(String)] } },
      })
    await expect(signIn(email, code)).rejects.toMatchObject({
      code: 'INVALID',
      publicMessage: /tried too often/,
    })
  })

  test('a new code makes the older ones worthless', async () => {
    const email = newEmail()
    const first = await ask(email)
    const second = await ask(email)
    if (first !== second) await expect(signIn(email, first)).rejects.toMatchObject({ code: 'INVALID' })
    await expect(signIn(email, second)).resolves.toBeDefined()
  })

  test('somebody else’s code signs nobody in', async () => {
    const [mine, theirs] = [newEmail(), newEmail()]
    const code = await ask(theirs)
    await ask(mine)
    const own = await ask(mine)
    if (own !== code) await expect(signIn(mine, code)).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('neither code nor address can be read in the database of codes, nor in a log', async () => {
    const email = newEmail()
    const code = await ask(email)
    const rows = await house().asOwner<{ row: string }>('select v::text as row from auth_verification v')
    expect(rows.length).toBeGreaterThan(0)
    for (const { row } of rows) {
      expect(row).not.toMatch(new RegExp(`\\b${code}\\b`))
      expect(row).not.toContain(email)
    }
    expect(JSON.stringify(house().logged)).not.toContain(email)
  })

  test('the sixth code for one address in a quarter of an hour is refused, and the count holds no address', async () => {
    const email = newEmail()
    for (let i = 0; i < 5; i += 1) await askForCode(house().deps, ANONYMOUS, { email })
    await expect(askForCode(house().deps, ANONYMOUS, { email })).rejects.toMatchObject({ code: 'TOO_MANY' })
    const rows = await house().asOwner<{ key: string }>('select key from rate_count')
    expect(rows.map(({ key }) => key).join(' ')).not.toContain('test.example')
    minutesLater(15)
    await expect(askForCode(house().deps, ANONYMOUS, { email })).resolves.toBeDefined()
  })

  test('asking says the same for a known and for an unknown address', async () => {
    const [known, unknown] = [newEmail(), newEmail()]
    await signIn(known, await ask(known))
    const answers = [
      await askForCode(house().deps, ANONYMOUS, { email: known }),
      await askForCode(house().deps, ANONYMOUS, { email: unknown }),
    ]
    await house().runJobs()
    expect(answers.map((answer) => Object.keys(answer))).toEqual([['email'], ['email']])
    const subjects = [known, unknown].map((email) =>
      house()
        .mail.sent.findLast(({ to }) => to === email)
        ?.subject.slice(6),
    )
    expect(subjects[0]).toBe(subjects[1])
  })
})

describe('the link in the mail', () => {
  const linkOf = (email: string): URL => {
    const text = house().mail.sent.findLast(({ to }) => to === email)?.text ?? ''
    return new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? '')
  }
  test('holds address and code sealed, and reading it signs nobody in', async () => {
    const email = newEmail()
    const code = await ask(email)
    const link = linkOf(email)
    expect(link.pathname).toBe('/sign-in/link')
    expect(decodeURIComponent(link.href)).not.toContain(email)
    expect(readSignInLink(house().deps, link.searchParams.get('t') ?? '')).toEqual({ email, code })
    expect(await house().deps.db.prisma.session.count({ where: { user: { email } } })).toBe(0)
    await expect(signIn(email, code)).resolves.toBeDefined()
  })
  test('is over with its code', async () => {
    const email = newEmail()
    await ask(email)
    const sealed = linkOf(email).searchParams.get('t') ?? ''
    minutesLater(11)
    expect(readSignInLink(house().deps, sealed)).toBeNull()
  })
})

describe('being a member of a provider', () => {
  test('a membership offered to an address becomes theirs at the first sign-in', async () => {
    const { providerId } = await makeProvider(house().deps)
    const email = newEmail()
    const member = { providerId, name: 'Wendy', email: email.toUpperCase(), role: 'coordinator' as const }
    await house().deps.db.prisma.member.create({ data: member })
    const { signedIn } = await signIn(email, await ask(email))
    expect(signedIn.actor.providers).toMatchObject([{ providerId, role: 'coordinator' }])
  })
  test('one that has ended does not', async () => {
    const { providerId } = await makeProvider(house().deps)
    const email = newEmail()
    const member = { providerId, name: 'Wendy', email, role: 'owner' as const, endedAt: new Date(TEST_NOW) }
    await house().deps.db.prisma.member.create({ data: member })
    const { signedIn } = await signIn(email, await ask(email))
    expect(signedIn.actor.providers).toEqual([])
  })
  test('two rows for one address at one provider give one membership', async () => {
    const { providerId } = await makeProvider(house().deps)
    const email = newEmail()
    const member = { providerId, name: 'Wendy', email, role: 'worker' as const }
    await house().deps.db.prisma.member.createMany({ data: [member, member] })
    const { signedIn } = await signIn(email, await ask(email))
    expect(signedIn.actor.providers).toHaveLength(1)
  })
})
