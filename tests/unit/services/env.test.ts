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
  ['STRIPE_SECRET_KEY', 'pk_test_12345678'],
  ['STRIPE_WEBHOOK_SECRET', 'secret'],
  ['STRIPE_WEBHOOK_SECRET', 'whsec_12345678,'],
  ['STRIPE_API_BASE', 'http://api.example.org'],
  ['STRIPE_API_BASE', 'https://api.example.org/v1'],
  ['ALGOLIA_APP_ID', 'no id'],
  ['ALGOLIA_SEARCH_KEY', 'short'],
  ['ALGOLIA_ADMIN_KEY', 'with spaces in it'],
  ['ALGOLIA_INDEX', 'kith/live'],
  ['ALGOLIA_HOST', 'http://search.example.org'],
  ['FILES_S3_ENDPOINT', 'http://store.example.org'],
  ['FILES_S3_ENDPOINT', 'https://store.example.org/bucket'],
  ['FILES_S3_BUCKET', 'My Bucket'],
  ['FILES_S3_REGION', 'eu west'],
  ['FILES_S3_SECRET', 'short'],
  ['MAP_TILES_URL', 'tiles'],
  ['MAP_TILES_URL', 'http://tiles.example.org/{z}/{x}/{y}.png'],
  ['MAP_TILES_URL', 'https://tiles.example.org/{z}/{x}.png'],
  ['MAP_TILES_URL', 'https://tiles.example.org/{z}/{x}/{y}{r}.png'],
  ['MAP_TILES_URL', 'https://{s}.tiles.example.org/{z}/{x}/{y}.png'],
  ['MAP_TILES_URL', 'https://*.example.org/{z}/{x}/{y}.png'],
  ['MAP_TILES_URL', 'https://ana:fish@tiles.example.org/{z}/{x}/{y}.png'],
  ['MAP_TILES_URL', "https://tiles.example.org;script-src 'self'/{z}/{x}/{y}.png"],
  ['MAP_TILES_URL', 'javascript://tiles.example.org/{z}/{x}/{y}'],
  ['MAP_TILES_ATTRIBUTION', '<script>alert(1)</script>'],
  ['MAP_TILES_ATTRIBUTION', '<a href="javascript:alert(1)">Maps</a>'],
  ['MAP_TILES_ATTRIBUTION', ' '],
  ['PLATFORM_FEE_BPS', '0.5'],
  ['PLATFORM_FEE_BPS', '2001'],
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

const STRIPE = {
  STRIPE_SECRET_KEY: 'sk_live_abcdefgh',
  STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh, whsec_ijklmnop',
}
test.each([
  ['its key alone', { STRIPE_SECRET_KEY: 'sk_test_abcdefgh' }, 'STRIPE_WEBHOOK_SECRET must be set too'],
  [
    'the secret of its cards alone',
    { STRIPE_ISSUING_WEBHOOK_SECRET: 'whsec_abcdefgh' },
    'STRIPE_SECRET_KEY must be set',
  ],
  ['its webhook alone', { STRIPE_WEBHOOK_SECRET: 'whsec_abcdefgh' }, 'STRIPE_SECRET_KEY must be set'],
  ['real money in a demo', { ...STRIPE, DEMO: '1' }, 'STRIPE_SECRET_KEY must be a test key while DEMO is on'],
])('of Stripe, %s is refused', (_what, env, words) => {
  const said = problem(env)
  expect(said).toContain(words)
  expect(said).not.toContain('abcdefgh')
})
test('cards are Stripe’s only where the secret of their endpoint is set', () => {
  const of = (more: Record<string, string>) =>
    readSettings({ NODE_ENV: 'production', DEMO: '0', ...STRIPE, ...more }).issuing
  expect(of({})).toBeNull()
  expect(of({ STRIPE_ISSUING_WEBHOOK_SECRET: 'whsec_forcards1' })).toMatchObject({
    secretKey: 'sk_live_abcdefgh',
    webhookSecrets: ['whsec_forcards1'],
  })
})
test('Stripe’s settings are taken together', () => {
  const settings = readSettings({
    NODE_ENV: 'production',
    DEMO: '0',
    ...STRIPE,
    STRIPE_API_BASE: 'http://127.0.0.1:9/',
  })
  expect(settings.stripe).toEqual({
    secretKey: 'sk_live_abcdefgh',
    webhookSecrets: ['whsec_abcdefgh', 'whsec_ijklmnop'],
    apiBase: 'http://127.0.0.1:9',
  })
  expect(readSettings({ NODE_ENV: 'production' })).toMatchObject({ stripe: null, platformFeeBps: 0 })
})

