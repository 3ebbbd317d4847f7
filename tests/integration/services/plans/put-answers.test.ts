import { describe, expect, test } from 'vitest'
import { saveAnswer } from '#services/choosing/choice-path.server.ts'
import { startActing } from '#services/circle/acting.server.ts'
import {
  type Actor,
  ANONYMOUS,
  type AuthorityType,
  type Scope,
  type UserActor,
} from '#services/kernel/actor.ts'
import { planForAdviser, planPage } from '#services/plans/plan-page.server.ts'
import { putAnswers, putAnswersPage, takeAnswersOut } from '#services/plans/put-answers.server.ts'
import { makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makeAuthority, makeSession } from '#tests/factories/circle.ts'
import { makeCouncil, makePerson, makeUser, userActor } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()

async function world() {
  const w = await makeNeighbourWorld(house().deps)
  const { deps } = w
  const { personId } = w.person
  const ada: UserActor = { ...w.person.actor, personId }
  const other = await makePerson(deps, w.councilId, [{ pence: 1_000 }])
  const say = (step: string, values: Record<string, string[]>) =>
    saveAnswer(deps, ada, { step, intent: 'answer', values: (name) => values[name] ?? [] }, {})
  await say('what', { what: ['house', 'company'] })
  await say('language', { language: ['urdu'] })
  await say('fund', { fund: [w.person.allocationIds[0] ?? ''] })
  const adviser = async (councilId: string) => {
    const userId = await makeUser(deps, 'Farida')
    await deps.db.prisma.staffMembership.create({ data: { councilId, userId, roles: ['adviser'] } })
    return userActor(userId, { staff: [{ councilId, roles: ['adviser'] }], secondStep: true })
  }
  const put = (who: Actor, steps: readonly string[] | 'all' = 'all', agreed = false) =>
    putAnswers(deps, who, { personId, steps, agreed })
  const inPlan = async () => (await planPage(deps, ada)).answers
  return { ...w, ada, personId, stranger: { ...other.actor, personId: other.personId }, adviser, put, inPlan }
}

/** A supporter who acts for the person now, as every request reads them. */
async function acting(personId: string, scopes: Scope[], type: AuthorityType = 'informal') {
  const { deps } = house()
  const userId = await makeUser(deps, 'Daniel')
  const authorityId = await makeAuthority(deps, { personId, supporterUserId: userId, scopes, type })
  const session = await makeSession(deps, userId)
  const before = await session.actor()
  if (before) await startActing(deps, before, { authorityId })
  const actor = await session.actor()
  if (!actor?.actingFor) throw new Error('acts for nobody')
  return actor
}
const ENOUGH: Scope[] = ['shortlist', 'see_plan', 'propose']

describe('putting answers into the plan', () => {
  test('nothing is there before the person presses', async () => {
    const { deps, ada, councilId, personId, adviser, inPlan } = await world()
    expect(await inPlan()).toBeNull()
    expect((await planForAdviser(deps, await adviser(councilId), personId)).answers).toBeNull()
    expect((await putAnswersPage(deps, ada))?.rows.map(({ step }) => step)).toEqual(['what', 'language'])
  })

  test('what was ticked goes in as the sentences that were shown, and the council’s adviser reads it', async () => {
    const { deps, councilId, personId, ada, adviser, put } = await world()
    expect(await put(ada, ['what', 'fund', 'nonsense'])).toEqual({ count: 1 })
    const seen = await planForAdviser(deps, await adviser(councilId), personId)
    expect(seen.answers?.lines).toEqual([
      { about: 'What would make life better', words: 'Help with the house; Company' },
    ])
    expect(seen.answers?.put).toMatch(/^Ada put this in on \w+ \d+ \w+ \d{4}\.$/)
  })

  test('an answer that is changed later changes nothing in the plan until it is put in anew', async () => {
    const { deps, ada, put, inPlan } = await world()
    await put(ada)
    await saveAnswer(deps, ada, { step: 'language', intent: 'answer', values: () => ['polish'] }, {})
    expect((await inPlan())?.lines.at(-1)?.words).toBe('Urdu')
    await put(ada)
    expect((await inPlan())?.lines.at(-1)?.words).toBe('Polish')
    expect((await inPlan())?.lines).toHaveLength(2)
  })

  test('taken out it is gone, and a second press does no harm', async () => {
    const { deps, ada, personId, put, inPlan } = await world()
    await put(ada)
    await takeAnswersOut(deps, ada, { personId })
    await takeAnswersOut(deps, ada, { personId })
    expect(await inPlan()).toBeNull()
    expect(await house().asOwner('select 1 from plan_answers where person_id = $1', [personId])).toEqual([])
    const audits = await deps.db.prisma.auditEvent.findMany({
      where: { action: { startsWith: 'plan_answers.' }, subjectId: personId },
    })
    expect(audits.map(({ action }) => action).sort()).toEqual(['plan_answers.put', 'plan_answers.taken_out'])
    expect(JSON.stringify(audits)).not.toMatch(/house|company|urdu/i)
  })

  test('nothing ticked is said beside the boxes', async () => {
    const { ada, put, inPlan } = await world()
    const said = await refusal(put(ada, []))
    expect([said.code, said.details?.fields]).toEqual([
      'INVALID',
      { step: ['Choose at least one answer, or put in all of them'] },
    ])
    expect(await inPlan()).toBeNull()
  })
})

