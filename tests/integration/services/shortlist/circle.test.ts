import { describe, expect, test } from 'vitest'
import { startActing } from '#services/circle/acting.server.ts'
import { endAuthority } from '#services/circle/end-authority.server.ts'
import type { Scope, UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { joinLists } from '#services/shortlist/join-lists.server.ts'
import { keepService } from '#services/shortlist/keep-service.server.ts'
import { keptIds } from '#services/shortlist/kept-ids.server.ts'
import { comment, MOST_COMMENTS, takeBackComment, writeNote } from '#services/shortlist/say.server.ts'
import { requireSameList } from '#services/shortlist/shortlist.policy.ts'
import { commentSchema, noteSchema } from '#services/shortlist/shortlist.schema.ts'
import { shortlistPage } from '#services/shortlist/shortlist-page.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { makeAuthority, makePerson, makeSession } from '#tests/factories/circle.ts'
import { makeCouncil, makeProvider, makeService, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()

async function world() {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps)
  const { serviceId } = await makeService(deps, provider.providerId)
  const person = await makePerson(deps, councilId)
  const joan = await signIn(person.userId ?? '')
  await keepService(deps, joan, { serviceId, intent: 'keep', inBrowser: [] })
  const [entry] = (await shortlistPage(deps, joan, [])).entries
  const stranger = await makePerson(deps, councilId, { name: 'Tariq', shortName: 'Tariq' })
  return {
    deps,
    provider,
    serviceId,
    joan,
    personId: person.personId,
    entryId: entry?.written?.entryId ?? '',
    stranger: await signIn(stranger.userId ?? ''),
  }
}

async function signIn(userId: string): Promise<UserActor> {
  const actor = await (await makeSession(house().deps, userId)).actor()
  if (!actor) throw new Error('nobody is signed in')
  return actor
}

/** A supporter who acts for the person now, as every request reads them. */
async function acting(personId: string, scopes: Scope[], name = 'Daniel Ellery') {
  const { deps } = house()
  const userId = await makeUser(deps, name)
  const authorityId = await makeAuthority(deps, { personId, supporterUserId: userId, scopes })
  const session = await makeSession(deps, userId)
  const before = await session.actor()
  if (before) await startActing(deps, before, { authorityId })
  const actor = await session.actor()
  if (!actor?.actingFor) throw new Error('acts for nobody')
  return { actor, authorityId, session }
}

describe('why the person kept it', () => {
  test('is theirs to write, to change and to take away', async () => {
    const { deps, joan, personId, entryId } = await world()
    const note = async () => (await shortlistPage(deps, joan, [])).entries[0]?.written?.note
    await writeNote(deps, joan, { personId, entryId, note: 'Near my sister' })
    expect(await note()).toBe('Near my sister')
    await writeNote(deps, joan, { personId, entryId, note: '' })
    expect(await note()).toBe('')
    expect(noteSchema.safeParse({ personId, entryId, note: 'x'.repeat(501) }).success).toBe(false)
  })

  test('no supporter writes it for them, and the database refuses it too', async () => {
    const { deps, personId, entryId } = await world()
    const { actor } = await acting(personId, ['shortlist', 'book', 'see_plan'])
    await expect(writeNote(deps, actor, { personId, entryId, note: 'No' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    const changed = await deps.db.asActor(actor, (tx) =>
      tx.shortlistEntry.updateMany({ where: { id: entryId }, data: { note: 'No' } }),
    )
    expect(changed.count).toBe(0)
  })
})

describe('a supporter with the scope “shortlist”', () => {
  test('sees the list, keeps for the person, and comments by name', async () => {
    const { deps, joan, personId, entryId, provider } = await world()
    const { actor } = await acting(personId, ['shortlist'])
    const other = await makeService(deps, provider.providerId)
    expect(
      (await keepService(deps, actor, { serviceId: other.serviceId, intent: 'keep', inBrowser: [] })).notice,
    ).toBe('Kept: Morning help at home. 2 services on Joan’s shortlist.')
    await comment(deps, actor, { personId, entryId, comment: 'I could drive you.' })
    const theirs = await shortlistPage(deps, actor, [])
    expect(theirs.whose).toMatchObject({ kind: 'person', shortName: 'Joan', self: false })
    // A supporter does not see who else supports the person.
    expect(theirs.supporters).toBeNull()
    const said = (page: typeof theirs) =>
      page.entries.find(({ written }) => written?.entryId === entryId)?.written
    expect(said(theirs)?.comments).toMatchObject([{ who: 'You', mine: true }])
    const mine = await shortlistPage(deps, joan, [])
    expect(said(mine)?.comments).toMatchObject([
      {
        who: 'Daniel Ellery, your brother',
        body: 'I could drive you.',
        mine: false,
        when: 'Monday 2 November 2026',
      },
    ])
    expect(mine.supporters).toMatchObject([{ name: 'Daniel Ellery', relationship: 'brother' }])
    expect(mine.entries.map(({ written }) => written?.keptBy).sort()).toEqual([
      'Daniel Ellery, your brother',
      null,
    ])
  })

  test('takes back what they said, and nobody else’s words', async () => {
    const { deps, joan, personId, entryId } = await world()
    const [daniel, ruth] = [
      await acting(personId, ['shortlist']),
      await acting(personId, ['shortlist'], 'Ruth'),
    ]
    await comment(deps, daniel.actor, { personId, entryId, comment: 'Mine.' })
    const commentId = (await shortlistPage(deps, joan, [])).entries[0]?.written?.comments[0]?.id ?? ''
    for (const who of [joan, ruth.actor]) {
      await expect(takeBackComment(deps, who, { personId, commentId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      const gone = await deps.db.asActor(who, (tx) =>
        tx.shortlistComment.deleteMany({ where: { id: commentId } }),
      )
      expect(gone.count).toBe(0)
    }
    await takeBackComment(deps, daniel.actor, { personId, commentId })
    expect((await shortlistPage(deps, joan, [])).entries[0]?.written?.comments).toEqual([])
  })

  test('does no more once it is ended, and what they said stands with their name', async () => {
    const { deps, joan, personId, entryId } = await world()
    const { actor, authorityId, session } = await acting(personId, ['shortlist'])
    await comment(deps, actor, { personId, entryId, comment: 'A good one.' })
    await endAuthority(deps, joan, { authorityId, personId })
    expect((await session.actor())?.actingFor ?? null).toBeNull()
    // An actor read before the end finds no row either.
    const rows = await deps.db.asActor(actor, (tx) => tx.shortlistEntry.findMany({ where: { personId } }))
    expect(rows).toEqual([])
    expect((await shortlistPage(deps, joan, [])).entries[0]?.written?.comments[0]?.who).toBe(
      'Daniel Ellery, your brother',
    )
  })

  test('adds what their browser kept to the person’s list by a press', async () => {
    const { deps, joan, personId, provider } = await world()
    const { actor } = await acting(personId, ['shortlist'])
    const { serviceId } = await makeService(deps, provider.providerId)
    expect((await shortlistPage(deps, actor, [serviceId])).inBrowser).toBe(1)
    expect(await joinLists(deps, actor, [serviceId])).toEqual({ joined: 1, inBrowser: [] })
    expect((await keptIds(deps, joan, []))?.ids).toContain(serviceId)
  })

  test('comments thirty times at most on one, and says something each time', async () => {
    const { deps, joan, personId, entryId } = await world()
    for (let i = 0; i < MOST_COMMENTS; i += 1)
      await comment(deps, joan, { personId, entryId, comment: `Thought ${String(i)}` })
    await expect(comment(deps, joan, { personId, entryId, comment: 'More' })).rejects.toMatchObject({
      code: 'TOO_MANY',
    })
    expect(commentSchema.safeParse({ personId, entryId, comment: '  ' }).success).toBe(false)
  })
})

describe('everybody else', () => {
  test('a supporter without the scope gets no button, no page and no word in', async () => {
    const { deps, personId, entryId, serviceId } = await world()
    const { actor } = await acting(personId, ['see_plan', 'see_money', 'book'])
    expect(await keptIds(deps, actor, [serviceId])).toBeNull()
    for (const attempt of [
      () => shortlistPage(deps, actor, []),
      () => keepService(deps, actor, { serviceId, intent: 'take_off', inBrowser: [] }),
      () => comment(deps, actor, { personId, entryId, comment: 'Hello' }),
      () => joinLists(deps, actor, [serviceId]),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const rows = await deps.db.asActor(actor, (tx) => tx.shortlistEntry.findMany({ where: { personId } }))
    expect(rows).toEqual([])
  })

  test('a list of somebody else is not there', async () => {
    const { deps, personId, entryId, stranger, joan } = await world()
    await comment(deps, joan, { personId, entryId, comment: 'Only ours' })
    const commentId = (await shortlistPage(deps, joan, [])).entries[0]?.written?.comments[0]?.id ?? ''
    const own = stranger.personId ?? ''
    for (const attempt of [
      () => writeNote(deps, stranger, { personId, entryId, note: 'x' }),
      () => comment(deps, stranger, { personId, entryId, comment: 'x' }),
      () => takeBackComment(deps, stranger, { personId, commentId }),
      // Their own list, and another's entry in it.
      () => writeNote(deps, stranger, { personId: own, entryId, note: 'x' }),
      () => comment(deps, stranger, { personId: own, entryId, comment: 'x' }),
      () => takeBackComment(deps, stranger, { personId: own, commentId }),
      () => comment(deps, stranger, { personId: own, entryId: newId(), comment: 'x' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await shortlistPage(deps, stranger, [])).entries).toEqual([])
    expect(await deps.db.prisma.shortlistEntry.findMany({ where: { personId } })).toEqual([])
  })

  test('signed out nobody writes or reads anybody’s', async () => {
    const { deps, personId, entryId } = await world()
    for (const attempt of [
      () => writeNote(deps, ANONYMOUS, { personId, entryId, note: 'x' }),
      () => comment(deps, ANONYMOUS, { personId, entryId, comment: 'x' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'SIGN_IN' })
    expect((await shortlistPage(deps, ANONYMOUS, [])).entries).toEqual([])
  })

  test('a form that was opened for somebody else does nothing', async () => {
    const { joan, stranger, personId } = await world()
    const { actor } = await acting(personId, ['shortlist'])
    expect(() => requireSameList(joan, personId)).not.toThrow()
    expect(() => requireSameList(joan, '')).not.toThrow()
    expect(() => requireSameList(stranger, personId)).toThrow('switched to somebody else')
    expect(() => requireSameList(actor, '')).toThrow('switched to somebody else')
    expect(() => requireSameList(ANONYMOUS, personId)).toThrow('Sign in')
  })
})
