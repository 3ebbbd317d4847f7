import type pg from 'pg'

const SCALE = 10

/** pgbench's "TPC-B (sort of)": five statements in one transaction, tables filled and analysed. Floor B. */
const FILL = `
  create table bench_branches (bid int primary key, bbalance int not null, filler char(88));
  create table bench_tellers (tid int primary key, bid int not null, tbalance int not null, filler char(84));
  create table bench_accounts (aid int primary key, bid int not null, abalance int not null, filler char(84));
  create table bench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
  insert into bench_branches select n, 0, '' from generate_series(1, ${String(SCALE)}) n;
  insert into bench_tellers select n, (n - 1) / 10 + 1, 0, '' from generate_series(1, ${String(SCALE * 10)}) n;
  insert into bench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${String(SCALE * 100_000)}) n;
  grant all on bench_branches, bench_tellers, bench_accounts, bench_history to kith_app;
  analyze bench_branches; analyze bench_tellers; analyze bench_accounts; analyze bench_history;`

/** Makes the tables once. @param owner a pool of the database's owner */
export async function fillTpcb(owner: pg.Pool): Promise<void> {
  const there = await owner.query<{ t: string | null }>(`select to_regclass('bench_accounts')::text as t`)
  if (!there.rows[0]?.t) await owner.query(FILL)
}

const random = (most: number): number => 1 + Math.floor(Math.random() * most)

/** One transaction. */
export async function tpcb(pool: pg.Pool): Promise<void> {
  const [aid, tid, bid, delta] = [random(SCALE * 100_000), random(SCALE * 10), random(SCALE), random(5000)]
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query({
      name: 'b1',
      text: 'update bench_accounts set abalance = abalance + $1 where aid = $2',
      values: [delta, aid],
    })
    await client.query({
      name: 'b2',
      text: 'select abalance from bench_accounts where aid = $1',
      values: [aid],
    })
    await client.query({
      name: 'b3',
      text: 'update bench_tellers set tbalance = tbalance + $1 where tid = $2',
      values: [delta, tid],
    })
    await client.query({
      name: 'b4',
      text: 'update bench_branches set bbalance = bbalance + $1 where bid = $2',
      values: [delta, bid],
    })
    await client.query({
      name: 'b5',
      text: 'insert into bench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
      values: [tid, bid, aid, delta],
    })
    await client.query('commit')
  } finally {
    client.release()
  }
}
