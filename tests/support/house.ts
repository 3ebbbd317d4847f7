import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { localFiles } from '#services/adapters/files/local.server.ts'
import { chooseAdapters } from '#services/composition.server.ts'
import { makeDb, makePool } from '#services/db/client.server.ts'
import { readSettings, type Settings } from '#services/env.server.ts'
import { runJobsOnce } from '#services/jobs/worker.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import { makeLog } from '#services/log.server.ts'
import type { Clock } from '#services/ports/clock.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { Mail, MailMessage } from '#services/ports/mail.ts'
import { testDatabase } from './database.ts'

/** A clock that stands still until it is told. */
export interface TestClock extends Clock {
  set(instant: Temporal.Instant | string): void
  advance(duration: Temporal.DurationLike): void
}

/** Monday 2 November 2026, ten in the morning in London. */
export const TEST_NOW = '2026-11-02T10:00:00Z'

export function testClock(start: string = TEST_NOW): TestClock {
  let now = Temporal.Instant.from(start)
  return {
    now: () => now,
    set(instant) {
      now = Temporal.Instant.from(instant)
    },
    advance(duration) {
      // In London's calendar, so that days and weeks may be given.
      now = now.toZonedDateTimeISO('Europe/London').add(duration).toInstant()
    },
  }
}

export interface TestMail extends Mail {
  sent: MailMessage[]
}

export function testMail(): TestMail {
  const sent: MailMessage[] = []
  return {
    sent,
    send(message) {
      if (!sent.some(({ key }) => key === message.key)) sent.push(message)
      return Promise.resolve('taken')
    },
  }
}

export const testSettings = (changes: Partial<Settings> = {}): Settings => ({
  ...readSettings({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DEMO: '1' }),
  sessionSecret: 'a secret that only tests know, long enough',
  ...changes,
})

export interface TestHouse {
  deps: Deps
  clock: TestClock
  mail: TestMail
  /** Lines of the log, parsed. */
  logged: Record<string, unknown>[]
  url: string
  /** A statement as the owner, for looking behind the application's role. */
  asOwner: <Row extends object>(sql: string, params?: readonly unknown[]) => Promise<Row[]>
  /** Works on all jobs that are due. */
  runJobs: () => Promise<void>
  close: () => Promise<void>
}

/** Kith on a database of its own, with the real adapters save clock and mail. */
export async function openTestHouse(
  options: { now?: string; settings?: Partial<Settings> } = {},
): Promise<TestHouse> {
  const database = await testDatabase()
  const tellOfEntries = Boolean(options.settings?.algolia)
  const db = makeDb({ url: database.url, max: 20, tellOfEntries })
  const owner = makePool({ url: database.url, role: null, max: 2 })
  const jobs = makePool({ url: database.url, role: 'kith_jobs', max: 4 })
  const logged: Record<string, unknown>[] = []
  const log = makeLog('info', {
    write: (line: string) => logged.push(JSON.parse(line) as Record<string, unknown>),
  })
  const clock = testClock(options.now)
  const mail = testMail()
  // Files of its own, as the database is.
  const folder = await mkdtemp(join(tmpdir(), 'kith-house-'))
  const files = localFiles(folder)
  const deps: Deps = { ...chooseAdapters(db, testSettings(options.settings), log), clock, mail, files }
  return {
    deps,
    clock,
    mail,
    logged,
    url: database.url,
    async asOwner<Row extends object>(sql: string, params: readonly unknown[] = []) {
      return (await owner.query<Row>(sql, [...params])).rows
    },
    runJobs: () => runJobsOnce(deps, jobs),
    async close() {
      await Promise.all([db.close(), owner.end(), jobs.end()])
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * One house for a test file: `const house = useHouse()` at the top, then `house().deps` inside tests.
 * Tests of a file share its database, so each makes its own people.
 */
export function useHouse(options: Parameters<typeof openTestHouse>[0] = {}): () => TestHouse {
  let house: TestHouse | null = null
  beforeAll(async () => {
    house = await openTestHouse(options)
  })
  afterAll(async () => {
    await house?.close()
  })
  return () => {
    if (!house) throw new Error('The house is only open inside tests and hooks.')
    return house
  }
}
