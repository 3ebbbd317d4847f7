import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'
import { openHouse } from '#services/composition.server.ts'
import { makePool } from '#services/db/client.server.ts'
import { readSettings } from '#services/env.server.ts'
import { makeLog } from '#services/log.server.ts'
import { type Row } from './measure.ts'
import { BENCH_DATA, emptyFolder, scriptWatched } from './site.ts'

const ROWS = 1_700_000
/** As many as there are in Great Britain. */
const OUTCODES = 2_900
/** A line in so many is none that can be read. */
const BROKEN = 100_000
/** As the importer saves them. */
const BATCH = 5_000
const folder = join(BENCH_DATA, 'postcodes')
const TABLE = 'bench_postcode'

interface Made {
  postcode: string
  outcode: string
  easting: number
  northing: number
}

/** Made-up postcodes of the right shape, in order as Ordnance Survey publishes them, somewhere on land or near it. */
function* madeUp(): Generator<Made> {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ'
  const inOutcode = Math.ceil(ROWS / OUTCODES)
  for (let n = 0; n < ROWS; n += 1) {
    const area = Math.floor(n / inOutcode)
    const rest = n % inOutcode
    const first = letters[Math.floor(area / 1_800) % 20] ?? 'A'
    const second = letters[Math.floor(area / 90) % 20] ?? 'A'
    const outcode = `${first}${second}${String(10 + (area % 90))}`
    const inward = `${String(Math.floor(rest / 400) % 10)}${letters[Math.floor(rest / 20) % 20] ?? 'A'}${letters[rest % 20] ?? 'A'}`
    yield {
      postcode: `${outcode} ${inward}`,
      outcode,
      easting: 200_000 + ((area * 7_919) % 400_000) + ((rest * 37) % 9_000),
      northing: 100_000 + ((area * 104_729) % 500_000) + ((rest * 101) % 9_000),
    }
  }
}

async function writeCodePointOpen(path: string): Promise<void> {
  const file = createWriteStream(path)
  let lines: string[] = []
  let number = 0
  for (const { postcode, easting, northing } of madeUp()) {
    number += 1
    const at = number % BROKEN === 0 ? ',' : `,${String(easting)},${String(northing)}`
    lines.push(
      `"${postcode.replace(' ', '')}",10${at},"E92000001","E19000001","E18000001","","E07000001","E05000001"`,
    )
    if (lines.length < 10_000) continue
    if (!file.write(`${lines.join('\n')}\n`)) await once(file, 'drain')
    lines = []
  }
  file.end(lines.length > 0 ? `${lines.join('\n')}\n` : '')
  await once(file, 'finish')
}

/** The same rows by the same number of statements into a table like it, with nothing read, worked out or compared. */
async function bareInserts(): Promise<number> {
  const settings = {
    ...readSettings({ ...globalThis.process.env, DATA_DIR: folder, DEMO: '0', NODE_ENV: 'production' }),
    databaseUrl: null,
  }
  const house = await openHouse(settings, makeLog('error'))
  const owner = makePool({ url: house.url, role: null, max: 1 })
  try {
    await owner.query(`create table ${TABLE} (like postcode including all)`)
    let times = 0
    let batch: Made[] = []
    const save = async (): Promise<void> => {
      const arrays = [
        batch.map((row) => row.postcode),
        batch.map((row) => row.outcode),
        batch.map((row) => row.northing / 10_000),
        batch.map((row) => row.easting / 100_000),
      ]
      const from = performance.now()
      await owner.query({
        name: 'bare',
        text: `insert into ${TABLE} (postcode, outcode, lat, lon) select * from unnest($1::text[], $2::text[], $3::float8[], $4::float8[])`,
        values: arrays,
      })
      times += performance.now() - from
      batch = []
    }
    for (const row of madeUp()) {
      batch.push(row)
      if (batch.length === BATCH) await save()
    }
    if (batch.length > 0) await save()
    return times / 1_000
  } finally {
    await owner.end()
    await house.close()
  }
}

/**
 * Code-Point Open, as large as it is, through `npm run import` into a database without postcodes: seconds from the command to its end, beside
 * bare inserts of the same rows; and what the process needed at most.
 */
export async function postcodeImport(): Promise<Row[]> {
  await emptyFolder(folder)
  await mkdir(BENCH_DATA, { recursive: true })
  const environment = { DATA_DIR: folder, DEMO: '0' }
  const run = (path: string) =>
    scriptWatched(['scripts/run.mjs', 'scripts/import.ts', 'postcodes', path], environment)
  const file = `${folder}.csv`
  // The database is made by an import of one line.
  await writeFile(file, '"ZZ991AA",10,400000,400000,"E92000001","","","","E07000001","E05000001"\n')
  await run(file)
  await writeCodePointOpen(file)
  const { seconds, megabytes, said } = await run(file)
  const saved = Number(/([\d,]+) new/.exec(said)?.[1]?.replaceAll(',', ''))
  if (saved !== ROWS - ROWS / BROKEN) throw new Error(`the import saved ${String(saved)} rows: ${said}`)
  const bare = await bareInserts()
  await emptyFolder(folder)
  await emptyFolder(file)
  return [
    {
      name: 'postcode-import',
      value: seconds,
      unit: `s (${Math.round(ROWS / seconds).toLocaleString('en-GB')} rows/s)`,
      floor: bare,
      ratio: seconds / bare,
      target: '< 180 s',
      ok: seconds < 180,
    },
    {
      name: 'postcode-import-memory',
      value: megabytes,
      unit: 'MB at most',
      floor: null,
      ratio: null,
      target: '< 350 MB',
      ok: megabytes < 350,
    },
  ]
}
