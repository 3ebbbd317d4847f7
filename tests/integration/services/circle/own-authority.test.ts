import { describe, expect, test } from 'vitest'
import { ownAuthority } from '#services/circle/own-authority.server.ts'
import { ANONYMOUS, system, type AuthorityType, type Scope } from '#services/kernel/actor.ts'
import { makeAuthority, makePerson } from '#tests/factories/circle.ts'
import { makeCouncil, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps

async function supporter(type: AuthorityType, scopes: Scope[], endsOn?: string) {
  const { personId } = await makePerson(deps(), await makeCouncil(deps()))
  const userId = await makeUser(deps(), 'A brother')
  const authorityId = await makeAuthority(deps(), {
    personId,
    supporterUserId: userId,
    type,
    scopes,
    ...(endsOn ? { endsOn } : {}),
  })
  return userActor(userId, {
    actingFor: { personId, authorityId, type, scopes, personName: 'Joan Ellis', organisationName: null },
  })
}

describe('what a supporter is told of their own authority', () => {
  test('what they may do, in words, until when, and that the person can end it', async () => {
    const brother = await supporter('informal', ['see_plan', 'book'], '2027-03-31')
    expect(await ownAuthority(deps(), brother)).toEqual({
      may: ['See the plan', 'Ask for support, change it and cancel it'],
      until: 'Wednesday 31 March 2027',
      personMayEnd: true,
      isTold: true,
    })
  })

  test('an authority without an end has none to say', async () => {
    expect(await ownAuthority(deps(), await supporter('informal', ['book']))).toMatchObject({ until: null })
  })

  test('what a court or a deed made is not the person’s to end', async () => {
    const attorney = await supporter('attorney_or_deputy_finance', ['see_money', 'manage_money'])
    expect(await ownAuthority(deps(), attorney)).toMatchObject({
      may: ['See the money', 'Receive and manage the money'],
      personMayEnd: false,
      isTold: true,
    })
  })

  test('a friend who may only look is not told what happens; a friend who may write is', async () => {
    expect(await ownAuthority(deps(), await supporter('informal', ['see_plan']))).toMatchObject({
      isTold: false,
    })
    expect(await ownAuthority(deps(), await supporter('informal', ['message']))).toMatchObject({
      isTold: true,
    })
  })

  test('nothing for somebody on their own pages, for nobody and for a job', async () => {
    const own = userActor(await makeUser(deps()))
    for (const actor of [own, ANONYMOUS, system('test')]) expect(await ownAuthority(deps(), actor)).toBeNull()
  })
})
