import { z } from 'zod'
import type { Db, Tx } from '#services/db/client.server.ts'
import type { SandboxRows, SandboxStore } from './store.ts'

const found = z.array(z.object({ value: z.unknown() }))

/**
 * In the database, so that a restart forgets nothing and several processes know the same. `name` keeps stand-ins apart:
 * each has rows of its own, and its work waits for its other work only.
 */
export function postgresStore<Kinds extends object>(db: Pick<Db, 'tx'>, name: string): SandboxStore<Kinds> {
  const rowsIn = (tx: Tx): SandboxRows<Kinds> => ({
    async read<Kind extends keyof Kinds & string>(kind: Kind, id: string) {
      const rows = found.parse(
        await tx.$queryRaw`select value from sandbox_record where store = ${name} and kind = ${kind} and id = ${id}`,
      )
      return rows[0] ? (rows[0].value as Kinds[Kind]) : null
    },
    async write(kind, id, value, group) {
      await tx.$executeRaw`
        insert into sandbox_record as r (store, kind, id, group_key, value)
        values (${name}, ${kind}, ${id}, ${group ?? null}, ${JSON.stringify(value)}::jsonb)
        on conflict (store, kind, id) do update set value = excluded.value, group_key = coalesce(excluded.group_key, r.group_key)`
    },
    async remove(kind, ids) {
      await tx.sandboxRecord.deleteMany({ where: { store: name, kind, id: { in: [...ids] } } })
    },
    async list<Kind extends keyof Kinds & string>(
      kind: Kind,
      which: { group?: string; newestFirst?: boolean; after?: string | null; limit: number },
    ) {
      const { group, newestFirst = false, after, limit } = which
      const start = after
        ? await tx.sandboxRecord.findUnique({
            where: { store_kind_id: { store: name, kind, id: after } },
            select: { seq: true },
          })
        : null
      const rows = await tx.sandboxRecord.findMany({
        where: {
          store: name,
          kind,
          ...(group === undefined ? {} : { groupKey: group }),
          ...(start ? { seq: newestFirst ? { lt: start.seq } : { gt: start.seq } } : {}),
        },
        orderBy: { seq: newestFirst ? 'desc' : 'asc' },
        take: limit,
        select: { value: true },
      })
      return rows.map(({ value }) => value as Kinds[Kind])
    },
  })
  return {
    atOnce: (work) =>
      db.tx(async (tx) => {
        await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`sandbox:${name}`}))`
        return work(rowsIn(tx))
      }),
  }
}
