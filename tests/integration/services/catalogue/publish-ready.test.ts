import { describe, expect, test } from 'vitest'
import { publishReady, withdrawUnlawful } from '#services/catalogue/publish-ready.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { system } from '#services/kernel/actor.ts'
import {
  type SignedUp,
  listedAs,
  readListing,
  signUp,
  verify,
  writeListing,
} from '#tests/factories/listings.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const JOB = system('test')

/** Listings that were sent in and wait for the provider's identity. */
async function waiting(count: number) {
  const provider = await signUp(deps())
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) {
    const id = await writeListing(deps(), provider)
    await submitListing(deps(), provider.owner, id)
    ids.push(id)
  }
  return { provider, ids }
}
const identityIs = ({ providerId }: SignedUp, state: 'verified' | 'refused', tx: Tx = deps().db.prisma) =>
  tx.verification.updateMany({
    where: { providerId, kind: 'identity' },
    data: { state, checkedOn: new Date('2026-11-02'), reason: 'It was looked at.' },
  })
const publish = ({ providerId }: SignedUp, onlyServiceId?: string) =>
  deps().db.tx((tx) => publishReady(tx, deps().clock.now(), JOB, providerId, onlyServiceId))
const loseIdentity = (provider: SignedUp) =>
  deps().db.tx(async (tx) => {
    await identityIs(provider, 'refused', tx)
    return withdrawUnlawful(
      tx,
      deps().clock.now(),
      JOB,
      provider.providerId,
      ({ kind }) => kind === 'identity',
      'Who you are: it ran out.',
    )
  })
const states = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await readListing(deps(), id)).state))
const notices = async ({ providerId }: SignedUp, kind: string) =>
  deps().db.prisma.notice.findMany({ where: { providerId, kind }, orderBy: { createdAt: 'asc' } })

/** Does `first` and lets `second` begin; what was done stands only once `second` waits for it, or is over. */
async function meanwhile<T>(first: (tx: Tx) => Promise<unknown>, second: () => Promise<T>): Promise<T> {
  const { work } = await deps().db.tx(async (tx) => {
    await first(tx)
    const work = second()
    let done = false
    void work.finally(() => {
      done = true
    })
    const held = async () =>
      house().asOwner(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    while (!done && (await held()).length === 0);
    return { work }
  })
  return work
}

/** The decision that the identity holds, in a transaction that is still open. */
const knowThem = (provider: SignedUp) => (tx: Tx) =>
  verify({ ...deps(), db: { ...deps().db, tx: (work) => work(tx) } }, provider.providerId, 'identity')

describe('publishing what waits', () => {
  test('nothing is published while something hinders it, and nobody is told', async () => {
    const { provider, ids } = await waiting(1)
    expect(await publish(provider)).toEqual([])
    expect(await states(ids)).toEqual(['submitted'])
    expect(await notices(provider, 'service.published')).toEqual([])
  })

  test('all that nothing hinders any more, each frozen, found, told and written down', async () => {
    const { provider, ids } = await waiting(2)
    await identityIs(provider, 'verified')
    expect((await publish(provider)).sort()).toEqual(ids.toSorted())
    for (const id of ids) {
      expect(await readListing(deps(), id)).toMatchObject({ state: 'published', submittedAt: null })
      expect((await readListing(deps(), id)).versions[0]?.frozenAt).not.toBeNull()
      expect(await listedAs(deps(), id)).not.toBeNull()
    }
    expect(await notices(provider, 'service.published')).toHaveLength(2)
    const written = await deps().db.prisma.auditEvent.findMany({
      where: { action: 'service.published', subjectId: { in: ids } },
    })
    expect(written.map(({ subjectId }) => subjectId).sort()).toEqual(ids.toSorted())
  })

  test('only the one that was asked for, and not one that was never sent in', async () => {
    const { provider, ids } = await waiting(2)
    const draft = await writeListing(deps(), provider)
    await identityIs(provider, 'verified')
    const [first = '', second = ''] = ids
    expect(await publish(provider, first)).toEqual([first])
    expect(await publish(provider, draft)).toEqual([])
    expect(await states([first, second, draft])).toEqual(['published', 'submitted', 'draft'])
  })

  test('a second time there is nothing left to publish', async () => {
    const { provider } = await waiting(1)
    await identityIs(provider, 'verified')
    expect(await publish(provider)).toHaveLength(1)
    expect(await publish(provider)).toEqual([])
    expect(await notices(provider, 'service.published')).toHaveLength(1)
  })

  test('other providers’ listings stay as they are', async () => {
    const [{ provider }, other] = [await waiting(1), await waiting(1)]
    await identityIs(provider, 'verified')
    await identityIs(other.provider, 'verified')
    await publish(provider)
    expect(await states(other.ids)).toEqual(['submitted'])
  })

  test('a listing that is taken back at that very moment is not published', async () => {
    const { provider, ids } = await waiting(1)
    const [id = ''] = ids
    await identityIs(provider, 'verified')
    const published = await meanwhile(
      (tx) => tx.service.update({ where: { id }, data: { state: 'draft', submittedAt: null } }),
      () => publish(provider),
    )
    expect(published).toEqual([])
    expect(await states(ids)).toEqual(['draft'])
    expect(await listedAs(deps(), id)).toBeNull()
  })
})

describe('when a check is decided and a listing is sent in at the same moment', () => {
  test('the listing is published by whichever comes second', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    const answer = await meanwhile(knowThem(provider), () => submitListing(deps(), provider.owner, id))
    expect(answer).toEqual({ published: true })
  })

  test('of two checks that a listing needs the second decision publishes it', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider, {
      what: { categoryCode: 'personal_care' },
      care: { regulation: 'registered', registrationId: '1-700000077' },
    })
    await submitListing(deps(), provider.owner, id)
    const decision = await meanwhile(knowThem(provider), () =>
      verify(deps(), provider.providerId, 'cqc_registration'),
    )
    expect(decision.published).toEqual([id])
  })
})

