import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What a process was started as, for telling it from a later one that was given the same id. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    if (process.platform === 'linux' || process.platform === 'win32') return ''
    try {
      return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    } catch {
      return ''
    }
  }
}

/** Start time in the kernel's ticks where there is one: an id and a start time are never shared. */
export function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    // The second field is the name in brackets and may itself hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

export const me = (): string => `${String(process.pid)} ${birthOf(process.pid)}`

/** Whether the process that wrote `mark` (by `me`) still runs. */
export function stillThere(mark: string): boolean {
  const [id = '', birth = ''] = mark.trim().split(' ')
  const pid = Number(id)
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && birthOf(pid) === birth
}

/**
 * Runs `work` while no other process of this clone is inside the same lock file.
 * A lock whose holder was killed is taken over.
 */
export async function alone<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const handle = await open(lockFile, 'wx')
      await handle.writeFile(me())
      await handle.close()
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = await readFile(lockFile, 'utf8').catch(() => '')
      // An empty file was just made by somebody who has not written their name yet.
      if (holder === '' ? attempt > 100 : !stillThere(holder)) await rm(lockFile, { force: true })
      else if (attempt > 2_400) throw new Error(`Another process has held ${lockFile} for two minutes.`)
      else await wait(50)
    }
  }
  try {
    return await work()
  } finally {
    await rm(lockFile, { force: true })
  }
}
