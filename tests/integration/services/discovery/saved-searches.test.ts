import { expect, test } from 'vitest'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { findPage } from '#services/discovery/find-page.server.ts'
import {
  forgetSearch,
  MOST_SAVED,
  savedSearchesPage,
  saveSearch,
} from '#services/discovery/saved-searches.server.ts'
import { tellSavedSearches } from '#services/discovery/tell-saved-searches.server.ts'
import { type Actor, ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { makeBookingWorld } from '#tests/factories/bookings.ts'
import { actingFor } from '#tests/factories/purchases.ts'
import { makeProvider, makeService, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()

async function world(address = 'category=help_at_home') {
  const w = await makeBookingWorld(house().deps)
  const { deps, person } = w
  const index = (id: string) => deps.db.tx((tx) => indexServices(tx, deps.clock.now(), [id]))
  await index(w.serviceId)
  const save = (of = address, actor = person.actor) =>
    saveSearch(deps, actor, { personId: person.personId, address: of })
  const told = () =>
    deps.db.prisma.notice.findMany({
      where: { personId: person.personId, kind: 'search.fits' },
      orderBy: { id: 'asc' },
      select: { title: true, body: true, path: true },
    })
  const another = async (category = 'help_at_home') => {
    const { providerId } = await makeProvider(deps)
    const { serviceId } = await makeService(deps, providerId, { category })
    await index(serviceId)
    return serviceId
  }
  return { ...w, save, told, another, index }
}

test('what is new is told once, by name and address; what was there before is not', async () => {
  const w = await world()
  expect(await w.save()).toBe('Help at home')
  await tellSavedSearches(w.deps)
  expect(await w.told()).toEqual([])
  await w.another('nursing')
  await w.another()
  await w.another()
  expect(await tellSavedSearches(w.deps)).toBe(1)
  expect(await tellSavedSearches(w.deps)).toBe(0)
  const [notice, ...more] = await w.told()
  expect(more).toEqual([])
  expect(notice).toMatchObject({ title: 'New: Help at home', path: '/find?category=help_at_home' })
  expect(notice?.body).toContain('2 things fit')
})

test('is kept once, as its own address without a page, and let go', async () => {
  const w = await world()
  const { deps, person } = w
  await w.save('category=help_at_home&page=7&nonsense=1')
  await w.save('category=help_at_home')
  const { searches } = await savedSearchesPage(deps, person.actor)
  expect(searches).toMatchObject([{ name: 'Help at home', href: '/find?category=help_at_home', fits: 0 }])
  const input = { personId: person.personId, id: searches[0]?.id ?? '' }
  await forgetSearch(deps, person.actor, input)
  expect((await refusal(forgetSearch(deps, person.actor, input))).code).toBe('NOT_FOUND')
  expect((await savedSearchesPage(deps, person.actor)).searches).toEqual([])
})

test('a search of everything, and one at a place that nobody knows, cannot be kept', async () => {
  const w = await world()
  for (const address of ['', 'sort=best', 'near=Nowhere+at+all', 'x'.repeat(5_000)])
    expect((await refusal(w.save(address))).code).toBe('REFUSED_BY_RULE')
})

test('there are so many at most, also when several are kept at once', async () => {
  const w = await world()
  const addresses = Array.from({ length: MOST_SAVED + 3 }, (_, n) => `q=tea+${String(n)}`)
  const kept = await Promise.allSettled(addresses.map((address) => w.save(address)))
  expect(kept.filter(({ status }) => status === 'fulfilled')).toHaveLength(MOST_SAVED)
})

test('strangers see nothing of it; a supporter needs the right to keep a shortlist', async () => {
  const w = await world()
  const { deps, person } = w
  await w.save()
  const [row] = await deps.db.prisma.savedSearch.findMany({ where: { personId: person.personId } })
  const other = await makeBookingWorld(deps)
  const theirs = { personId: other.person.personId, id: row?.id ?? '' }
  expect((await refusal(forgetSearch(deps, other.person.actor, theirs))).code).toBe('NOT_FOUND')
  expect((await refusal(savedSearchesPage(deps, ANONYMOUS))).code).toBe('SIGN_IN')
  const supporter = userActor(await makeUser(deps))
  const acts = (scopes: Parameters<typeof actingFor>[2]) => actingFor(supporter, person, scopes, newId())
  expect((await refusal(savedSearchesPage(deps, acts(['see_plan'])))).code).toBe('FORBIDDEN')
  expect((await savedSearchesPage(deps, acts(['shortlist']))).searches).toHaveLength(1)
})

test('the page of results offers it to whoever may keep it, for what was asked', async () => {
  const w = await world()
  const keep = async (query: string, actor: Actor = w.person.actor) =>
    (await findPage(w.deps, actor, new URLSearchParams(query))).keep
  expect(await keep('q=tea&page=2')).toEqual({ personId: w.person.personId, address: 'q=tea' })
  expect(await keep('')).toBeNull()
  expect(await keep('q=tea', ANONYMOUS)).toBeNull()
})
