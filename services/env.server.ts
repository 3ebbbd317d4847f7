import { join, resolve } from 'node:path'
import { z } from 'zod'
import { clone } from '#services/db/clone.server.ts'

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
  metricsToken: string | null
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  pool: number
  trustProxy: number
  signInLimit: number
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
  return {
    mode: value.NODE_ENV,
    port: value.PORT,
    host: value.HOST,
    origin: value.ORIGIN ?? `http://localhost:${String(value.PORT)}`,
    databaseUrl: value.DATABASE_URL ?? null,
    dataFolder: value.DATA_DIR ? resolve(value.DATA_DIR) : join(clone, '.data'),
    // A demo is only offered by default on the database that Kith brings itself.
    demo: value.DEMO ?? value.DATABASE_URL === undefined,
    sessionSecret: value.SESSION_SECRET ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    mailFrom: value.MAIL_FROM,
    metricsToken: value.METRICS_TOKEN ?? null,
    logLevel: value.LOG_LEVEL,
    pool: value.DATABASE_POOL,
    trustProxy: value.TRUST_PROXY,
    signInLimit: value.SIGN_IN_LIMIT,
  }
}