describe('a supporter', () => {
  test('puts them in only with the person’s word; the person reads who did, and takes it out', async () => {
    const { deps, ada, personId, put, inPlan } = await world()
    const brother = await acting(personId, ENOUGH)
    expect((await refusal(put(brother))).details?.fields).toHaveProperty('agreed')
    expect(await inPlan()).toBeNull()
    await put(brother, 'all', true)
    expect((await inPlan())?.put).toMatch(/^Daniel put this in on .*, and wrote that you agreed\.$/)
    const notice = await deps.db.prisma.notice.findFirst({ where: { personId, kind: 'plan.answers_put' } })
    expect(notice?.body).toMatch(/^Daniel put it there/)
    await takeAnswersOut(deps, ada, { personId })
    expect(await inPlan()).toBeNull()
  })

  test('who decides for somebody who cannot is recorded as such', async () => {
    const { personId, put, inPlan } = await world()
    await put(await acting(personId, ENOUGH, 'authorised_person'), 'all', true)
    expect((await inPlan())?.put).toMatch(/^Daniel, who may decide on your care, put this in/)
  })

  test.each([
    ['see_plan', ['shortlist', 'propose']],
    ['shortlist', ['see_plan', 'propose']],
    ['propose', ['shortlist', 'see_plan']],
  ] as const)('without the scope %s puts nothing in', async (_missing, scopes) => {
    const { personId, put, inPlan } = await world()
    expect((await refusal(put(await acting(personId, [...scopes]), 'all', true))).code).toBe('FORBIDDEN')
    expect(await inPlan()).toBeNull()
  })
})

describe('everybody else', () => {
  test('sees and changes nothing', async () => {
    const { deps, ada, personId, stranger, adviser, put } = await world()
    await put(ada)
    const elsewhere = await adviser(await makeCouncil(deps))
    expect((await refusal(planForAdviser(deps, elsewhere, personId))).code).toBe('NOT_FOUND')
    expect((await refusal(put(stranger))).code).toBe('STALE_STATE')
    expect((await refusal(takeAnswersOut(deps, stranger, { personId }))).code).toBe('STALE_STATE')
    expect((await refusal(put(ANONYMOUS))).code).toBe('SIGN_IN')
    expect((await refusal(planPage(deps, ANONYMOUS))).code).toBe('SIGN_IN')
    expect((await refusal(putAnswersPage(deps, ANONYMOUS))).code).toBe('SIGN_IN')
    expect((await planPage(deps, stranger)).answers).toBeNull()
  })

  test('is refused by the database too: the council reads, and cannot change', async () => {
    const { deps, ada, personId, councilId, stranger, adviser, put, inPlan } = await world()
    await put(ada)
    const farida = await adviser(councilId)
    const rowsFor = (who: UserActor) => deps.db.asActor(who, (tx) => tx.planAnswers.findMany())
    expect(await rowsFor(farida)).toHaveLength(1)
    expect(await rowsFor(stranger)).toEqual([])
    const gone = await deps.db.asActor(farida, (tx) => tx.planAnswers.deleteMany({ where: { personId } }))
    expect(gone.count).toBe(0)
    expect(await inPlan()).not.toBeNull()
  })
})
