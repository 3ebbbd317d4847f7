import { expect, test } from 'vitest'
import { makePool } from '#services/db/client.server.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

test('a connection that the server ends is no error of anybody’s, in use or put back: the next question opens another', async () => {
  const { url, asOwner } = house()
  const pool = makePool({ url, max: 1 })
  const pidOf = async () => (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid
  const first = await pidOf()
  const used = await pool.connect()
  const over = new Promise((resolve) => used.once('end', resolve))
  await asOwner('select pg_terminate_backend($1)', [first])
  await over
  used.release()
  expect(await pidOf()).not.toBe(first)
  await pool.end()
})
