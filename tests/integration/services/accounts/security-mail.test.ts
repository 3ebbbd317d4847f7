import { expect, test } from 'vitest'
import { mailSecurity } from '#services/accounts/security-mail.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const said = { title: 'A passkey was added', paragraphs: ['It was added today.', 'It opens <your> account.'] }
const address = () => `${newId()}@test.example`
const mailsTo = async (to: string) => {
  await house().runJobs()
  return house().mail.sent.filter((mail) => mail.to === to)
}

test('says what was changed and, unless told otherwise, what to do if it was not them', async () => {
  const to = address()
  await house().deps.db.tx((tx) => mailSecurity(tx, to, said))
  const [mail, ...more] = await mailsTo(to)
  expect(more).toEqual([])
  expect(mail?.subject).toBe('A passkey was added')
  expect(mail?.text).toContain('It was added today.\n\nIt opens <your> account.\n\nIf that was not you, ring')
  expect(mail?.html).toContain('It opens &lt;your&gt; account.')
})

test('an ending of its own stands instead of the usual one', async () => {
  const to = address()
  await house().deps.db.tx((tx) => mailSecurity(tx, to, { ...said, end: 'Your administrator did this.' }))
  const [mail] = await mailsTo(to)
  expect(mail?.text).toContain('Your administrator did this.')
  expect(mail?.text).not.toContain('If that was not you')
})

test('a change that does not come about is told to nobody', async () => {
  const to = address()
  await expect(
    house().deps.db.tx(async (tx) => {
      await mailSecurity(tx, to, said)
      throw new Error('the change failed')
    }),
  ).rejects.toThrow('the change failed')
  expect(await mailsTo(to)).toEqual([])
})

test('the same change made twice is told twice', async () => {
  const to = address()
  for (const _time of [1, 2]) await house().deps.db.tx((tx) => mailSecurity(tx, to, said))
  expect(await mailsTo(to)).toHaveLength(2)
})
