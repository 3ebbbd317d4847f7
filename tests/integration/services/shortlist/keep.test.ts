import { describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { comparePage } from '#services/shortlist/compare-page.server.ts'
import { joinLists } from '#services/shortlist/join-lists.server.ts'
import { keepService } from '#services/shortlist/keep-service.server.ts'
import { keptIds } from '#services/shortlist/kept-ids.server.ts'
import { MOST_KEPT } from '#services/shortlist/list-rows.server.ts'
import { shortlistPage } from '#services/shortlist/shortlist-page.server.ts'
import { ANONYMOUS, type UserActor } from '#services/kernel/actor.ts'
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

async function world(services = 2) {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps)
  const made = []
  for (let i = 0; i < services; i += 1) made.push(await makeService(deps, provider.providerId))
  const person = await makePerson(deps, councilId, [{ pence: 50_000 }])
  const actor: UserActor = { ...person.actor, personId: person.personId }
  return {
    deps,
    councilId,
    provider,
    services: made,
    person,
    actor,
    ids: made.map(({ serviceId }) => serviceId),
  }
}
const keep = (serviceId: string, inBrowser: string[] = []) => ({
  serviceId,
  intent: 'keep' as const,
  inBrowser,
})

describe('keeping a service', () => {
  test('signed out, it is kept in the browser and nowhere else', async () => {
    const { deps, ids } = await world()
    const now = await keepService(deps, ANONYMOUS, keep(ids[0] ?? ''))
    expect(now).toEqual({
      inBrowser: [ids[0]],
      notice: 'Kept: Morning help at home. 1 service on your shortlist.',
    })
    expect((await keepService(deps, ANONYMOUS, keep(ids[0] ?? '', now.inBrowser ?? []))).inBrowser).toEqual([
      ids[0],
    ])
    expect(await keptIds(deps, ANONYMOUS, now.inBrowser ?? [])).toEqual({ ids: [ids[0]], personId: null })
    const off = await keepService(deps, ANONYMOUS, {
      ...keep(ids[0] ?? '', [ids[0] ?? '']),
      intent: 'take_off',
    })
    expect(off.inBrowser).toEqual([])
    expect(await house().asOwner('select 1 from shortlist_entry where service_id = $1', [ids[0]])).toEqual([])
  })

  test('a browser holds twelve, and a thirteenth is refused in words', async () => {
    const { deps, ids } = await world(1)
    const full = Array.from({ length: 12 }, () => newId())
    await expect(keepService(deps, ANONYMOUS, keep(ids[0] ?? '', full))).rejects.toMatchObject({
      code: 'TOO_MANY',
    })
  })

  test('signed in it is the person’s, once, however often it is pressed', async () => {
    const { deps, ids, actor, person } = await world()
    const presses = Array.from({ length: 5 }, () => keepService(deps, actor, keep(ids[0] ?? '')))
    for (const one of await Promise.all(presses)) expect(one.inBrowser).toBeNull()
    expect(await keptIds(deps, actor, [ids[1] ?? ''])).toEqual({ ids: [ids[0]], personId: person.personId })
    const audits = await deps.db.prisma.auditEvent.findMany({ where: { forPersonId: person.personId } })
    expect(audits.map(({ action }) => action)).toEqual(['shortlist.kept'])
    await keepService(deps, actor, { ...keep(ids[0] ?? ''), intent: 'take_off' })
    await keepService(deps, actor, { ...keep(ids[0] ?? ''), intent: 'take_off' })
    expect((await keptIds(deps, actor, []))?.ids).toEqual([])
  })

  test('a list holds fifty, also when two press at once', async () => {
    const { deps, ids, actor, person, provider } = await world(2)
    const others: string[] = []
    for (let i = 1; i < MOST_KEPT; i += 1)
      others.push((await makeService(deps, provider.providerId)).serviceId)
    await house().asOwner(
      `insert into shortlist_entry (id, person_id, service_id, kept_by_id, created_at)
       select gen_random_uuid(), $1, unnest($2::uuid[]), $3, now()`,
      [person.personId, others, actor.userId],
    )
    const both = await Promise.allSettled(ids.map((id) => keepService(deps, actor, keep(id))))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await keptIds(deps, actor, []))?.ids).toHaveLength(MOST_KEPT)
  })

  test('what nobody can see cannot be kept', async () => {
    const { deps, ids, actor } = await world(1)
    await deps.db.prisma.service.update({ where: { id: ids[0] ?? '' }, data: { state: 'unpublished' } })
    for (const who of [ANONYMOUS, actor])
      for (const id of [ids[0] ?? '', newId()])
        await expect(keepService(deps, who, keep(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('whoever has no pages of their own keeps it in the browser', async () => {
    const { deps, ids, provider } = await world(1)
    expect((await keepService(deps, provider.owner, keep(ids[0] ?? ''))).inBrowser).toEqual(ids)
    await expect(joinLists(deps, provider.owner, ids)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(joinLists(deps, ANONYMOUS, ids)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await shortlistPage(deps, provider.owner, ids)).whose).toMatchObject({
      kind: 'browser',
      signedIn: true,
    })
  })
})

describe('joining what the browser kept', () => {
  test('adds what is new, doubles nothing, and leaves out what never was', async () => {
    const { deps, ids, actor } = await world(3)
    await keepService(deps, actor, keep(ids[0] ?? ''))
    const draft = (await makeService(deps, (await makeProvider(deps)).providerId)).serviceId
    await deps.db.prisma.service.update({ where: { id: draft }, data: { publishedAt: null, state: 'draft' } })
    // Taken off since it was kept: it stays on the list, and says so there.
    await deps.db.prisma.service.update({ where: { id: ids[2] ?? '' }, data: { state: 'unpublished' } })
    const hostile = [ids[0] ?? '', ids[1] ?? '', ids[2] ?? '', newId(), draft, 'no id', "' or 1=1"]
    expect(await joinLists(deps, actor, hostile)).toEqual({ joined: 2, inBrowser: [] })
    expect(new Set((await keptIds(deps, actor, []))?.ids)).toEqual(new Set(ids))
    expect(await joinLists(deps, actor, ids)).toEqual({ joined: 0, inBrowser: [] })
    const page = await shortlistPage(deps, actor, [])
    expect(page.entries.find(({ card }) => card.id === ids[2])?.card).toMatchObject({
      title: 'Morning help at home',
      listed: null,
    })
  })

  test('what finds no room stays in the browser', async () => {
    const { deps, ids, actor, person, provider } = await world(3)
    const others: string[] = []
    for (let i = 0; i < MOST_KEPT - 1; i += 1)
      others.push((await makeService(deps, provider.providerId)).serviceId)
    await house().asOwner(
      `insert into shortlist_entry (id, person_id, service_id, kept_by_id, created_at)
       select gen_random_uuid(), $1, unnest($2::uuid[]), $3, now()`,
      [person.personId, others, actor.userId],
    )
    expect(await joinLists(deps, actor, ids)).toEqual({ joined: 1, inBrowser: ids.slice(1) })
  })
})

describe('what the pages show', () => {
  test('a browser’s list: what is there, newest first, and nothing of what is not', async () => {
    const { deps, ids } = await world(2)
    const page = await shortlistPage(deps, ANONYMOUS, [...ids, newId()])
    expect(page.entries.map(({ card }) => card.id)).toEqual([...ids].reverse())
    expect(page.entries[0]).toMatchObject({
      written: null,
      card: {
        listed: {
          price: { pence: 2_750, unit: 'for one hour, all in' },
          experience: { count: 0, scores: null },
          regulator: { rating: 'not_required' },
        },
      },
    })
    expect(page.entries[0]?.card.listed?.nextFree).toMatch(/^Tue 3 Nov/)
    expect(page.supporters).toBeNull()
  })

  const compare = (
    deps: Parameters<typeof comparePage>[0],
    who: Parameters<typeof comparePage>[1],
    slugs: string[],
    more = '',
  ) =>
    comparePage(
      deps,
      who,
      new URLSearchParams(`${slugs.map((slug) => `service=${encodeURIComponent(slug)}`).join('&')}${more}`),
      [],
    )

  test('a comparison says of each what its own page says', async () => {
    const { deps, services, provider } = await world(1)
    const dear = await makeService(deps, provider.providerId, { pence: 3_000, cancelWindowHours: 0 })
    const free = await makeService(deps, provider.providerId, { funded: 'free', setting: 'at_venue' })
    const slugs = [services[0]?.slug ?? '', dear.slug, free.slug]
    const page = await compare(deps, ANONYMOUS, slugs, '&first=change')
    expect(page.problems).toEqual([])
    expect(page.columns.map(({ slug }) => slug)).toEqual(slugs)
    expect(page.columns[0]).toMatchObject({
      price: { total: 2_750, unit: 'for one hour, all in' },
      said: { count: 0, scores: null },
      where: 'Ask them',
      terms: { cancel: 'Free until 24 hours before. After that you pay half the price.' },
    })
    expect(page.columns[1]?.terms.cancel).toBe('Free until the visit starts.')
    expect(page.columns[2]).toMatchObject({ price: null, paying: null, terms: { cancel: null, stop: null } })
    expect(page.columns[2]?.freeWords).not.toBeNull()
    expect(page.rows[0]?.key).toBe('absent')
    // Nobody is signed in: no row about funds.
    expect(page.rows.map(({ key }) => key)).not.toContain('funds')
    expect(page.columns[0]?.without).toBe(`/compare?service=${dear.slug}&service=${free.slug}&first=change`)
  })

  test('funds are the reader’s own, and only for whoever may see the money', async () => {
    const { deps, services, actor, person } = await world(1)
    const slugs = [services[0]?.slug ?? '']
    const own = await compare(deps, actor, slugs)
    expect(own.rows.find(({ key }) => key === 'funds')?.label).toBe('Which of your funds can pay')
    expect(own.columns[0]?.paying).toMatchObject({ kind: 'funds', funds: [{ pays: 'all' }] })
    const supporter = userActor(await makeUser(deps), {
      actingFor: {
        personId: person.personId,
        personName: 'Ada',
        authorityId: newId(),
        type: 'informal',
        scopes: ['shortlist'],
        organisationName: null,
      },
    })
    const theirs = await compare(deps, supporter, slugs)
    expect(theirs.columns[0]?.paying).toEqual({ kind: 'hidden', shortName: 'Ada' })
    expect(theirs.rows.find(({ key }) => key === 'funds')?.label).toBe('Which of Ada’s funds can pay')
  })

  test('unknown, double and too many are told in a sentence each', async () => {
    const { deps, services } = await world(5)
    const slugs = services.map(({ slug }) => slug)
    const page = await compare(deps, ANONYMOUS, [
      slugs[0] ?? '',
      ...slugs,
      'nothing-like-it',
      "'; drop table service",
    ])
    expect(page.columns.map(({ slug }) => slug)).toEqual(slugs.slice(0, 4))
    expect(page.problems).toHaveLength(3)
    expect((await compare(deps, ANONYMOUS, ['nothing-like-it'])).columns).toEqual([])
  })
})
