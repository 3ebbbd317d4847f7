import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this clone, found from wherever this code was bundled to. */
function findClone(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) {
      const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string }
      if (name === 'kith') return folder
    }
    const parent = dirname(folder)
    if (parent === folder) throw new Error('The folder of Kith was not found above its own code.')
    folder = parent
  }
}

export const clone = findClone()
export const migrationsFolder = join(clone, 'prisma', 'migrations')
