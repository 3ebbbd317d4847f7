import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { either } from '#services/discovery/wording.ts'
import { firstOpen, isAnswered, isEmpty, optionsOf, pathOf, thatCount } from './answers.rules.ts'
import { pathNow, type PathNow } from './choice-path.server.ts'
import type { Answers, Question } from './questions.ts'
import { talkTo, type TalkTo } from './talk-to.server.ts'
import { whoOf, type Whose } from './whose.server.ts'

export interface StartPage {
  whose: Whose
  /** How many of how many are answered; null before the first. */
  begun: { answered: number; count: number } | null
  /** Where to begin or go on; the list of answers when all are given. */
  href: string
  /** This browser keeps answers that are not the person's. */
  inBrowser: boolean
  talk: TalkTo
}

/**
 * The first page: how far they have come, and where to go on.
 * @throws NOT_FOUND for strangers; FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function startPage(deps: Deps, actor: Actor, inBrowser: Answers): Promise<StartPage> {
  const now = await pathNow(deps, actor, inBrowser)
  const [whose, talk] = await Promise.all([whoOf(deps, now.whose), talkTo(deps, actor, now)])
  const path = pathOf(now.answers, now.known)
  const open = firstOpen(now.answers, now.known)
  return {
    whose,
    begun: isEmpty(now.answers)
      ? null
      : {
          answered: path.filter((question) => isAnswered(question, now.answers)).length,
          count: path.length,
        },
    href: open ? `/choose/${open.step}` : '/choose/check',
    inBrowser: whose.kind === 'person' && !isEmpty(inBrowser),
    talk,
  }
}

export interface CheckPage {
  whose: Whose
  rows: { step: string; about: string; answer: string }[]
  /** The first question that is still open. */
  open: { step: string; count: number } | null
  talk: TalkTo
}

/**
 * All answers in words, to check and to change; null before the first.
 * @throws NOT_FOUND for strangers; FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function checkPage(deps: Deps, actor: Actor, inBrowser: Answers): Promise<CheckPage | null> {
  const now = await pathNow(deps, actor, inBrowser)
  if (isEmpty(now.answers)) return null
  const [whose, talk] = await Promise.all([whoOf(deps, now.whose), talkTo(deps, actor, now)])
  const path = pathOf(now.answers, now.known)
  const open = path.filter((question) => !isAnswered(question, now.answers))
  return {
    whose,
    rows: path
      .filter((question) => isAnswered(question, now.answers))
      .map(({ step, about, fields, skip }) => ({
        step,
        about,
        answer: wordsOf(fields, now) || skip,
      })),
    open: open[0] ? { step: open[0].step, count: open.length } : null,
    talk,
  }
}

/** What was said, in words, question by question; what somebody would rather not say is not in it. */
export function answersInWords(now: PathNow): { step: string; about: string; answer: string }[] {
  return pathOf(now.answers, now.known).flatMap(({ step, about, fields }) => {
    const answer = wordsOf(fields, now)
    return answer ? [{ step, about, answer }] : []
  })
}

const wordsOf = (fields: Question['fields'], now: PathNow): string =>
  fields.flatMap((field) => inWords(field, now)).join('; ')

/** What was chosen for a field, in words. */
function inWords(field: Parameters<typeof optionsOf>[0], { answers, known }: PathNow): string[] {
  const counting = thatCount(answers, known)[field.name] ?? []
  if (field.kind === 'place') return [...counting]
  const words = optionsOf(field, answers, known)
    .filter(({ value }) => counting.includes(value))
    .map(({ label }) => label)
  return field.name === 'day' && words.length > 0 ? [either(words)] : words
}
