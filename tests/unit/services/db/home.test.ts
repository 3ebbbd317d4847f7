import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeDataFolder } from '#services/db/home.server.ts'

test('a folder for the data that cannot be made is named with its setting', async () => {
  const base = await mkdtemp(join(tmpdir(), 'kith-home-'))
  const file = join(base, 'a-file')
  try {
    await writeFile(file, '')
    await makeDataFolder(join(base, 'new', 'folder'))
    await expect(makeDataFolder(file)).rejects.toThrow(
      `DATA_DIR: the folder ${file} cannot be made or written to (EEXIST).`,
    )
    await expect(makeDataFolder(join(file, 'inside'))).rejects.toThrow(/^DATA_DIR: .*\(ENOTDIR\)\.$/)
  } finally {
    await rm(base, { recursive: true, force: true })
  }
})
