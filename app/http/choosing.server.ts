import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { isEmpty, readAnswers } from '#services/choosing/answers.rules.ts'
import { joinAnswers } from '#services/choosing/choice-path.server.ts'
import type { Answers } from '#services/choosing/questions.ts'
import { goneCookie, readSealed, sealedCookie } from './sealed-cookie.server.ts'

/**
 * The answers of somebody who is not signed in. They say what somebody lives with, so nobody who opens the browser’s
 * cookies can read them; codes only, so that it stays small, and it works without JavaScript.
 */
const COOKIE = 'kith.choices'
const THIRTY_DAYS = 43_200

/** What this browser keeps; nothing for a cookie that somebody else wrote. */
export const choicesInBrowser = (deps: Deps, request: Request): Answers =>
  readAnswers(readSealed(deps, request, COOKIE))

/** The header that keeps these answers in the browser, or forgets them. */
export const keepChoices = (deps: Deps, answers: Answers): string =>
  isEmpty(answers) ? goneCookie(deps, COOKIE) : sealedCookie(deps, COOKIE, answers, THIRTY_DAYS)

/**
 * After signing in: what the browser kept becomes the person’s, unless they have answers of their own; then both stay,
 * and the first page offers to use the browser’s.
 * @returns the header that empties the browser’s, when they were taken
 */
export async function choicesOnSignIn(deps: Deps, actor: Actor, request: Request): Promise<string | null> {
  const answers = choicesInBrowser(deps, request)
  if (isEmpty(answers) || actor.kind !== 'user' || !actor.personId || actor.actingFor) return null
  return (await joinAnswers(deps, actor, answers, 'if_none')) ? keepChoices(deps, {}) : null
}
