import { join, resolve } from 'node:path'
import { z } from 'zod'
import { clone } from '#services/db/clone.server.ts'
import { type MapTiles, mapTiles, tilesAddress, tilesCredit } from './map-tiles.ts'

const flag = z
  .enum(['0', '1', 'true', 'false'], 'must be 1 or 0')
  .transform((value) => value === '1' || value === 'true')
const whole = (least: number, most: number) => {
  const problem = `must be a whole number from ${String(least)} to ${String(most)}`
  return z
    .string()
    .regex(/^\d+$/, problem)
    .transform(Number)
    .pipe(z.number().min(least, problem).max(most, problem))
}
/** An address of one of these kinds, with a host; what it says is not repeated, since it may hold a password. */
const address = (kinds: readonly string[], example: string) =>
  z.string().refine((text) => {
    if (!URL.canParse(text)) return false
    const { protocol, host } = new URL(text)
    return host !== '' && kinds.includes(protocol.slice(0, -1))
  }, `must be an address such as ${example}`)

/** The start of a service's address; without https only on this machine, and `why` says so. */
const ofHost = (why: string) =>
  address(['http', 'https'], 'https://api.example.org')
    .transform((text) => new URL(text))
    .refine(({ href, origin }) => href === `${origin}/`, 'must be the start of an address, with no path')
    .refine(
      ({ protocol, hostname }) =>
        protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname),
      why,
    )
    .transform(({ origin }) => origin)

const webhookSecrets = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (all) => all.every((part) => /^whsec_\S{8,}$/.test(part)),
    'must be whsec_…, or several with commas between',
  )

const algoliaKey = z.string().regex(/^[\w=-]{8,}$/, 'must be a key of letters and figures')

const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be production, development or test')
    .default('production'),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** The address people type, for links in mail and passkeys. */
  ORIGIN: address(['http', 'https'], 'https://kith.example.org')
    .transform((text) => new URL(text))
    .refine(({ href, origin }) => href === `${origin}/`, 'must be the start of an address, with no path')
    .transform(({ origin }) => origin)
    .optional(),
  /** A PostgreSQL on this machine may be named by its socket alone, without a host. */
  DATABASE_URL: z
    .string()
    .refine(
      (text) => /^postgres(ql)?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''),
      'must be an address such as postgresql://user:password@host/database',
    )
    .optional(),
  /** Where the embedded database and this installation's secrets are kept. */
  DATA_DIR: z.string().optional(),
  DEMO: flag.optional(),
  SESSION_SECRET: z.string().min(32, 'must have 32 characters or more').optional(),
  SMTP_URL: address(['smtp', 'smtps'], 'smtps://user:password@host').optional(),
  MAIL_FROM: z
    .string()
    .regex(/[^\s<]@[^\s>]/, 'must hold an address, such as Kith <no-reply@example.org>')
    .default('Kith <no-reply@localhost>'),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^[sr]k_(test|live)_\w{8,}$/, 'must be a secret key, such as sk_test_…')
    .optional(),
  /** One for each webhook endpoint: Kith's own, connected accounts', and old ones while they change. */
  STRIPE_WEBHOOK_SECRET: webhookSecrets.optional(),
  /** Of the endpoint at /webhooks/cards, where prepaid cards are a commercial programme at Stripe Issuing. */
  STRIPE_ISSUING_WEBHOOK_SECRET: webhookSecrets.optional(),
  ALGOLIA_APP_ID: z
    .string()
    .regex(/^[A-Za-z0-9]{4,32}$/, 'must be an application’s id, such as A1B2C3D4E5')
    .optional(),
  /** May search and nothing else. */
  ALGOLIA_SEARCH_KEY: algoliaKey.optional(),
  /** May write records, settings and synonyms, and move an index. */
  ALGOLIA_ADMIN_KEY: algoliaKey.optional(),
  /** Its replicas are called after it. */
  ALGOLIA_INDEX: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'must be letters, figures, _ and -')
    .default('kith'),
  ALGOLIA_HOST: ofHost('must begin with https, since the keys go there').optional(),
  STRIPE_API_BASE: ofHost('must begin with https, since the secret key goes there').optional(),
  /** Where photographs are kept, when not in DATA_DIR: a store that speaks S3. All five, or none. */
  FILES_S3_ENDPOINT: ofHost('must begin with https, since what is kept goes there').optional(),
  FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  FILES_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{2,40}$/, 'must be a region, such as eu-west-2')
    .optional(),
  FILES_S3_KEY: z.string().min(3, 'must be an access key').optional(),
  FILES_S3_SECRET: z.string().min(8, 'must be the secret of the access key').optional(),
  /** Pictures of the country under the pins of the map that moves. Both, or neither: then there are outlines of councils alone. */
  MAP_TILES_URL: tilesAddress.optional(),
  MAP_TILES_ATTRIBUTION: tilesCredit.optional(),
  PLATFORM_FEE_BPS: whole(0, 2_000).default(0),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'must be fatal, error, warn, info, debug or silent',
    )
    .default('info'),
  DATABASE_POOL: whole(2, 100).default(10),
  /** How many proxies stand before us and set X-Forwarded-For. */
  TRUST_PROXY: whole(0, 5).default(0),
  /** Tries to sign in from one address within ten minutes. */
  SIGN_IN_LIMIT: whole(1, 1_000_000).default(30),
})

/** The way to Stripe; null while no money moves. */
export interface StripeKeys {
  secretKey: string
  webhookSecrets: readonly string[]
  apiBase: string | null
}

/** The way to Algolia; null: PostgreSQL alone searches. */
export interface AlgoliaKeys {
  appId: string
  searchKey: string
  adminKey: string
  index: string
  host: string | null
}

