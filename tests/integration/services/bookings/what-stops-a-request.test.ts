import { beforeEach, describe, expect, test } from 'vitest'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { bookPage } from '#services/bookings/book-page.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { ask, balances, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makePerson, times } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const world = (options: Parameters<typeof makeBookingWorld>[1] = {}) =>
  makeBookingWorld(house().deps, options)

describe('what stops a request', () => {
  test('another price than the one that was checked', async () => {
    const w = await world()
    await expect(ask(w, '2026-11-09', 2700)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await balances(w)).toMatchObject({ held: 0 })
  })

  test('not enough money, with the sum that is missing', async () => {
    const w = await world({ funds: [{ pence: 2000 }] })
    await expect(ask(w, '2026-11-09', 2750)).rejects.toMatchObject({
      code: 'NOT_ENOUGH_MONEY',
      publicMessage: expect.stringContaining('£7.50') as unknown,
    })
  })

  test('a council-managed fund without an approved plan line, until it is approved', async () => {
    const refused = await world({
      funds: [{ pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home' }],
    })
    await expect(ask(refused, '2026-11-09', 2750)).rejects.toMatchObject({ code: 'NOT_ENOUGH_MONEY' })
    const approved = await world({
      funds: [{ pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true }],
    })
    await expect(ask(approved, '2026-11-09', 2750)).resolves.toBeTypeOf('string')
  })

  test('less notice than they need', async () => {
    const w = await world({ service: { noticeHours: 48 } })
    await expect(ask(w, '2026-11-03', 2750)).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('somebody else’s draft looks like none at all', async () => {
    const w = await world()
    const other = await makePerson(w.deps, w.councilId, [{ pence: 48_000 }])
    const draft = await startDraft(w.deps, w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-09'),
    })
    await expect(
      askForVisits(w.deps, other.actor, { ...draft, personId: other.personId, expectedPence: 2750 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      askForVisits(w.deps, other.actor, { ...draft, personId: w.person.personId, expectedPence: 2750 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a registration that the regulator took away, also for who had the page open', async () => {
    const w = await world()
    const draft = await startDraft(w.deps, w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-09'),
    })
    // A published version never changes; this one is made to have been regulated all along.
    await house().asOwner('alter table service_version disable trigger service_version_frozen')
    await house().asOwner(
      `update service_version set regulation = 'registered', registration_id = '1-1' where service_id = (select id from service where slug = $1)`,
      [w.slug],
    )
    await house().asOwner('alter table service_version enable trigger service_version_frozen')
    const askAnyway = () =>
      askForVisits(w.deps, w.person.actor, { ...draft, personId: w.person.personId, expectedPence: 2750 })
    await house().asOwner(
      `insert into place (id, provider_id, slug, name, cqc_location_id, registration_status, updated_at)
       values (gen_random_uuid(), $1, 'gone', 'Gone', '1-1', 'Deregistered', now())`,
      [w.provider.providerId],
    )
    await expect(askAnyway()).rejects.toMatchObject({ code: 'STALE_STATE' })
    await expect(bookPage(w.deps, w.person.actor, w.slug, null)).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
      publicMessage: expect.stringContaining('off its register') as unknown,
    })
    await house().asOwner(`update place set registration_status = 'Registered' where slug = 'gone'`)
    await expect(askAnyway()).resolves.toMatchObject({ now: true })
  })
})
