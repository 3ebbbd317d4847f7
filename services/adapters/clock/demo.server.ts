import type { Db } from '#services/db/client.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { Clock } from '#services/ports/clock.ts'

/** How old a reading of the offset may be; other processes see a move within this time. */
const FRESH_MS = 1_000

/**
 * The machine's clock plus how far the demo was moved forward. The offset is kept in the database, so that the site
 * and its worker agree.
 */
export function demoClock(db: Db): Clock {
  let seconds = 0
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | null = null

  async function read(): Promise<void> {
    const rows = await db.query<{ offset_seconds: number }>(
      'demo_clock_read',
      'select offset_seconds from demo_clock where id = 1',
      [],
    )
    seconds = rows[0]?.offset_seconds ?? 0
    readAt = performance.now()
  }
  return {
    now: () => Temporal.Now.instant().add({ seconds }),
    async refresh() {
      if (performance.now() - readAt < FRESH_MS) return
      reading ??= read().finally(() => (reading = null))
      await reading
    },
    demo: {
      offsetSeconds: () => seconds,
      async moveTo(instant) {
        const ahead = Math.ceil(Temporal.Now.instant().until(instant).total('seconds'))
        // Never back: what has happened has happened.
        await db.query(
          'demo_clock_move',
          'update demo_clock set offset_seconds = greatest(offset_seconds, $1) where id = 1',
          [ahead],
        )
        await read()
      },
    },
  }
}
