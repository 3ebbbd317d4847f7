import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { type FileKey, type Files, fileKey, fileTypeOf } from '#services/ports/files.ts'

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/**
 * Files in a folder of this machine. A file is written beside its place and then moved there, so that nobody reads half of
 * it; what a crash left behind lies in `.unfinished` and is nobody's.
 */
export function localFiles(folder: string): Files {
  const root = resolve(folder)
  const unfinished = join(root, '.unfinished')
  /** Keys cannot say "..", and even so nothing outside the folder is touched. */
  const pathOf = (key: FileKey): string => {
    const path = resolve(root, fileKey(key))
    if (relative(root, path).startsWith('..')) throw new RangeError('This is no key of a file.')
    return path
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(unfinished, { recursive: true, mode: 0o700 })
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const part = join(unfinished, randomUUID())
      try {
        const file = await open(part, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          // The row that names this file is written next, and must not outlive it when the power fails.
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(part, path)
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    async get(key) {
      const path = pathOf(key)
      try {
        return { type: fileTypeOf(key), bytes: await readFile(path) }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}