/** The way to a store of files that speaks S3. */
export interface FileStore {
  endpoint: string
  bucket: string
  region: string
  keyId: string
  secret: string
}

export interface Settings {
  mode: 'development' | 'production' | 'test'
  port: number
  host: string
  origin: string
  databaseUrl: string | null
  dataFolder: string
  demo: boolean
  sessionSecret: string | null
  smtpUrl: string | null
  mailFrom: string
  stripe: StripeKeys | null
  /** The same way with the secrets of the cards' endpoint; null: prepaid cards are the embedded emulator's. */
  issuing: StripeKeys | null
  algolia: AlgoliaKeys | null
  /** Null: files are kept in the data folder. */
  fileStore: FileStore | null
  /** Null: no map of anybody else's. */
  mapTiles: MapTiles | null
  /** Kith's own fee on card payments, in hundredths of a percent; always in the quote. */
  platformFeeBps: number
  metricsToken: string | null
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  pool: number
  trustProxy: number
  signInLimit: number
}

/** @throws Error with a line for what does not fit together */
function stripeKeys(value: z.output<typeof schema>, demo: boolean): StripeKeys | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecrets } = value
  const wrong = [
    secretKey && !webhookSecrets && 'STRIPE_WEBHOOK_SECRET must be set too where STRIPE_SECRET_KEY is.',
    !secretKey &&
      (webhookSecrets ?? value.STRIPE_ISSUING_WEBHOOK_SECRET ?? value.STRIPE_API_BASE) &&
      'STRIPE_SECRET_KEY must be set where other settings of Stripe are.',
    secretKey?.includes('_live_') && demo && 'STRIPE_SECRET_KEY must be a test key while DEMO is on.',
  ].filter((line) => typeof line === 'string')
  if (wrong.length > 0) throw new Error(`Some settings cannot be used.\n${wrong.join('\n')}`)
  return secretKey && webhookSecrets
    ? { secretKey, webhookSecrets, apiBase: value.STRIPE_API_BASE ?? null }
    : null
}

/** @throws Error with a line for each key that is missing beside the others */
function algoliaKeys(value: z.output<typeof schema>): AlgoliaKeys | null {
  const { ALGOLIA_APP_ID: appId, ALGOLIA_SEARCH_KEY: searchKey, ALGOLIA_ADMIN_KEY: adminKey } = value
  if (appId && searchKey && adminKey)
    return { appId, searchKey, adminKey, index: value.ALGOLIA_INDEX, host: value.ALGOLIA_HOST ?? null }
  if (!appId && !searchKey && !adminKey && !value.ALGOLIA_HOST) return null
  const missing = Object.entries({
    ALGOLIA_APP_ID: appId,
    ALGOLIA_SEARCH_KEY: searchKey,
    ALGOLIA_ADMIN_KEY: adminKey,
  }).filter(([, given]) => !given)
  const lines = missing.map(([name]) => `${name} must be set where other settings of Algolia are.`)
  throw new Error(`Some settings cannot be used.\n${lines.join('\n')}`)
}

/** @throws Error that names what is missing: half a way to a store is none */
function fileStore(value: z.output<typeof schema>): FileStore | null {
  const endpoint = value.FILES_S3_ENDPOINT
  const bucket = value.FILES_S3_BUCKET
  const region = value.FILES_S3_REGION
  const keyId = value.FILES_S3_KEY
  const secret = value.FILES_S3_SECRET
  if (endpoint && bucket && region && keyId && secret) return { endpoint, bucket, region, keyId, secret }
  const parts = { ENDPOINT: endpoint, BUCKET: bucket, REGION: region, KEY: keyId, SECRET: secret }
  const missing = Object.entries(parts).flatMap(([name, part]) => (part ? [] : [`FILES_S3_${name}`]))
  if (missing.length === 5) return null
  const lines = missing.map((name) => `${name} must be set too where another FILES_S3 setting is.`)
  throw new Error(`Some settings cannot be used.\n${lines.join('\n')}`)
}

/**
 * Reads the settings once, at the start of a process; the only reader of `process.env`.
 * @throws Error with a line for each setting that is wrong.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  // `PORT= npm start` means: not set.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, text]) => text !== undefined && text !== ''),
  )
  const { data: value, error } = schema.safeParse(given)
  if (error) {
    const lines = error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`)
    throw new Error(`Some settings cannot be used.\n${lines.join('\n')}`)
  }
  // A demo is only offered by default on the database that Kith brings itself.
  const demo = value.DEMO ?? value.DATABASE_URL === undefined
  const stripe = stripeKeys(value, demo)
  const ofCards = value.STRIPE_ISSUING_WEBHOOK_SECRET
  return {
    mode: value.NODE_ENV,
    port: value.PORT,
    host: value.HOST,
    origin: value.ORIGIN ?? `http://localhost:${String(value.PORT)}`,
    databaseUrl: value.DATABASE_URL ?? null,
    dataFolder: value.DATA_DIR ? resolve(value.DATA_DIR) : join(clone, '.data'),
    demo,
    sessionSecret: value.SESSION_SECRET ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    stripe,
    issuing: stripe && ofCards ? { ...stripe, webhookSecrets: ofCards } : null,
    algolia: algoliaKeys(value),
    fileStore: fileStore(value),
    mapTiles: mapTiles(value.MAP_TILES_URL, value.MAP_TILES_ATTRIBUTION),
    platformFeeBps: value.PLATFORM_FEE_BPS,
    metricsToken: value.METRICS_TOKEN ?? null,
    logLevel: value.LOG_LEVEL,
    pool: value.DATABASE_POOL,
    trustProxy: value.TRUST_PROXY,
    signInLimit: value.SIGN_IN_LIMIT,
  }
}
