import { expect, test } from 'vitest'
import { makePool } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const message = (key: string) => ({ to: 'a@example.test', subject: 'Hello', text: 'Hello', key })

test('a job added in a transaction runs after the commit', async () => {
  const { deps, mail, runJobs } = house()
  await deps.db.tx((tx) => addJob(tx, 'send_mail', message('committed')))
  await runJobs()
  expect(mail.sent.map(({ key }) => key)).toEqual(['committed'])
})

test('a job added in a transaction that is rolled back never runs', async () => {
  const { deps, mail, runJobs } = house()
  const undone = deps.db.tx(async (tx) => {
    await addJob(tx, 'send_mail', message('undone'))
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  await runJobs()
  expect(mail.sent.map(({ key }) => key)).not.toContain('undone')
})

test('a job that fails leaves neither its payload nor its words in the log or the table', async () => {
  const { deps, logged, url, runJobs } = house()
  await deps.db.tx((tx) => addJob(tx, 'send_mail', { to: 'maureen@example.test' }))
  await runJobs()
  expect(JSON.stringify(logged)).toContain('job failed')
  expect(JSON.stringify(logged)).not.toContain('maureen')
  const pool = makePool({ url, role: 'kith_jobs', max: 1 })
  const { rows } = await pool.query<{ last_error: string }>(
    'select last_error from graphile_worker._private_jobs where last_error is not null',
  )
  await pool.end()
  expect(rows).toHaveLength(1)
  expect(rows[0]?.last_error).toBe('ZodError')
})
