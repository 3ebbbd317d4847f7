import { describe, expect, test } from 'vitest'
import { categoryChoices, newListingPage } from '#services/catalogue/new-listing-page.server.ts'
import { ANONYMOUS, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeProvider, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps

describe('the first question of a new listing', () => {
  test('asks an owner what kind of support it is, from the one list of them', async () => {
    const { providerId, owner } = await makeProvider(deps(), { name: 'Harbour Hands' })
    const page = await newListingPage(deps(), owner, null)
    expect(page.provider).toEqual({ id: providerId, name: 'Harbour Hands' })
    expect(page.categories).toEqual(categoryChoices())
    const rows = await deps().db.prisma.category.findMany({ orderBy: { position: 'asc' } })
    expect(page.categories).toEqual(rows.map(({ code, name }) => ({ value: code, label: name })))
  })

  test('a coordinator may answer it too; a worker may not', async () => {
    const { providerId, worker } = await makeProvider(deps())
    const coordinator = userActor(await makeUser(deps()), {
      providers: [{ providerId, memberId: newId(), role: 'coordinator' }],
    })
    expect(await newListingPage(deps(), coordinator, null)).toMatchObject({ provider: { id: providerId } })
    await expect(newListingPage(deps(), worker, null)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('whoever belongs to several is asked about the one they chose, and their role there counts', async () => {
    const [first, second] = [await makeProvider(deps()), await makeProvider(deps())]
    const both = userActor(await makeUser(deps()), {
      providers: [
        { providerId: first.providerId, memberId: newId(), role: 'worker' },
        { providerId: second.providerId, memberId: newId(), role: 'owner' },
      ],
    })
    expect(await newListingPage(deps(), both, second.providerId)).toMatchObject({
      provider: { id: second.providerId },
    })
    await expect(newListingPage(deps(), both, first.providerId)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(newListingPage(deps(), both, null)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('strangers find no page, and the same for an organisation that does not exist', async () => {
    const { providerId } = await makeProvider(deps())
    const { owner: other } = await makeProvider(deps())
    for (const wanted of [providerId, newId(), 'no id'])
      await expect(newListingPage(deps(), other, wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const nobody = userActor(await makeUser(deps()))
    await expect(newListingPage(deps(), nobody, null)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('whoever is signed out is asked to sign in', async () => {
    for (const actor of [ANONYMOUS, system('test')])
      await expect(newListingPage(deps(), actor, null)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})
