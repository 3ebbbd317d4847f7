import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Actor } from '#services/kernel/actor.ts'
import { PrismaClient, type Prisma } from './generated/client.ts'

export type Tx = Prisma.TransactionClient

export interface Db {
  prisma: PrismaClient
  /** One statement on the pool, for hand-written SQL on hot paths. Named statements are prepared once per connection. */
  query<Row extends object>(name: string, sql: string, params: readonly unknown[]): Promise<Row[]>
  /**
   * The same on connections that plan a statement once and for all: for statements whose best plan never depends on the
   * arguments (rows by key). Planning costs these more than running them.
   */
  hot<Row extends object>(name: string, sql: string, params: readonly unknown[]): Promise<Row[]>
  /** An interactive transaction without an identity: rows under row-level security stay out of sight. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** A transaction in which row-level security knows who is asking. */
  asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface DbOptions {
  url: string
  /** The role every connection takes: it cannot change the ledger or the audit log. */
  role?: 'kith_app' | 'kith_jobs' | null
  max?: number
  /** Plan each named statement once for all arguments. */
  keepPlans?: boolean
  /** Search has an index elsewhere, too: what its transactions change of entries is told there (`tellsOfEntries`). */
  tellOfEntries?: boolean
}

const telling = new WeakSet<object>()
/** Whether a change of entries in this transaction has to reach an index elsewhere. */
export const tellsOfEntries = (tx: object): boolean => telling.has(tx)

/** pg's own parsers turn DATE into local midnight and int8 into text: dates stay text here, sums are safe integers. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === 20) return (text: string) => Number(text)
      if (oid === 1082) return (text: string) => text
    }
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown
  },
}

/** No statement on a hot path may take longer: it is ended, so that one odd question does not keep everybody else waiting. */
const HOT_MS = 5_000

export function makePool({ url, role = 'kith_app', max = 10, keepPlans = false }: DbOptions): pg.Pool {
  // Compiling a plan to machine code takes longer than any statement here runs.
  const plans = `-c jit=off${keepPlans ? ` -c plan_cache_mode=force_generic_plan -c statement_timeout=${String(HOT_MS)}` : ''}`
  const pool = new pg.Pool({
    connectionString: url,
    max,
    ...(role ? { options: `-c role=${role} -c TimeZone=UTC ${plans}` } : {}),
  })
  // A connection that the server closes while nobody asks it anything, or while it is being closed here, must not end the
  // process: the next query opens another. What goes wrong with a query is told to whoever asked it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Beyond so many, a statement is planned each time, as without a name. */
const MOST_NAMES = 400

/**
 * Names Prisma's statements, so that a connection plans each of them once. A list of ids makes a statement of its own
 * for every length, so the names are bounded: connections keep what they have planned.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= MOST_NAMES) return ''
    const name = `p${createHash('sha1').update(sql).digest('hex').slice(0, 20)}`
    names.set(sql, name)
    return name
  }
}

/**
 * Prisma reads the relations of a row all at once, also in a transaction, which has one connection. pg lines such
 * statements up, says that it should not be asked to, and will refuse from version 9 on: here each waits its turn.
 * What the pool itself sends (with a callback) has the connection to itself.
 */
function takeTurns(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...args: unknown[]) => unknown
  let last: Promise<void> | null = null
  const inTurn = (...args: unknown[]): unknown => {
    if (typeof args.at(-1) === 'function') return send(...args)
    const answer = (last ? last.then(() => send(...args)) : send(...args)) as Promise<unknown>
    const free = () => {
      if (last === turn) last = null
    }
    const turn = answer.then(free, free)
    last = turn
    return answer
  }
  client.query = inTurn as typeof client.query
}

/** Connects lazily; nothing is sent before the first query. */
export function makeDb(options: DbOptions): Db {
  const pool = makePool(options)
  pool.on('connect', takeTurns)
  const hotPool = makePool({ ...options, keepPlans: true })
  const ask = async <Row extends object>(
    from: pg.Pool,
    name: string,
    sql: string,
    params: readonly unknown[],
  ) => (await from.query<Row>({ name, text: sql, values: [...params], types })).rows
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false, statementNameGenerator: statementNames() }),
  })
  const limits = { maxWait: 10_000, timeout: 30_000 }
  const marked = (tx: Tx): Tx => {
    if (options.tellOfEntries) telling.add(tx)
    return tx
  }
  return {
    prisma,
    query: (name, sql, params) => ask(pool, name, sql, params),
    hot: (name, sql, params) => ask(hotPool, name, sql, params),
    tx: (work) => prisma.$transaction((tx) => work(marked(tx)), limits),
    asActor: (actor, work) =>
      prisma.$transaction(async (tx) => {
        const identity = actor.kind === 'user' ? actor.userId : ''
        const isSystem = actor.kind === 'system' ? 'on' : 'off'
        await tx.$queryRaw`select set_config('kith.user_id', ${identity}, true), set_config('kith.system', ${isSystem}, true)`
        return work(marked(tx))
      }, limits),
    async close() {
      await prisma.$disconnect()
      await Promise.all([pool.end(), hotPool.end()])
    },
  }
}
