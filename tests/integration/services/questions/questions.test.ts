import { describe, expect, test } from 'vitest'
import { startActing } from '#services/circle/acting.server.ts'
import { type Actor, ANONYMOUS, type Scope, type UserActor } from '#services/kernel/actor.ts'
import { askPage, askQuestion } from '#services/questions/ask-question.server.ts'
import { answerQuestion, closeQuestion, sayMore } from '#services/questions/go-on.server.ts'
import {
  askedQuestionPage,
  countWaiting,
  myQuestionPage,
  myQuestionsPage,
  providerQuestionsPage,
} from '#services/questions/questions-page.server.ts'
import { makeNeighbourWorld } from '#tests/factories/bookings.ts'
import { makeAuthority, makeSession } from '#tests/factories/circle.ts'
import { makePerson, makeProvider, makeUser } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()

async function world() {
  const w = await makeNeighbourWorld(house().deps)
  const { deps } = w
  const { personId } = w.person
  const ada: UserActor = { ...w.person.actor, personId }
  const other = await makePerson(deps, w.councilId, [{ pence: 1_000 }])
  const service = await deps.db.prisma.service.findFirstOrThrow({
    where: { providerId: w.provider.providerId, state: 'published' },
    select: { id: true, slug: true },
  })
  const ask = (who: Actor, form: Record<string, unknown> = {}) =>
    askQuestion(deps, who, service.slug, {
      personId,
      kind: 'question',
      ready: [],
      words: 'Would they wait at the door?',
      when: '',
      ...form,
    })
  const say = (who: Actor, questionId: string, words = 'And with a dog?') =>
    sayMore(deps, who, { personId, questionId, words })
  const stranger: UserActor = { ...other.actor, personId: other.personId }
  return { ...w, deps, ada, personId, service, stranger, ask, say, owner: w.provider.owner }
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

describe('a question before anything is booked', () => {
  test('goes to the provider without a name, is answered, and comes back', async () => {
    const { deps, ada, personId, ask, owner, provider } = await world()
    const { questionId } = await ask(ada)
    expect(await countWaiting(deps, owner, provider.providerId)).toBe(1)
    const theirs = await askedQuestionPage(deps, owner, questionId)
    expect(theirs.messages.map(({ from, lines }) => [from, ...lines])).toEqual([
      ['Somebody', 'Would they wait at the door?'],
    ])
    const seen = JSON.stringify([theirs, await providerQuestionsPage(deps, owner)])
    expect(seen).not.toContain(personId)
    expect(seen).not.toContain('Ada')
    await answerQuestion(deps, owner, { questionId, words: 'Yes, ten minutes.' })
    expect(await countWaiting(deps, owner, provider.providerId)).toBe(0)
    const mine = await myQuestionPage(deps, ada, questionId)
    expect(mine.standing.words).toBe('They answered')
    expect(mine.messages.at(-1)?.lines).toEqual(['Yes, ten minutes.'])
    const notices = await deps.db.prisma.notice.findMany({ where: { subjectId: questionId } })
    expect(notices.map(({ kind }) => kind).sort()).toEqual(['question.answered', 'question.asked'])
    // What was said stays on the page: a mail says only that there is something to read.
    expect(JSON.stringify(notices)).not.toMatch(/door|ten minutes/)
  })

  test('of the same service goes on in the same conversation, also when pressed twice at once', async () => {
    const { deps, ada, ask } = await world()
    const [first, second] = await Promise.all([ask(ada), ask(ada, { words: 'Something else.' })])
    expect(first.questionId).toBe(second.questionId)
    expect((await myQuestionPage(deps, ada, first.questionId)).messages).toHaveLength(2)
    expect((await myQuestionsPage(deps, ada)).questions).toHaveLength(1)
  })

  test('to meet who would come needs no words of one’s own', async () => {
    const { deps, ada, ask } = await world()
    const { questionId } = await ask(ada, { kind: 'meet', words: '' })
    expect((await myQuestionPage(deps, ada, questionId)).messages[0]?.lines[0]).toMatch(
      /^I would like to meet/,
    )
  })

  test('with nothing in it is said beside the field, and nothing is sent', async () => {
    const { deps, ada, ask } = await world()
    expect((await refusal(ask(ada, { words: ' ' }))).details?.fields).toHaveProperty('words')
    expect((await myQuestionsPage(deps, ada)).questions).toEqual([])
  })

  test('that is closed stays to be read, and nothing is added by either side', async () => {
    const { deps, ada, personId, ask, say, owner } = await world()
    const { questionId } = await ask(ada)
    await closeQuestion(deps, ada, { personId, questionId })
    await closeQuestion(deps, ada, { personId, questionId })
    expect((await refusal(say(ada, questionId))).code).toBe('STALE_STATE')
    expect((await refusal(answerQuestion(deps, owner, { questionId, words: 'Yes.' }))).code).toBe(
      'STALE_STATE',
    )
    expect((await myQuestionPage(deps, ada, questionId)).open).toBe(false)
    // Another one can be asked.
    expect((await ask(ada)).questionId).not.toBe(questionId)
  })

  test('is not sent to a provider whose new bookings are paused, nor about what is not published', async () => {
    const { deps, ada, ask, provider, service } = await world()
    await deps.db.prisma.provider.update({
      where: { id: provider.providerId },
      data: { pausedAt: new Date() },
    })
    expect((await refusal(ask(ada))).code).toBe('NOT_FOUND')
    expect((await refusal(askPage(deps, ada, service.slug))).code).toBe('NOT_FOUND')
    expect((await refusal(askPage(deps, ada, 'no-such-service'))).code).toBe('NOT_FOUND')
  })

  test('has an end to how many a day can bring', async () => {
    const { ada, ask, say } = await world()
    const { questionId } = await ask(ada)
    for (let n = 1; n < 40; n += 1) await say(ada, questionId, `Message ${String(n)}`)
    expect((await refusal(say(ada, questionId))).code).toBe('TOO_MANY')
  })
})

describe('who may', () => {
  test('a supporter with the scope asks for the person, by name on the person’s side alone', async () => {
    const { deps, ada, personId, ask, owner } = await world()
    const { questionId } = await ask(await acting(personId, ['message']))
    expect((await myQuestionPage(deps, ada, questionId)).messages[0]?.from).toBe('Daniel')
    expect((await askedQuestionPage(deps, owner, questionId)).messages[0]?.from).toBe('Somebody')
    const without = await acting(personId, ['shortlist', 'book'])
    for (const attempt of [() => ask(without), () => myQuestionsPage(deps, without)])
      expect((await refusal(attempt())).code).toBe('FORBIDDEN')
  })

  test('strangers, other providers and workers see and change nothing, in the database too', async () => {
    const { deps, ada, personId, ask, say, stranger, owner } = await world()
    const { questionId } = await ask(ada)
    const elsewhere = (await makeProvider(deps)).owner
    const worker: UserActor = {
      ...owner,
      providers: owner.providers.map((one) => ({ ...one, role: 'worker' as const })),
    }
    for (const who of [stranger, elsewhere, ANONYMOUS]) {
      expect(['NOT_FOUND', 'SIGN_IN']).toContain((await refusal(myQuestionPage(deps, who, questionId))).code)
      expect(['NOT_FOUND', 'SIGN_IN']).toContain(
        (await refusal(askedQuestionPage(deps, who, questionId))).code,
      )
      const answer = answerQuestion(deps, who, { questionId, words: 'Me.' })
      expect(['NOT_FOUND', 'SIGN_IN']).toContain((await refusal(answer)).code)
    }
    expect((await refusal(askedQuestionPage(deps, worker, questionId))).code).toBe('NOT_FOUND')
    expect((await refusal(say(stranger, questionId))).code).toBe('STALE_STATE')
    expect((await refusal(closeQuestion(deps, stranger, { personId, questionId }))).code).toBe('STALE_STATE')
    for (const who of [stranger, elsewhere])
      expect(await deps.db.asActor(who, (tx) => tx.question.findMany())).toEqual([])
    // Nobody speaks from the other side.
    const forged = deps.db.asActor(ada, (tx) =>
      tx.questionMessage.create({
        data: {
          questionId,
          side: 'provider',
          authorId: ada.userId,
          body: 'Free for you',
          createdAt: new Date(),
        },
      }),
    )
    await expect(forged).rejects.toThrow()
  })
})
