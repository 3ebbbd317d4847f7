import { beforeEach, describe, expect, test } from 'vitest'
import { activatePayees } from '#services/payees/activate-payees.server.ts'
import { recordCallBack, recordPayeeCheck, showPayeeNumbers } from '#services/payees/check-payee.server.ts'
import { bankDetailsPage, payeePage, payeesPage } from '#services/payees/payees-page.server.ts'
import { proposePayee, withdrawPayee } from '#services/payees/propose-payee.server.ts'
import { type CouncilWorld, makeCouncilWorld, makeFinance } from '#tests/factories/council-pays.ts'
import { makeCouncil, makeProvider, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  // A Thursday, so that a weekend lies in the three working days.
  house().clock.set('2026-11-05T10:00:00Z')
})
const NEW = { accountName: 'Weavers Care', sortCode: '08-99-99', accountNumber: '66374958' }
const propose = (w: CouncilWorld, input: Record<string, unknown> = NEW) =>
  proposePayee(w.deps, w.provider.owner, w.provider.providerId, input)
const callBack = { answer: 'yes', note: 'Rang Magda on 01632 960123; she read out the number.' }
const inUse = async (w: CouncilWorld) =>
  (
    await w.deps.db.prisma.payeeAccount.findFirstOrThrow({
      where: { providerId: w.provider.providerId, state: 'active' },
    })
  ).accountNumber

describe('where a provider is paid', () => {
  test('changes only after a payee check, a call back and three working days; the old contact is told at once', async () => {
    const w = await makeCouncilWorld(house().deps)
    await w.deps.db.prisma.provider.update({
      where: { id: w.provider.providerId },
      data: { email: 'office@weavers.example' },
    })
    const { payeeId } = await propose(w)
    await house().runJobs()
    const mails = house().mail.sent.filter(
      ({ subject }) => subject === 'Somebody has asked to change where you are paid',
    )
    expect(mails.map(({ to }) => to)).toContain('office@weavers.example')
    expect(mails.map(({ to }) => to)).toContain(`${w.provider.owner.userId}@test.example`)
    expect(JSON.stringify(mails)).not.toContain('66374958')
    expect(
      house().mail.sent.some(({ subject }) => subject === 'A provider asks to be paid into another account'),
    ).toBe(true)

    expect((await refusal(recordCallBack(w.deps, w.maker, payeeId, callBack))).publicMessage).toMatch(
      /Ask the bank first/,
    )
    expect((await refusal(recordPayeeCheck(w.deps, w.maker, payeeId, { result: 'maybe' }))).code).toBe(
      'INVALID',
    )
    await recordPayeeCheck(w.deps, w.maker, payeeId, { result: 'match' })
    expect((await refusal(recordCallBack(w.deps, w.maker, payeeId, { answer: 'yes', note: '' }))).code).toBe(
      'INVALID',
    )
    expect(
      (await refusal(recordCallBack(w.deps, { ...w.maker, secondStepFresh: false }, payeeId, callBack))).code,
    ).toBe('SECOND_STEP')
    await recordCallBack(w.deps, w.maker, payeeId, callBack)
    expect((await refusal(recordCallBack(w.deps, w.maker, payeeId, callBack))).code).toBe('STALE_STATE')
    expect(await payeePage(w.deps, w.maker, payeeId)).toMatchObject({
      state: 'cooling',
      usableFrom: 'Tuesday 10 November 2026',
    })

    // Friday, Monday, Tuesday: a second before, the old account is still the one.
    house().clock.set('2026-11-10T09:59:59Z')
    expect(await activatePayees(w.deps)).toBe(0)
    expect(await inUse(w)).toBe('12345678')
    house().clock.set('2026-11-10T10:00:00Z')
    expect(await activatePayees(w.deps)).toBe(1)
    expect(await activatePayees(w.deps)).toBe(0)
    expect(await inUse(w)).toBe('66374958')
    expect(await bankDetailsPage(w.deps, w.provider.owner, null)).toMatchObject({
      active: { account: '•••••958' },
      coming: null,
      past: [{ account: '•••••678', state: 'replaced' }],
    })
  })

  test('a no on the telephone, or a name that does not fit, changes nothing', async () => {
    const w = await makeCouncilWorld(house().deps)
    const first = await propose(w)
    await recordPayeeCheck(w.deps, w.maker, first.payeeId, { result: 'no_match' })
    expect((await refusal(recordCallBack(w.deps, w.maker, first.payeeId, callBack))).publicMessage).toMatch(
      /does not fit/,
    )
    await recordCallBack(w.deps, w.maker, first.payeeId, { answer: 'no', note: 'Nobody there knows of it.' })
    expect(await inUse(w)).toBe('12345678')
    expect(await payeePage(w.deps, w.maker, first.payeeId)).toMatchObject({ state: 'refused' })
  })

  test('the later of two wishes stands; a wish can be taken back, also while it cools', async () => {
    const w = await makeCouncilWorld(house().deps)
    const first = await propose(w)
    expect((await refusal(propose(w))).code).toBe('STALE_STATE')
    const second = await propose(w, { ...NEW, sortCode: '107999', accountNumber: '88837491' })
    expect((await refusal(recordPayeeCheck(w.deps, w.maker, first.payeeId, { result: 'match' }))).code).toBe(
      'STALE_STATE',
    )
    await recordPayeeCheck(w.deps, w.maker, second.payeeId, { result: 'unavailable' })
    await recordCallBack(w.deps, w.maker, second.payeeId, callBack)
    const input = { providerId: w.provider.providerId, payeeId: second.payeeId }
    await withdrawPayee(w.deps, w.provider.owner, input)
    expect((await refusal(withdrawPayee(w.deps, w.provider.owner, input))).code).toBe('STALE_STATE')
    house().clock.advance({ days: 10 })
    expect(await activatePayees(w.deps)).toBe(0)
    expect(await inUse(w)).toBe('12345678')
  })

  test.each([
    [{ accountName: '' }, 'accountName'],
    [{ sortCode: '12-34-5' }, 'sortCode'],
    [{ sortCode: 'ab-cd-ef' }, 'sortCode'],
    [{ accountNumber: '12345' }, 'accountNumber'],
    [{ accountNumber: '123456789' }, 'accountNumber'],
    [{ accountNumber: '1234567a' }, 'accountNumber'],
    [{ accountNumber: '66374959' }, 'accountNumber'],
  ])('%j is refused beside its field', async (change, field) => {
    const w = await makeCouncilWorld(house().deps, { setUp: false })
    expect((await refusal(propose(w, { ...NEW, ...change }))).details.fields).toHaveProperty(field)
  })

  test('numbers that the published check refuses are taken from somebody who looked again, and shown as such', async () => {
    const w = await makeCouncilWorld(house().deps)
    const { payeeId } = await propose(w, { ...NEW, accountNumber: '66374959', sure: 'yes' })
    expect(await payeePage(w.deps, w.maker, payeeId)).toMatchObject({
      modulus: 'invalid',
      account: '•••••959',
    })
  })
})

