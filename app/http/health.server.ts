import type { RequestHandler } from 'express'
import { readMigrations, whatIsMissing } from '#services/db/migrate.server.ts'
import type { Deps } from '#services/ports/deps.ts'

/** 200 only when the database answers and is as this version needs it; the reason for 503 is in the log alone. */
export function health(deps: Deps): RequestHandler {
  const names = readMigrations().then((all) => all.map(({ name }) => name))
  names.catch(() => undefined)
  const check = async (): Promise<string | null> => {
    try {
      return await whatIsMissing((sql) => deps.db.query('health', sql, []), await names)
    } catch (error) {
      deps.log.error({ err: error }, 'health: the database does not answer')
      return 'The database does not answer'
    }
  }
  return (_req, res, next) => {
    check()
      .then((reason) => {
        if (reason !== null) deps.log.error({ reason }, 'health: not well')
        res.setHeader('Cache-Control', 'no-store')
        res
          .status(reason === null ? 200 : 503)
          .type('text')
          .send(reason === null ? 'ok\n' : 'unavailable\n')
      })
      .catch(next)
  }
}
