import { expect, test } from 'vitest'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { type Actor, ANONYMOUS, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

async function written(actor: Actor, changes: Partial<Parameters<typeof recordAudit>[3]> = {}) {
  const { deps } = house()
  const subjectId = newId()
  await deps.db.tx((tx) =>
    recordAudit(tx, deps.clock.now(), actor, {
      action: 'thing.done',
      subjectType: 'thing',
      subjectId,
      ...changes,
    }),
  )
  return deps.db.prisma.auditEvent.findFirstOrThrow({ where: { subjectId } })
}
const acting = async () => {
  const actingFor = {
    personId: newId(), personName: 'Joan', authorityId: newId(), type: 'informal' as const, scopes: [], organisationName: null,
  } // prettier-ignore
  return userActor(await makeUser(house().deps), { personId: newId(), actingFor })
}

test('a supporter’s act says who, for whom and by which authority, and when by the clock', async () => {
  const actor = await acting()
  expect(await written(actor)).toMatchObject({
    actorUserId: actor.userId,
    forPersonId: actor.actingFor?.personId,
    authorityId: actor.actingFor?.authorityId,
    at: new Date('2026-11-02T10:00:00Z'),
    facts: {},
  })
})

test('a person’s own act is for themselves; the system’s and a stranger’s are nobody’s', async () => {
  const personId = newId()
  const self = userActor(await makeUser(house().deps), { personId })
  expect(await written(self)).toMatchObject({ forPersonId: personId, authorityId: null })
  for (const actor of [system('settle'), ANONYMOUS])
    expect(await written(actor)).toMatchObject({ actorUserId: null, forPersonId: null, authorityId: null })
})

test('the person can be named, or left out on purpose', async () => {
  const [actor, other] = [await acting(), newId()]
  expect((await written(actor, { forPersonId: other })).forPersonId).toBe(other)
  expect((await written(actor, { forPersonId: null })).forPersonId).toBeNull()
})

test('facts are kept as they are', async () => {
  const facts = { pence: 2750, state: 'asked', by: null, late: false }
  expect((await written(system('test'), { facts })).facts).toEqual(facts)
})

test('nothing is written when the rest of the transaction fails', async () => {
  const { deps } = house()
  const subjectId = newId()
  const entry = { action: 'thing.done', subjectType: 'thing', subjectId }
  await expect(
    deps.db.tx(async (tx) => {
      await recordAudit(tx, deps.clock.now(), system('test'), entry)
      throw new Error('and then')
    }),
  ).rejects.toThrow('and then')
  expect(await deps.db.prisma.auditEvent.count({ where: { subjectId } })).toBe(0)
})

test('what is written is changed by nobody: the site may not, and the owner is refused too', async () => {
  const { id } = await written(system('test'))
  await expect(
    house().deps.db.prisma.auditEvent.update({ where: { id }, data: { action: 'thing.undone' } }),
  ).rejects.toThrow(/permission denied/)
  await expect(
    house().asOwner(`update audit_event set action = 'thing.undone' where id = $1`, [id]),
  ).rejects.toMatchObject({ code: 'KH001' })
  await expect(house().asOwner('delete from audit_event where id = $1', [id])).rejects.toMatchObject({
    code: 'KH001',
  })
})
