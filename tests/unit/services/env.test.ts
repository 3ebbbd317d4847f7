import { expect, test } from 'vitest'
import { readSettings } from '#services/env.server.ts'

const problem = (env: Record<string, string>): string => {
  try {
    readSettings({ NODE_ENV: 'production', ...env })
    return 'nothing is wrong'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '3000.5'],
  ['ORIGIN', 'kith.example.org'],
  ['ORIGIN', 'localhost:3000'],
  ['ORIGIN', 'https://kith.example.org/care'],
  ['DATABASE_URL', 'localhost/kith'],
  ['DATABASE_URL', 'mysql://user@localhost/kith'],
  ['DATABASE_POOL', '1'],
  ['DEMO', 'yes'],
  ['SESSION_SECRET', 'too short'],
  ['SMTP_URL', 'mail.example.org'],
  ['SMTP_URL', 'mail.example.org:587'],
  ['MAIL_FROM', 'Kith'],
  ['METRICS_TOKEN', 'short'],
  ['TRUST_PROXY', 'true'],
  ['SIGN_IN_LIMIT', '0'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is named and nothing starts', (name, value) => {
  expect(problem({ [name]: value })).toMatch(
    new RegExp(`^Some settings cannot be used\\.\\n${name} must .+\\.$`),
  )
})

test('what a wrong setting holds is not repeated, since it may be a secret', () => {
  const said = problem({ SMTP_URL: 'ana:fish@mail', SESSION_SECRET: 'fish and chips', PORT: 'fish' })
  expect(said.split('\n')).toHaveLength(4)
  expect(said).not.toContain('fish')
})

test('settings that are right are taken, and empty ones are as if they were not given', () => {
  const settings = readSettings({
    NODE_ENV: 'production',
    PORT: '8080',
    ORIGIN: 'https://kith.example.org/',
    DATABASE_URL: 'postgresql:///kith?host=/run/postgresql',
    SMTP_URL: '',
    SESSION_SECRET: '',
  })
  expect(settings).toMatchObject({
    port: 8080,
    origin: 'https://kith.example.org',
    demo: false,
    smtpUrl: null,
    sessionSecret: null,
  })
})
