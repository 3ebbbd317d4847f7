import { expect, test } from 'vitest'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { startPage } from '#services/choosing/answers-page.server.ts'
import { optionsPage } from '#services/choosing/options-page.server.ts'
import type { Answers } from '#services/choosing/questions.ts'
import { findPage } from '#services/discovery/find-page.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makeProvider, makeService, type ServiceOptions } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

async function world() {
  const w = await makeNeighbourWorld(house().deps)
  const { deps } = w
  const index = (id: string) => deps.db.tx((tx) => indexServices(tx, deps.clock.now(), [id]))
  await index(w.serviceId)
  const another = async (options: ServiceOptions = {}) => {
    const { providerId } = await makeProvider(deps)
    const { serviceId } = await makeService(deps, providerId, options)
    await index(serviceId)
    return serviceId
  }
  const options = async (answers: Answers) => {
    const page = await optionsPage(deps, ANONYMOUS, answers)
    if (!page) throw new Error('nothing was answered')
    return page
  }
  return { ...w, another, index, options }
}

test('a handful with reasons that are true of each, and the way to all of them', async () => {
  const w = await world()
  const signs = {
    category: 'help_at_home',
    languages: ['Urdu'],
    accessibility: ['step_free'],
    workers: ['woman'],
  }
  const fits = [await w.another(signs), await w.another(signs), await w.another({ ...signs, pence: 1_000 })]
  await w.another({ category: 'help_at_home' })
  await w.another({ ...signs, category: 'nursing' })
  const answers: Answers = { what: ['house'], language: ['urdu'], access: ['step_free'], matters: ['cheap'] }
  const page = await w.options(answers)
  expect(new Set(page.options.map(({ serviceId }) => serviceId))).toEqual(new Set(fits))
  expect(page.options[0]).toMatchObject({
    serviceId: fits[2],
    price: { pence: 1_250 },
    reasons: [
      'It has the lowest price for an hour of all that we looked at.',
      'You want help with the house: it is listed under “Help at home”.',
      'It has what you need: no steps.',
    ],
  })
  expect(page.options[1]?.reasons).toEqual([
    'You want help with the house: it is listed under “Help at home”.',
    'It has what you need: no steps.',
    'Somebody there uses Urdu.',
  ])
  expect(page.ease).toEqual([])
  const all = await findPage(w.deps, ANONYMOUS, new URL(page.seeAll, 'http://kith.test').searchParams)
  expect([all.errors, all.total]).toEqual([{}, page.total])
})

test('with fewer than three it says which answer to ease, and how many more that brings', async () => {
  const w = await world()
  const meals = { category: 'meals_delivered' }
  await w.another({ ...meals, languages: ['Polish'] })
  await w.another(meals)
  await w.another(meals)
  const page = await w.options({ what: ['meals'], language: ['polish'] })
  expect(page.options).toHaveLength(1)
  expect(page.ease).toEqual([
    {
      words: 'In any language: 2 more',
      change: { href: '/choose/language', about: 'Language' },
      see: '/find?category=meals_delivered',
    },
  ])
})

test('when no one answer helps alone, it counts what is left of the wish', async () => {
  const w = await world()
  await w.another({ category: 'technology' })
  const page = await w.options({ what: ['things'], language: ['polish'], access: ['hoist'] })
  expect(page.options).toEqual([])
  expect(page.how).toEqual([])
  expect(page.ease[0]).toMatchObject({ words: 'Only what you want, anywhere: 1 fit', change: null })
})

test('names up to three user-led organisations near, with a telephone, and none from anywhere', async () => {
  const w = await world()
  const ledByUs = async (name: string, phone: string | null, lat: number) => {
    const { providerId } = await makeProvider(w.deps, { name })
    await w.deps.db.prisma.provider.update({
      where: { id: providerId },
      data: { kind: 'user_led_organisation', phone },
    })
    await w.index((await makeService(w.deps, providerId, { at: { lat, lon: -1.8 } })).serviceId)
  }
  await ledByUs('Far', '01632 960103', 53.59)
  await ledByUs('Nearest', '01632 960101', 53.551)
  await ledByUs('Without a telephone', null, 53.55)
  await ledByUs('Near', '01632 960102', 53.57)
  await ledByUs('Farther', '01632 960104', 53.595)
  await ledByUs('Elsewhere', '01632 960105', 51.5)
  const names = ({ people }: { people: { name: string }[] }) => people.map(({ name }) => name)
  // Nobody says where they live: no group from anywhere.
  expect((await startPage(w.deps, ANONYMOUS, {})).talk).toEqual({ near: null, people: [] })
  const answered = (await startPage(w.deps, ANONYMOUS, { near: ['Millgate'] })).talk
  expect([answered.near, names(answered)]).toEqual(['Millgate', ['Nearest', 'Near', 'Far']])
  expect(answered.people[0]?.phone).toBe('01632 960101')
  const { talk } = await startPage(w.deps, { ...w.person.actor, personId: w.person.personId }, {})
  expect([talk.near, names(talk)]).toEqual(['your home', ['Nearest', 'Near', 'Far']])
})
