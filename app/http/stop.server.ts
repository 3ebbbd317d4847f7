import type { Server } from 'node:http'
import type { House } from '#services/composition.server.ts'

const PATIENCE_MS = 8_000

/** Takes no new requests, lets the running ones end, then closes the house: worker, connections, database. */
export async function whenStopped(server: Server, house: House): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
  server.closeIdleConnections()
  const impatient = setTimeout(() => {
    server.closeAllConnections()
  }, PATIENCE_MS)
  await closed
  clearTimeout(impatient)
  await house.close()
}