const ALGOLIA = {
  ALGOLIA_APP_ID: 'A1B2C3D4E5',
  ALGOLIA_SEARCH_KEY: 'searchabcdefgh',
  ALGOLIA_ADMIN_KEY: 'adminabcdefgh',
}
test.each(Object.keys(ALGOLIA))('of Algolia, %s is missed where the others are', (name) => {
  const said = problem({ ...ALGOLIA, [name]: '' })
  expect(said).toBe(`Some settings cannot be used.\n${name} must be set where other settings of Algolia are.`)
})
test('a host of Algolia’s without keys is refused, since nothing would be sent there', () => {
  expect(problem({ ALGOLIA_HOST: 'http://127.0.0.1:9' }).split('\n')).toHaveLength(4)
})
test('Algolia’s settings are taken together, and without them PostgreSQL searches alone', () => {
  const of = (more: Record<string, string>) => readSettings({ NODE_ENV: 'production', ...more }).algolia
  expect(of({})).toBeNull()
  expect(of({ ALGOLIA_INDEX: 'other' })).toBeNull()
  const keys = { appId: 'A1B2C3D4E5', searchKey: 'searchabcdefgh', adminKey: 'adminabcdefgh' }
  expect(of(ALGOLIA)).toEqual({ ...keys, index: 'kith', host: null })
  expect(of({ ...ALGOLIA, ALGOLIA_INDEX: 'kith_test', ALGOLIA_HOST: 'http://127.0.0.1:9/' })).toEqual({
    ...keys,
    index: 'kith_test',
    host: 'http://127.0.0.1:9',
  })
})
const STORE = {
  FILES_S3_ENDPOINT: 'https://s3.eu-west-2.amazonaws.com/',
  FILES_S3_BUCKET: 'kith-photographs',
  FILES_S3_REGION: 'eu-west-2',
  FILES_S3_KEY: 'AKIAEXAMPLE',
  FILES_S3_SECRET: 'a secret of the store',
}
test('a store of files needs all five settings, and names those that are missing', () => {
  expect(readSettings({ NODE_ENV: 'production', ...STORE }).fileStore).toEqual({
    endpoint: 'https://s3.eu-west-2.amazonaws.com',
    bucket: 'kith-photographs',
    region: 'eu-west-2',
    keyId: 'AKIAEXAMPLE',
    secret: 'a secret of the store',
  })
  expect(readSettings({ NODE_ENV: 'production' }).fileStore).toBeNull()
  for (const name of Object.keys(STORE)) {
    const said = problem({ ...STORE, [name]: '' })
    expect(said).toContain(`${name} must be set too`)
    expect(said.split('\n')).toHaveLength(2)
    expect(said).not.toContain('a secret of the store')
  }
})

test('a server of tiles is named with whom to thank for them, as words and links; one without the other is refused', () => {
  const url = 'https://tiles.example.org/{z}/{x}/{y}.png?key=1'
  const credit = '&copy; <a href="https://maps.example.org/copyright" target="_blank">Maps</a> &amp; friends'
  expect(
    readSettings({ NODE_ENV: 'production', MAP_TILES_URL: url, MAP_TILES_ATTRIBUTION: credit }).mapTiles,
  ).toEqual({
    url,
    origin: 'https://tiles.example.org',
    credit: [
      { words: '© ', href: null },
      { words: 'Maps', href: 'https://maps.example.org/copyright' },
      { words: ' & friends', href: null },
    ],
  })
  expect(readSettings({ NODE_ENV: 'production' }).mapTiles).toBeNull()
  expect(problem({ MAP_TILES_URL: url })).toContain('MAP_TILES_ATTRIBUTION must be set too')
  expect(problem({ MAP_TILES_ATTRIBUTION: credit })).toContain('MAP_TILES_URL must be set too')
  const here = readSettings({
    NODE_ENV: 'production',
    MAP_TILES_URL: 'http://127.0.0.1:8080/{z}/{x}/{y}.png',
    MAP_TILES_ATTRIBUTION: 'Ours',
  })
  expect(here.mapTiles?.origin).toBe('http://127.0.0.1:8080')
})
