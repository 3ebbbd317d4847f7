import { normalisePostcode } from '#services/kernel/geo.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { optionsOf, pathOf } from './answers.rules.ts'
import { pathNow, questionOf, type PathNow } from './choice-path.server.ts'
import type { Answers, Question } from './questions.ts'
import { talkTo, type TalkTo } from './talk-to.server.ts'
import { whoOf, type Whose } from './whose.server.ts'

export interface QuestionPage {
  whose: Whose
  step: string
  asks: string
  why: string
  skip: string
  /** 'Question 3 of 9' */
  number: number
  count: number
  back: string
  fields: {
    name: string
    kind: 'several' | 'one' | 'place' | 'fund'
    label: string
    hint: string | null
    options: { value: string; label: string; hint?: string }[]
    /** What was answered before. */
    chosen: string[]
  }[]
  talk: TalkTo
}

/**
 * One question, with what was answered before.
 * @returns null for a question that the answers so far do not lead to
 * @throws NOT_FOUND for no question and for strangers; FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function questionPage(
  deps: Deps,
  actor: Actor,
  step: string,
  inBrowser: Answers,
): Promise<QuestionPage | null> {
  const question = questionOf(step)
  const now = await pathNow(deps, actor, inBrowser)
  const path = pathOf(now.answers, now.known)
  const at = path.indexOf(question)
  if (at < 0) return null
  const [whose, talk, home] = await Promise.all([
    whoOf(deps, now.whose),
    talkTo(deps, actor, now),
    ownArea(deps, question, now),
  ])
  const before = path[at - 1]
  return {
    whose,
    step,
    asks: question.asks,
    why: question.why,
    skip: question.skip,
    number: at + 1,
    count: path.length,
    back: before ? `/choose/${before.step}` : '/choose',
    fields: question.fields.map((field) => ({
      name: field.name,
      kind: field.kind,
      label: field.label,
      hint: field.hint ?? null,
      options: optionsOf(field, now.answers, now.known),
      chosen: [...(now.answers[field.name] ?? home)],
    })),
    talk,
  }
}

/** The first half of the postcode that is on the person's record, so that they need not type what is known. */
async function ownArea(deps: Deps, question: Question, { whose, answers }: PathNow): Promise<string[]> {
  const asksWhere = question.fields.some(({ kind }) => kind === 'place')
  if (!asksWhere || whose.kind === 'browser' || answers.near !== undefined) return []
  const person = await deps.db.prisma.person.findUnique({
    where: { id: whose.personId },
    select: { postcode: true },
  })
  const [outcode] = (normalisePostcode(person?.postcode ?? '') ?? '').split(' ')
  return outcode ? [outcode] : []
}