describe('who sees bank details', () => {
  test('finance of a council that pays the provider, and operators; the whole number only by a press that is kept', async () => {
    const w = await makeCouncilWorld(house().deps)
    const { payeeId } = await propose(w)
    expect(JSON.stringify(await payeePage(w.deps, w.maker, payeeId))).not.toContain('66374958')
    expect((await payeesPage(w.deps, w.maker)).payees).toHaveLength(2)
    expect(await showPayeeNumbers(w.deps, w.maker, payeeId)).toEqual({
      sortCode: '089999',
      accountNumber: '66374958',
    })
    expect(
      await w.deps.db.prisma.auditEvent.count({
        where: { subjectId: payeeId, action: 'payee.numbers_shown' },
      }),
    ).toBe(1)
    const operator = userActor(await makeUser(w.deps), { operator: true })
    expect(await payeePage(w.deps, operator, payeeId)).toMatchObject({ id: payeeId })

    const elsewhere = await makeFinance(w.deps, await makeCouncil(w.deps), 'Finance elsewhere')
    const adviser = userActor(await makeUser(w.deps), {
      staff: [{ councilId: w.councilId, roles: ['adviser'] }],
    })
    const stranger = await makeProvider(w.deps)
    for (const actor of [elsewhere, adviser, stranger.owner, w.person.actor]) {
      expect((await refusal(payeePage(w.deps, actor, payeeId))).code).toBe('NOT_FOUND')
      expect((await refusal(showPayeeNumbers(w.deps, actor, payeeId))).code).toBe('NOT_FOUND')
    }
    expect((await refusal(propose({ ...w, provider: { ...w.provider, owner: stranger.owner } }))).code).toBe(
      'NOT_FOUND',
    )
    expect(
      (await refusal(propose({ ...w, provider: { ...w.provider, owner: w.provider.worker } }))).code,
    ).toBe('FORBIDDEN')
  })
})
