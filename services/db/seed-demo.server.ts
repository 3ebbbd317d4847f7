import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from './client.server.ts'
import { clone } from './clone.server.ts'
import { me, stillThere } from './processes.server.ts'

const program = join(clone, 'build', 'seed-demo.mjs')
/** There, with the name of who does it, while the demo is being made. */
const seedingMark = (dataFolder: string): string => join(dataFolder, 'demo-is-being-made')

/** Whether an earlier start was killed while it made the demo: then half of it is there. */
export async function wasInterrupted(dataFolder: string): Promise<boolean> {
  const mark = await readFile(seedingMark(dataFolder), 'utf8').catch(() => null)
  return mark !== null && !stillThere(mark)
}

/** Whether nobody has used this database yet. */
export async function isEmpty(db: Db): Promise<boolean> {
  const rows = await db.query<{ empty: boolean }>(
    'database_is_empty',
    'select not exists (select 1 from council) and not exists (select 1 from app_user) as empty',
    [],
  )
  return rows[0]?.empty === true
}

/**
 * Makes the demo's people and their year, in a process of its own, whose memory is given back at its end.
 * @throws Error when it failed
 */
export async function seedDemo(dataFolder: string): Promise<void> {
  if (!existsSync(program)) return
  await mkdir(dataFolder, { recursive: true })
  await writeFile(seedingMark(dataFolder), me())
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', reject)
    child.once('close', (status) => {
      resolve(status ?? 1)
    })
  })
  if (code !== 0) throw new Error('The demo could not be made: see the words above.')
  await rm(seedingMark(dataFolder), { force: true })
}
