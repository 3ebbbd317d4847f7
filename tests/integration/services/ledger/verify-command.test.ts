import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { clone } from '#services/db/clone.server.ts'
import { makeCouncil, makePerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

/** What `npm run ledger:verify` says of this test's database, and how it ends. */
async function command(): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/ledger-verify.ts'], {
    cwd: clone,
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: house().url, DEMO: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

test('the command ends with 0 where the books are right, and with 1 and the names where a balance was planted', async () => {
  const { deps, asOwner } = house()
  const { allocationIds } = await makePerson(deps, await makeCouncil(deps), [{ pence: 12_000 }])
  const key = `available:${allocationIds[0] ?? ''}`
  const right = await command()
  expect(right.said).toContain('The books are right: ')
  expect(right.code).toBe(0)
  await asOwner('update ledger_account set balance = balance + 1 where key = $1', [key])
  const wrong = await command()
  expect(wrong.said).toContain('The books are wrong.')
  expect(wrong.said).toContain(`4  ${key}`)
  expect(wrong.code).toBe(1)
})