describe('when a check is lost', () => {
  test('what rested on it leaves the search, what waits goes back, and both are told why', async () => {
    const { provider, ids } = await waiting(1)
    await verify(deps(), provider.providerId, 'identity')
    const [live = ''] = ids
    await identityIs(provider, 'refused')
    const back = await writeListing(deps(), provider)
    await submitListing(deps(), provider.owner, back)
    expect((await loseIdentity(provider)).sort()).toEqual([live, back].sort())
    expect(await states([live, back])).toEqual(['unpublished', 'draft'])
    expect(await listedAs(deps(), live)).toBeNull()
    const told = await notices(provider, 'service.sent_back')
    expect(told.map(({ title, body }) => [title, body]).sort()).toEqual([
      ['“Company on Tuesdays” could not be published yet', 'Who you are: it ran out.'],
      ['“Company on Tuesdays” was taken off', 'Who you are: it ran out.'],
    ])
  })

  test('what does not rest on it is left alone', async () => {
    const { provider, ids } = await waiting(1)
    await verify(deps(), provider.providerId, 'identity')
    const withdrawn = await deps().db.tx((tx) =>
      withdrawUnlawful(
        tx,
        deps().clock.now(),
        JOB,
        provider.providerId,
        ({ kind }) => kind === 'cqc_registration',
        'Your registration: it ran out.',
      ),
    )
    expect(withdrawn).toEqual([])
    expect(await states(ids)).toEqual(['published'])
    expect(await notices(provider, 'service.sent_back')).toEqual([])
  })

  test('a draft that nobody sent in is not touched', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider)
    expect(await loseIdentity(provider)).toEqual([])
    expect(await states([id])).toEqual(['draft'])
  })

  test('a listing that is published at that very moment is taken off all the same', async () => {
    const { provider, ids } = await waiting(1)
    const [id = ''] = ids
    await identityIs(provider, 'verified')
    const lost = await meanwhile(
      (tx) => publishReady(tx, deps().clock.now(), JOB, provider.providerId),
      () => loseIdentity(provider),
    )
    expect(lost).toEqual([id])
    expect(await states(ids)).toEqual(['unpublished'])
    expect(await listedAs(deps(), id)).toBeNull()
  })
})
