import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { emulatorOfCards } from '#services/adapters/cards/emulator.server.ts'
import { stripeIssuing } from '#services/adapters/cards/stripe-issuing.server.ts'
import { csvCardFiles } from '#services/adapters/cards/transaction-file.rules.ts'
import { demoClock } from '#services/adapters/clock/demo.server.ts'
import { systemClock } from '#services/adapters/clock/system.server.ts'
import { localFiles } from '#services/adapters/files/local.server.ts'
import { s3Files } from '#services/adapters/files/s3.server.ts'
import { keptMail } from '#services/adapters/mail/kept.server.ts'
import { smtpMail } from '#services/adapters/mail/smtp.server.ts'
import { sandboxPayments } from '#services/adapters/payments/sandbox.server.ts'
import { stripePayments } from '#services/adapters/payments/stripe.server.ts'
import { postgresStore } from '#services/adapters/sandbox/postgres-store.server.ts'
import { algoliaClient } from '#services/adapters/search/algolia-client.server.ts'
import { algoliaIndex } from '#services/adapters/search/algolia-index.server.ts'
import { algoliaSearch } from '#services/adapters/search/algolia.server.ts'
import { postgresSearch } from '#services/adapters/search/postgres.server.ts'
import { withFallback } from '#services/adapters/search/with-fallback.server.ts'
import { makeDb, makePool, type Db } from '#services/db/client.server.ts'
import { embeddedPostgres } from '#services/db/embedded.server.ts'
import { makeDataFolder } from '#services/db/home.server.ts'
import { HistoryDiffers, migrate } from '#services/db/migrate.server.ts'
import { searchRules } from '#services/discovery/search-rules.ts'
import type { Settings } from '#services/env.server.ts'
import { startWorker, type Worker } from '#services/jobs/worker.server.ts'
import { makeLog } from '#services/log.server.ts'
import type { Cards } from '#services/ports/cards.ts'
import type { Clock } from '#services/ports/clock.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { Payments } from '#services/ports/payments.ts'

/** Chooses an adapter for every port from the settings; nothing else may. */
export function chooseAdapters(db: Db, settings: Settings, log: Logger): Deps {
  const clock = settings.demo ? demoClock(db) : systemClock()
  const mail = settings.smtpUrl
    ? smtpMail({ url: settings.smtpUrl, from: settings.mailFrom, db, clock })
    : keptMail(db, clock)
  return {
    db,
    clock,
    mail,
    payments: choosePayments(db, settings, clock),
    cards: chooseCards(db, settings, clock, log),
    cardFiles: csvCardFiles,
    ...chooseSearch(db, settings, log),
    files: settings.fileStore ? s3Files(settings.fileStore) : localFiles(join(settings.dataFolder, 'files')),
    log,
    settings,
  }
}

/** How long Algolia is waited for before PostgreSQL answers. */
const SEARCH_WITHIN_MS = 300

function chooseSearch(db: Db, settings: Settings, log: Logger): Pick<Deps, 'search' | 'searchIndex'> {
  const here = postgresSearch(db, searchRules)
  if (!settings.algolia) return { search: here, searchIndex: null }
  const { index } = settings.algolia
  const client = algoliaClient(settings.algolia)
  // Loaded now, so that the first search is not the one that waits for it. What goes wrong is told to whoever searches.
  client.reader().catch(() => undefined)
  return {
    search: withFallback(algoliaSearch(client, index, searchRules), here, {
      withinMs: SEARCH_WITHIN_MS,
      log,
    }),
    searchIndex: algoliaIndex(client, index, searchRules),
  }
}

function choosePayments(db: Db, settings: Settings, clock: Clock): Payments {
  const { stripe, origin } = settings
  if (stripe) return stripePayments({ ...stripe, now: () => systemClock().now() })
  const pageUrl = (reference: string) => `${origin}/demo/payments/${encodeURIComponent(reference)}`
  return sandboxPayments(
    { store: postgresStore(db, 'payments'), now: () => clock.now(), pageUrl },
    `payments sandbox: ${settings.sessionSecret ?? randomBytes(32).toString('hex')}`,
  )
}

function chooseCards(db: Db, settings: Settings, clock: Clock, log: Logger): Cards {
  const report = (error: unknown) => {
    log.error({ err: error }, 'the ledger could not answer for a card')
  }
  if (settings.issuing)
    return stripeIssuing({ ...settings.issuing, now: () => systemClock().now() }, { report })
  return emulatorOfCards(
    { store: postgresStore(db, 'cards'), now: () => clock.now(), report },
    `cards emulator: ${settings.sessionSecret ?? randomBytes(32).toString('hex')}`,
  )
}

/** Kept beside the data when none is set: sign-ins outlive a restart of this one instance. */
async function sessionSecret(settings: Settings, log: Logger): Promise<string> {
  if (settings.sessionSecret) return settings.sessionSecret
  const file = join(settings.dataFolder, 'session-secret')
  const known = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (settings.databaseUrl)
    log.warn(
      'SESSION_SECRET is not set: one was made for this instance, and others would not share its sign-ins',
    )
  if (known) return known
  const secret = randomBytes(32).toString('base64url')
  await makeDataFolder(settings.dataFolder)
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
  return secret
}

/** Kith without its door: database up and migrated, adapters chosen. */
export interface House {
  deps: Deps
  /** Where its database is, as the owner. */
  url: string
  startWorker(): Promise<Worker>
  close(): Promise<void>
}

export interface OpenOptions {
  /** Throws the embedded database's content away first. An external one is never touched so. */
  anew?: boolean
}

/**
 * Opens the house for one process: the site, the worker alone, an import, a seed. On the embedded database several
 * such processes share one server. Close it at the end, whatever happened.
 */
export async function openHouse(
  given: Settings,
  log: Logger = makeLog(given.logLevel),
  options: OpenOptions = {},
): Promise<House> {
  const embedded = given.databaseUrl === null ? await embeddedPostgres(given.dataFolder, options) : null
  const again = embedded && given.mode === 'development' && options.anew !== true
  const url = embedded?.url ?? given.databaseUrl ?? ''
  const settings: Settings = { ...given, sessionSecret: await sessionSecret(given, log) }
  const db = makeDb({ url, max: settings.pool, tellOfEntries: settings.algolia !== null })
  const workers: { worker: Worker; end: () => Promise<void> }[] = []
  const close = async (): Promise<void> => {
    for (const { worker, end } of workers.splice(0)) {
      await worker.stop()
      await end()
    }
    await db.close()
    await embedded?.leave()
  }
  try {
    const applied = await migrate(url)
    if (applied.length > 0) log.info({ migrations: applied.length }, 'database migrated')
    const deps = chooseAdapters(db, settings, log)
    await deps.clock.refresh?.()
    return {
      deps,
      url,
      async startWorker() {
        const pool = makePool({ url, role: 'kith_jobs', max: 4 })
        const worker = await startWorker(deps, pool)
        workers.push({ worker, end: () => pool.end() })
        return worker
      },
      close,
    }
  } catch (error) {
    await close()
    if (!again || !(error instanceof HistoryDiffers)) throw error
    // While developing, a migration that is not yet anywhere else may still change: the demo is made afresh.
    log.warn({ err: error }, 'the demo database is made anew')
    return openHouse(given, log, { anew: true })
  }
}
