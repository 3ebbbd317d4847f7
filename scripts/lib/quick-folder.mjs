import { access, constants, statfs } from 'node:fs/promises'
import { tmpdir, totalmem } from 'node:os'

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
