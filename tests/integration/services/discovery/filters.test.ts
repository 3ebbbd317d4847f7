/** From what a provider says and somebody has checked to what a search finds by it. */
import { expect, test } from 'vitest'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { reindexServices } from '#services/catalogue/reindex-services.server.ts'
import { findPage } from '#services/discovery/find-page.server.ts'
import { layoutIsOld, noteLayout } from '#services/discovery/layout.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { book, makeBookingWorld } from '#tests/factories/bookings.ts'
import type { ServiceOptions } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

async function listed(service: ServiceOptions = {}) {
  const w = await makeBookingWorld(house().deps, { service })
  const index = () => w.deps.db.tx((tx) => indexServices(tx, w.deps.clock.now(), [w.serviceId]))
  const finds = async (query: string, actor = ANONYMOUS) =>
    (await findPage(w.deps, actor, new URLSearchParams(query))).cards.some(({ href }) =>
      href.endsWith(w.slug),
    )
  return { w, index, finds }
}

test('languages, access and who comes are what the listing says', async () => {
  const { index, finds } = await listed({
    languages: ['English', 'BSL'],
    accessibility: ['step_free'],
    workers: ['woman'],
  })
  await index()
  for (const query of ['language=british_sign_language', 'access=step_free', 'worker=woman'])
    expect([query, await finds(query)]).toEqual([query, true])
  for (const query of ['language=polish', 'access=step_free&access=hoist', 'worker=man'])
    expect([query, await finds(query)]).toEqual([query, false])
})

test('a check counts while it holds, and only when nobody’s is missing', async () => {
  const { w, index, finds } = await listed()
  const check = (state: 'verified' | 'asked', expiresOn: string | null) =>
    w.deps.db.prisma.verification.create({
      data: {
        providerId: w.provider.providerId,
        kind: 'dbs',
        state,
        checkedOn: state === 'verified' ? new Date('2026-10-01') : null,
        expiresOn: expiresOn ? new Date(expiresOn) : null,
      },
    })
  await check('verified', '2027-01-31')
  await index()
  expect(await finds('checked=dbs')).toBe(true)
  house().clock.set('2027-02-01T10:00:00Z')
  await reindexServices(w.deps)
  expect(await finds('checked=dbs')).toBe(false)
  house().clock.set('2026-11-02T10:00:00Z')
  await check('asked', null)
  await index()
  expect(await finds('checked=dbs')).toBe(false)
})

test('an hour that a visit takes is not free from now on, and is from the week after', async () => {
  const { w, index, finds } = await listed()
  const query = 'day=monday&from=9&until=10'
  await index()
  expect(await finds(query)).toBe(true)
  await book(w, '2026-11-16')
  await index()
  expect(await finds(query)).toBe(false)
  expect(await finds(`${query}&starting=2026-11-17`)).toBe(true)
  expect(await finds('day=monday&from=12&until=13')).toBe(true)
})

test('a person sees what one of their funds can pay for; for anybody else the address says nothing', async () => {
  const { w, index, finds } = await listed()
  await index()
  const [fund = ''] = w.person.allocationIds
  expect(await finds(`fund=${fund}`, w.person.actor)).toBe(true)
  const page = await findPage(w.deps, w.person.actor, new URLSearchParams())
  expect(page.groups.find(({ name }) => name === 'fund')?.options.map(({ value }) => value)).toEqual([
    '',
    fund,
  ])
  const { streamId } = await w.deps.db.prisma.allocation.findUniqueOrThrow({ where: { id: fund } })
  await w.deps.db.prisma.fundingStream.update({
    where: { id: streamId },
    data: { allowedCategories: ['nursing'] },
  })
  expect(await finds(`fund=${fund}`, w.person.actor)).toBe(false)
  const strangers = await findPage(w.deps, ANONYMOUS, new URLSearchParams(`fund=${fund}`))
  expect(strangers.groups.some(({ name }) => name === 'fund')).toBe(false)
  expect(strangers.total).toBeGreaterThan(0)
  expect(strangers.notes.join(' ')).toContain('Sign in as whose it is')
})

test('entries of an older program are written anew once', async () => {
  const { db } = house().deps
  expect(await layoutIsOld(db)).toBe(false)
  await house().asOwner('update search_layout set version = 1')
  expect(await layoutIsOld(db)).toBe(true)
  await noteLayout(db)
  expect(await layoutIsOld(db)).toBe(false)
})
