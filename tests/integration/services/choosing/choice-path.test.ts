import { describe, expect, test } from 'vitest'
import { checkPage, startPage } from '#services/choosing/answers-page.server.ts'
import { joinAnswers, pathNow, saveAnswer, throwAway } from '#services/choosing/choice-path.server.ts'
import { optionsPage } from '#services/choosing/options-page.server.ts'
import { questionPage } from '#services/choosing/question-page.server.ts'
import { QUESTIONS, type Answers } from '#services/choosing/questions.ts'
import { startActing } from '#services/circle/acting.server.ts'
import { type Actor, ANONYMOUS, type Scope, type UserActor } from '#services/kernel/actor.ts'
import { makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makeAuthority, makeSession } from '#tests/factories/circle.ts'
import { makePerson, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()

async function world() {
  const w = await makeNeighbourWorld(house().deps)
  const joan: UserActor = { ...w.person.actor, personId: w.person.personId }
  const other = await makePerson(w.deps, w.councilId, [{ pence: 1_000 }])
  const say = (who: Actor, step: string, values: Record<string, string[]>, inBrowser: Answers = {}) =>
    saveAnswer(w.deps, who, { step, intent: 'answer', values: (name) => values[name] ?? [] }, inBrowser)
  const skip = (who: Actor, step: string, inBrowser: Answers = {}) =>
    saveAnswer(w.deps, who, { step, intent: 'skip', values: () => ['anything'] }, inBrowser)
  const kept = async (who: Actor) => (await pathNow(w.deps, who, {})).answers
  return { ...w, joan, stranger: { ...other.actor, personId: other.personId }, say, skip, kept }
}

/** A supporter who acts for the person now, as every request reads them. */
async function acting(personId: string, scopes: Scope[]) {
  const { deps } = house()
  const userId = await makeUser(deps, 'Daniel')
  const authorityId = await makeAuthority(deps, { personId, supporterUserId: userId, scopes })
  const session = await makeSession(deps, userId)
  const before = await session.actor()
  if (before) await startActing(deps, before, { authorityId })
  const actor = await session.actor()
  if (!actor?.actingFor) throw new Error('acts for nobody')
  return actor
}

describe('answers of somebody who is not signed in', () => {
  test('stay in the browser, question after question, and nowhere else', async () => {
    const { deps, say, skip } = await world()
    const first = await say(ANONYMOUS, 'what', { what: ['house'] })
    expect(first).toEqual({ inBrowser: { what: ['house'] }, next: 'for' })
    const second = await skip(ANONYMOUS, 'for', first.inBrowser ?? {})
    expect(second).toEqual({ inBrowser: { what: ['house'], for: [] }, next: 'setting' })
    expect(await house().asOwner('select 1 from choice_path')).toEqual([])
    expect(await startPage(deps, ANONYMOUS, second.inBrowser ?? {})).toMatchObject({
      begun: { answered: 2, count: 9 },
      href: '/choose/setting',
      inBrowser: false,
    })
    expect(await throwAway(deps, ANONYMOUS)).toEqual({ inBrowser: {} })
  })

  test('hold of a place its area only, never a postcode', async () => {
    const { deps, say } = await world()
    await deps.db.prisma.postcode.createMany({
      data: [{ postcode: 'AM2 4TT', outcode: 'AM2', lat: 53.551, lon: -1.801 }],
      skipDuplicates: true,
    })
    expect((await say(ANONYMOUS, 'where', { near: [' am2 4tt '] })).inBrowser).toEqual({ near: ['AM2'] })
    expect((await say(ANONYMOUS, 'where', { near: ['millgate'] })).inBrowser).toEqual({ near: ['Millgate'] })
  })

  test('what is no answer is told beside its field, and nothing is lost', async () => {
    const { say } = await world()
    for (const [step, values, field] of [
      ['what', {}, 'what'],
      ['what', { what: ['<script>', 'house'] }, 'what'],
      ['when', {}, 'day'],
      ['when', { day: ['monday'], time: ['early', 'evening'] }, 'time'],
      ['where', { near: [''] }, 'near'],
      ['where', { near: ['x'.repeat(10_000)] }, 'near'],
      ['where', { near: ['Nowhere at all'] }, 'near'],
      ['where', { near: ['Millgate', 'Moorend'] }, 'near'],
      ['fund', { fund: ['0193b3f0-0000-7000-8000-000000000000'] }, 'fund'],
    ] as const) {
      const error = await refusal(say(ANONYMOUS, step, values as Record<string, string[]>))
      expect([error.code, Object.keys(error.details.fields ?? {})]).toEqual(['INVALID', [field]])
    }
    expect((await refusal(say(ANONYMOUS, 'nothing', {}))).code).toBe('NOT_FOUND')
  })
})

describe('answers of a person', () => {
  test('are theirs: changed one at a time, checked, and thrown away', async () => {
    const { deps, joan, say, skip, kept } = await world()
    expect(await checkPage(deps, joan, {})).toBeNull()
    expect(await optionsPage(deps, joan, {})).toBeNull()
    expect(await say(joan, 'what', { what: ['wash'] })).toEqual({ inBrowser: null, next: 'for' })
    await skip(joan, 'for')
    await say(joan, 'who', { worker: ['woman'] })
    await say(joan, 'what', { what: ['house'] })
    // What an earlier answer makes pointless is kept, and does not count.
    expect(await kept(joan)).toEqual({ what: ['house'], for: [], worker: ['woman'] })
    const page = await checkPage(deps, joan, {})
    expect(page?.rows).toEqual([
      { step: 'what', about: 'What would make life better', answer: 'Help with the house' },
      { step: 'for', about: 'Who it is for', answer: 'I would rather not say' },
    ])
    expect(page?.open).toMatchObject({ step: 'setting' })
    expect(await questionPage(deps, joan, 'who', {})).toBeNull()
    await throwAway(deps, joan)
    expect(await kept(joan)).toEqual({})
    const audits = await deps.db.prisma.auditEvent.findMany({
      where: { forPersonId: joan.personId ?? '', action: { startsWith: 'choices.' } },
      orderBy: { at: 'asc' },
    })
    expect(new Set(audits.map(({ action }) => action))).toEqual(
      new Set(['choices.changed', 'choices.thrown_away']),
    )
    expect(JSON.stringify(audits)).not.toMatch(/house|woman/)
  })

  test('two presses at once lose neither answer', async () => {
    const { joan, say, kept } = await world()
    await Promise.all([
      say(joan, 'what', { what: ['house'] }),
      say(joan, 'access', { access: ['step_free'] }),
      say(joan, 'language', { language: ['urdu'] }),
    ])
    expect(await kept(joan)).toEqual({ what: ['house'], access: ['step_free'], language: ['urdu'] })
  })

  test('the last answer leads to the list of answers, and the area at home is offered', async () => {
    const { deps, joan, skip } = await world()
    const where = await questionPage(deps, joan, 'where', {})
    expect(where?.fields[0]?.chosen).toEqual(['AM2'])
    let next: string | null = 'what'
    const asked: string[] = []
    while (next !== null) {
      asked.push(next)
      next = (await skip(joan, next)).next
    }
    expect(asked).toEqual(
      QUESTIONS.map(({ step }) => step).filter((step) => step !== 'home' && step !== 'who'),
    )
    expect((await checkPage(deps, joan, {}))?.open).toBeNull()
  })

  test('a fund can be chosen by whoever may see the money, and nobody else learns of it', async () => {
    const { deps, joan, person, say } = await world()
    const fundId = person.allocationIds[0] ?? ''
    await say(joan, 'what', { what: ['house'] })
    await say(joan, 'fund', { fund: [fundId] })
    const page = await checkPage(deps, joan, {})
    expect(page?.rows.map(({ step }) => step)).toContain('fund')
    const brother = await acting(person.personId, ['shortlist'])
    expect((await checkPage(deps, brother, {}))?.rows.map(({ step }) => step)).toEqual(['what'])
    expect((await optionsPage(deps, brother, {}))?.seeAll).not.toContain(fundId)
    expect((await optionsPage(deps, joan, {}))?.seeAll).toContain(fundId)
  })
})

describe('joining what the browser kept', () => {
  test('takes it while the person has none; afterwards only by their press', async () => {
    const { deps, joan, kept } = await world()
    expect(await joinAnswers(deps, joan, {}, 'if_none')).toBe(false)
    expect(await joinAnswers(deps, joan, { what: ['house'] }, 'if_none')).toBe(true)
    expect(await joinAnswers(deps, joan, { what: ['out'] }, 'if_none')).toBe(false)
    expect(await kept(joan)).toEqual({ what: ['house'] })
    expect((await startPage(deps, joan, { what: ['out'] })).inBrowser).toBe(true)
    expect(await joinAnswers(deps, joan, { what: ['out'] }, 'instead')).toBe(true)
    expect(await kept(joan)).toEqual({ what: ['out'] })
    for (const nobody of [ANONYMOUS, (await world()).provider.owner])
      expect((await refusal(joinAnswers(deps, nobody, { what: ['out'] }, 'instead'))).code).toBe('NOT_FOUND')
  })
})

describe('everybody else', () => {
  test('a supporter with the scope answers for the person, and the record says so', async () => {
    const { deps, joan, person, say, kept } = await world()
    const brother = await acting(person.personId, ['shortlist'])
    await say(brother, 'what', { what: ['company'] })
    expect(await kept(joan)).toEqual({ what: ['company'] })
    const [row] = await house().asOwner<{ authority_id: string; changed_by_id: string }>(
      'select authority_id, changed_by_id from choice_path where person_id = $1',
      [person.personId],
    )
    expect(row).toEqual({
      authority_id: brother.actingFor?.authorityId,
      changed_by_id: brother.userId,
    })
    expect((await startPage(deps, brother, {})).whose).toMatchObject({ self: false, shortName: 'Ada' })
  })

  test('a supporter without it, and a stranger, see and change nothing, in the database too', async () => {
    const { deps, joan, person, stranger, say, kept } = await world()
    await say(joan, 'what', { what: ['house'] })
    const without = await acting(person.personId, ['see_plan', 'see_money', 'book', 'propose'])
    for (const attempt of [
      () => startPage(deps, without, {}),
      () => questionPage(deps, without, 'what', {}),
      () => checkPage(deps, without, {}),
      () => optionsPage(deps, without, {}),
      () => say(without, 'what', { what: ['out'] }),
      () => throwAway(deps, without),
      () => joinAnswers(deps, without, { what: ['out'] }, 'instead'),
    ])
      expect((await refusal(attempt())).code).toBe('FORBIDDEN')
    const { personId } = person
    for (const who of [without, stranger, ANONYMOUS])
      await deps.db.asActor(who, async (tx) => {
        expect(await tx.choicePath.findMany({ where: { personId } })).toEqual([])
        expect((await tx.choicePath.updateMany({ where: { personId }, data: { answers: {} } })).count).toBe(0)
        expect((await tx.choicePath.deleteMany({ where: { personId } })).count).toBe(0)
      })
    await expect(
      deps.db.asActor(stranger, (tx) =>
        tx.choicePath.create({
          data: { personId, answers: {}, changedById: stranger.userId, changedAt: new Date() },
        }),
      ),
    ).rejects.toThrow()
    expect(await kept(stranger)).toEqual({})
    expect(await kept(joan)).toEqual({ what: ['house'] })
  })

  test('what an older program or a hand left in the row is read as what it may be', async () => {
    const { joan, person, say, kept } = await world()
    await say(joan, 'what', { what: ['house'] })
    await house().asOwner('update choice_path set answers = $2 where person_id = $1', [
      person.personId,
      JSON.stringify({ what: ['gone', 'house'], day: 'monday', nonsense: [1] }),
    ])
    expect(await kept(joan)).toEqual({ what: ['house'] })
    await expect(
      house().asOwner(`update choice_path set answers = '[]' where person_id = $1`, [person.personId]),
    ).rejects.toThrow('choice_path_answers')
  })
})
