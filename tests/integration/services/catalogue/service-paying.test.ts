import { describe, expect, test } from 'vitest'
import { servicePage } from '#services/catalogue/service-page.server.ts'
import { paying } from '#services/catalogue/service-paying.server.ts'
import { ANONYMOUS, system, type Actor, type Scope } from '#services/kernel/actor.ts'
import { Temporal } from '#services/kernel/time.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import {
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  makeUser,
  userActor,
} from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps

async function homeHelp(options: Parameters<typeof makeService>[2] = {}) {
  const { providerId } = await makeProvider(deps())
  const { slug } = await makeService(deps(), providerId, options)
  return { slug, paying: async (actor: Actor) => (await servicePage(deps(), actor, slug, false)).paying }
}
const funded = async () =>
  makePerson(deps(), await makeCouncil(deps()), [
    { pence: 100, name: 'Training', allowed: ['learning_and_skills'] },
    {
      pence: 100,
      name: 'Council pays',
      deployment: 'council_managed',
      planCategory: 'help_at_home',
      approved: false,
    },
    { pence: 5_000, name: 'My card', deployment: 'direct_payment_card' },
    { pence: 0, name: 'Soon', expected: [{ dueOn: '2026-11-09', pence: 4_000 }] },
  ])

describe('which funds can pay for a service', () => {
  test('says yes or no for each fund, with what is left or the rule of that fund', async () => {
    const { actor } = await funded()
    const { paying } = await homeHelp()
    const shown = await paying(actor)
    expect(shown).toMatchObject({ kind: 'funds', self: true, mayBook: true })
    const funds = shown?.kind === 'funds' ? shown.funds : []
    expect(Object.fromEntries(funds.map(({ name, pays, why }) => [name, [pays, why]]))).toEqual({
      'My card': ['all', '£50.00 is left in it today.'],
      Soon: ['all', 'Nothing is left in it today. Its next money comes on Monday 9 November 2026.'],
      Training: ['none', 'It can pay for help at home. This is not on its list.'],
      'Council pays': [
        'none',
        expect.stringMatching(/neither approved this kind of support in your plan nor ordered it/),
      ],
    })
    expect(funds.slice(0, 2).map(({ pays }) => pays)).toEqual(['all', 'all'])
  })

  test('a fund that covers one line of the price says that it pays part', async () => {
    const { actor } = await makePerson(deps(), await makeCouncil(deps()), [
      { pence: 5_000, name: 'Health', allowed: ['nursing'] },
    ])
    const { paying } = await homeHelp({ extra: { label: 'Exercises', pence: 500, category: 'nursing' } })
    expect(await paying(actor)).toMatchObject({ funds: [{ name: 'Health', pays: 'part' }] })
  })

  test('nothing of anybody’s money for strangers, and for a supporter who may not see it', async () => {
    const { personId } = await funded()
    const { paying } = await homeHelp()
    expect(await paying(ANONYMOUS)).toEqual({ kind: 'anybody', signedIn: false })
    expect(await paying(userActor(await makeUser(deps())))).toEqual({ kind: 'anybody', signedIn: true })
    const acting = async (scopes: Scope[]) => {
      const userId = await makeUser(deps())
      const authorityId = await makeAuthority(deps(), { personId, supporterUserId: userId, scopes })
      return userActor(userId, {
        actingFor: {
          personId,
          authorityId,
          type: 'informal',
          scopes,
          personName: 'Ada Test',
          organisationName: null,
        },
      })
    }
    expect(await paying(await acting(['book']))).toEqual({ kind: 'hidden', shortName: 'Ada' })
    expect(await paying(await acting(['see_money']))).toMatchObject({
      kind: 'funds',
      self: false,
      mayBook: false,
    })
  })

  test('what is free asks no fund', async () => {
    const { actor } = await funded()
    const { paying } = await homeHelp({ funded: 'free' })
    expect(await paying(actor)).toBeNull()
  })
})

describe('what is asked of the funds', () => {
  const base = { kind: 'base', pence: 2_500, categoryCode: null }
  const priced = (...prices: { kind: string; pence: number; categoryCode: string | null }[]) => ({
    providerId: '0193b3f0-0000-7000-8000-000000000000',
    fundedBy: 'bought',
    categoryCode: 'help_at_home',
    prices,
  })
  const health = async () =>
    makePerson(deps(), await makeCouncil(deps()), [{ pence: 100, allowed: ['nursing'] }])
  const answer = async (
    actor: Actor,
    version: Parameters<typeof paying>[2],
    on: string | null = '2026-11-09',
  ) => {
    const said = await paying(deps(), actor, version, false, on ? Temporal.PlainDate.from(on) : null)
    return said?.kind === 'funds' ? said.funds.map(({ pays }) => pays) : said
  }

  test('what the price itself is for counts, where it is not for the kind of the listing', async () => {
    const { actor } = await health()
    expect(await answer(actor, priced(base))).toEqual(['none'])
    expect(await answer(actor, priced({ ...base, categoryCode: 'nursing' }))).toEqual(['all'])
  })

  test('a line that costs nothing is asked of no fund', async () => {
    const { actor } = await health()
    const extra = { kind: 'extra', pence: 0, categoryCode: 'nursing' }
    expect(await answer(actor, priced(base, extra))).toEqual(['none'])
    expect(await answer(actor, priced(base, { ...extra, pence: 500 }))).toEqual(['part'])
  })

  test('the day is the first on which it can be had, else today', async () => {
    const { actor } = await makePerson(deps(), await makeCouncil(deps()), [
      { pence: 100, endsOn: '2026-11-02' },
    ])
    expect(await answer(actor, priced(base), null)).toEqual(['all'])
    expect(await answer(actor, priced(base), '2026-11-03')).toEqual(['none'])
  })

  test('while somebody acts for another, only the other’s funds are read', async () => {
    const [mine, theirs] = [await funded(), await health()]
    const acting = userActor(mine.actor.userId, {
      personId: mine.personId,
      actingFor: {
        personId: theirs.personId,
        authorityId: '01930000-0000-7000-8000-000000000000',
        type: 'informal',
        scopes: ['see_money'],
        personName: 'Ada Test',
        organisationName: null,
      },
    })
    expect(await answer(acting, priced(base))).toEqual(['none'])
  })

  test('a job has no funds', async () => {
    expect(await answer(system('test'), priced(base))).toEqual({ kind: 'anybody', signedIn: false })
  })
})
