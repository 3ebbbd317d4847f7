import { describe, expect, test } from 'vitest'
import { servicePage } from '#services/catalogue/service-page.server.ts'
import { ANONYMOUS, type Actor, type Scope } from '#services/kernel/actor.ts'
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
      'Council pays': ['none', expect.stringMatching(/has not yet approved this kind of support/)],
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
