import { access, constants, readdir, rm, statfs } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const GB = 1024 ** 3

/**
 * Where databases that only tests use are kept: in memory, where a copy of one takes a fortieth of what it takes on a disk.
 * Where that is small (a container's has 64 MB) or not there, or there is little memory in all, the folder for temporary files.
 */
export async function quickFolder() {
  try {
    await access(MEMORY, constants.W_OK)
    const { bavail, bsize } = await statfs(MEMORY)
    const memory = Math.min(process.constrainedMemory() || totalmem(), totalmem())
    return bavail * bsize > 3 * GB && memory >= 8 * GB ? MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** A name in there for what this process keeps; what processes that were killed have left under such names is removed. */
export async function folderOfThisRun(prefix) {
  const folder = await quickFolder()
  const left = (await readdir(folder)).filter((name) => name.startsWith(prefix))
  for (const name of left)
    if (!isRunning(Number(name.slice(prefix.length))))
      await rm(join(folder, name), { recursive: true, force: true })
  return join(folder, `${prefix}${String(process.pid)}`)
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
