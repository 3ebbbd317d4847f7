import { describe, expect, test } from 'vitest'
import { fundsThatPay } from '#services/budgets/funds-that-pay.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import {
  type FundOptions,
  makeCouncil,
  makePerson,
  makeProvider,
  makeSupplier,
} from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const someone = async (funds: FundOptions[]) => makePerson(deps(), await makeCouncil(deps()), funds)
type Offer = Parameters<typeof fundsThatPay>[2]
const HOME_HELP = { categories: ['help_at_home'] as [string], unitPence: 2_500, accredited: false }
/** Of nobody's: no council knows this provider. */
const NOBODY = '0193b3f0-0000-7000-8000-000000000000'
const answers = (personId: string, changes: Partial<Offer> = {}, on = '2026-11-09') =>
  fundsThatPay(
    deps().db.prisma,
    personId,
    { ...HOME_HELP, providerId: NOBODY, ...changes },
    Temporal.PlainDate.from(on),
    house().clock.now(),
  )
/** Changes the rules of the person's only fund. */
const rule = async (
  allocationId: string | undefined,
  data: { accreditedOnly?: boolean; unitCeilingPence?: number; kind?: 'own_money'; refusalReason?: string },
) => {
  const { prisma } = deps().db
  const { streamId } = await prisma.allocation.findUniqueOrThrow({ where: { id: allocationId ?? '' } })
  await prisma.fundingStream.update({ where: { id: streamId }, data })
}

describe('which funds may pay', () => {
  test('those that pay all come first, then those that pay part, then those that do not', async () => {
    const { personId } = await someone([
      { pence: 100, name: 'None', allowed: ['wellbeing'], endsOn: '2026-12-01' },
      { pence: 100, name: 'Part', allowed: ['nursing'], endsOn: '2026-12-02' },
      { pence: 100, name: 'All' },
    ])
    const all = await answers(personId, { categories: ['help_at_home', 'nursing'] })
    expect(all.map(({ name, pays }) => [name, pays])).toEqual([
      ['All', 'all'],
      ['Part', 'part'],
      ['None', 'none'],
    ])
  })

  test('nobody’s fund is nobody’s answer', async () => {
    const { personId } = await someone([])
    await someone([{ pence: 100 }])
    expect(await answers(personId)).toEqual([])
  })

  test('a fund that has ended is left out, one that ends today is not', async () => {
    const { personId } = await someone([
      { pence: 100, name: 'Over', endsOn: '2026-11-01' },
      { pence: 100, name: 'Last day', endsOn: '2026-11-02' },
    ])
    expect(await answers(personId, {}, '2026-11-02')).toMatchObject([{ name: 'Last day', pays: 'all' }])
    expect(await answers(personId)).toMatchObject([
      { pays: 'none', why: 'It ends on Monday 2 November 2026, before this visit.' },
    ])
  })

  test('an accredited provider and a price up to the ceiling pass, others do not', async () => {
    const accredited = await someone([{ pence: 100 }])
    await rule(accredited.allocationIds[0], { accreditedOnly: true })
    expect(await answers(accredited.personId)).toMatchObject([{ pays: 'none' }])
    expect(await answers(accredited.personId, { accredited: true })).toMatchObject([{ pays: 'all' }])
    const capped = await someone([{ pence: 100 }])
    await rule(capped.allocationIds[0], { unitCeilingPence: 2_500 })
    expect(await answers(capped.personId)).toMatchObject([{ pays: 'all' }])
    expect(await answers(capped.personId, { unitPence: 2_501 })).toMatchObject([
      { pays: 'none', why: 'It pays up to £25.00 for each hour or visit. This costs £25.01.' },
    ])
  })

  test('the council pays for what it has approved, as long as the plan gives it', async () => {
    const managed = { pence: 100, deployment: 'council_managed', planCategory: 'help_at_home' } as const
    const waiting = await someone([{ ...managed, approved: false }])
    const approved = await someone([{ ...managed, approved: true }])
    expect(await answers(waiting.personId)).toMatchObject([{ pays: 'none' }])
    expect(await answers(approved.personId)).toMatchObject([
      { pays: 'none', why: expect.stringContaining('no supplier number') as unknown },
    ])
    const { providerId } = await makeProvider(deps())
    const { councilId } = await deps().db.prisma.person.findUniqueOrThrow({
      where: { id: approved.personId },
    })
    await makeSupplier(deps(), councilId, providerId)
    expect(await answers(approved.personId, { providerId })).toMatchObject([{ pays: 'all' }])
    expect(await answers(approved.personId, { providerId, categories: ['meals_delivered'] })).toMatchObject([
      { pays: 'none' },
    ])
    await deps().db.prisma.planLine.updateMany({
      where: { allocationId: approved.allocationIds[0] ?? '' },
      data: { endsOn: new Date('2026-11-08') },
    })
    expect(await answers(approved.personId, { providerId })).toMatchObject([{ pays: 'none' }])
  })
})

describe('what is said of a fund', () => {
  test('what is left, what comes next, or that nothing does', async () => {
    const { personId, allocationIds } = await someone([
      { pence: 12_345, endsOn: '2026-12-01' },
      { pence: 0, endsOn: '2026-12-02', expected: [{ dueOn: '2026-11-09', pence: 100 }] },
      { pence: 0, endsOn: '2026-12-03', expected: [{ dueOn: '2026-11-09', pence: 100 }] },
    ])
    await deps().db.prisma.instalment.deleteMany({ where: { allocationId: allocationIds[2] ?? '' } })
    expect((await answers(personId)).map(({ why }) => why)).toEqual([
      '£123.45 is left in it today.',
      'Nothing is left in it today. Its next money comes on Monday 9 November 2026.',
      'Nothing is left in it.',
    ])
  })

  test('own money never says how much there is', async () => {
    const { personId, allocationIds } = await someone([{ pence: 9_900 }])
    await rule(allocationIds[0], { kind: 'own_money' })
    expect(await answers(personId)).toMatchObject([{ pays: 'all', why: 'It pays only what you say it may.' }])
  })

  test('a refusal says what the fund can buy first, then why not this', async () => {
    const { personId, allocationIds } = await someone([{ pence: 100, refused: ['help_at_home'] }])
    await rule(allocationIds[0], { refusalReason: 'The council arranges it itself.' })
    expect(await answers(personId)).toMatchObject([
      {
        pays: 'none',
        why: 'It can pay for help at home. This is not on its list. The council arranges it itself.',
      },
    ])
  })
})
