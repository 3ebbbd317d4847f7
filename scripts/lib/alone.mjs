import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { inRoot } from './paths.mjs'

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs `work` while no other command of this clone installs, generates or builds. A killed one's lock is taken. */
export async function alone(work) {
  await mkdir(inRoot('.cache'), { recursive: true })
  const file = inRoot('.cache', 'making.lock')
  for (let empty = 0; ;) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const pid = Number(await readFile(file, 'utf8').catch(() => ''))
      // No number yet: somebody made the file just now, or was killed at that very moment.
      if (pid === 0) empty += 1
      if (pid > 0 ? !isAlive(pid) : empty > 20) await rm(file, { force: true })
      else await wait(100)
    }
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}
