import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type House, openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'
import { makeLog } from '#services/log.server.ts'

/** A house with an empty database of its own, which is thrown away when it is closed. */
export async function openEmptyHouse(): Promise<{ house: House; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-empty-'))
  const settings = { ...readSettings({ ...process.env, DATA_DIR: folder, DEMO: '0' }), databaseUrl: null }
  const house = await openHouse(settings, makeLog('error'))
  return {
    house,
    close: async () => {
      await house.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
