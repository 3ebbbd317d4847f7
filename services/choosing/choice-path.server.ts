import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { findPlace } from '#services/discovery/find-place.server.ts'
import { ownFunds } from '#services/discovery/own-funds.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireShortlist, whoseList, type WhoseList } from '#services/shortlist/shortlist.policy.ts'
import { firstOpen, isEmpty, type Known, pathOf, readAnswers, readForm, skipped } from './answers.rules.ts'
import { QUESTIONS, type Answers, type Question } from './questions.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** Answers as they stand, and whose they are. */
export interface PathNow {
  whose: WhoseList
  answers: Answers
  known: Known
}

/**
 * The answers that the actor goes on with: those of the person in view, or those that this browser keeps for whoever is
 * nobody with pages of their own.
 * @throws NOT_FOUND for strangers; FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function pathNow(deps: Needs, actor: Actor, inBrowser: Answers): Promise<PathNow> {
  const whose = whoseList(actor)
  if (whose.kind === 'browser') return { whose, answers: inBrowser, known: { funds: [] } }
  requireShortlist(actor, whose.personId)
  const [answers, funds] = await Promise.all([
    deps.db.asActor(actor, (tx) => readKept(tx, whose.personId)),
    ownFunds(deps, actor, deps.clock.now()),
  ])
  return { whose, answers, known: { funds: funds.map(({ id, name }) => ({ id, name })) } }
}

async function readKept(tx: Tx, personId: string): Promise<Answers> {
  const row = await tx.choicePath.findUnique({ where: { personId }, select: { answers: true } })
  return readAnswers(row?.answers)
}

/** What was sent for one question. */
export interface Sent {
  step: string
  /** `answer`, or `skip` for whoever would rather not say. */
  intent: string
  values: (name: string) => readonly string[]
}

/** @throws NOT_FOUND */
export function questionOf(step: string): Question {
  const question = QUESTIONS.find((one) => one.step === step)
  if (!question) throw notFound()
  return question
}

/**
 * Keeps the answer to one question: with the person in view, or in the browser for whoever has no pages of their own.
 * What was answered before stays as it is.
 * @returns what the browser keeps from now on (null: leave it), and the step to go on with (null: all are answered)
 * @throws NOT_FOUND for no question and for strangers; FORBIDDEN without the scope `shortlist`; INVALID beside its field
 */
export async function saveAnswer(
  deps: Needs,
  actor: Actor,
  sent: Sent,
  inBrowser: Answers,
): Promise<{ inBrowser: Answers | null; next: string | null }> {
  const question = questionOf(sent.step)
  const now = await pathNow(deps, actor, inBrowser)
  const given = await answerOf(deps, question, sent, now)
  const after = (answers: Answers): string | null => nextStep(question, answers, now.known)
  const { whose } = now
  if (whose.kind === 'browser') {
    const answers = { ...now.answers, ...given }
    return { inBrowser: answers, next: after(answers) }
  }
  const answers = await deps.db.asActor(actor, async (tx) => {
    await lock(tx, whose.personId)
    const merged = { ...(await readKept(tx, whose.personId)), ...given }
    await write(deps, tx, actor, whose.personId, merged)
    return merged
  })
  return { inBrowser: null, next: after(answers) }
}

async function answerOf(deps: Needs, question: Question, sent: Sent, now: PathNow): Promise<Answers> {
  if (sent.intent === 'skip') return skipped(question)
  if (sent.intent !== 'answer') throw new DomainError('INVALID', `Answer, or press “${question.skip}”.`)
  const { given, errors } = readForm(question, sent.values, now.answers, now.known)
  for (const { name, kind } of question.fields) {
    if (kind !== 'place') continue
    const place = await areaOf(deps, question, sent.values(name))
    if ('error' in place) errors[name] = [place.error]
    else given[name] = [place.area]
  }
  if (Object.keys(errors).length > 0)
    throw new DomainError('INVALID', 'Something is to be put right.', { fields: errors })
  return given
}

const MOST_LETTERS = 80

/** Of a place only its area is kept: the first half of a postcode, or a name that many live under. */
async function areaOf(
  deps: Needs,
  question: Question,
  values: readonly string[],
): Promise<{ area: string } | { error: string }> {
  const typed = (values[0] ?? '').replace(/\s+/g, ' ').trim()
  if (typed === '' || values.length > 1)
    return { error: `Type a postcode or a place, or press “${question.skip}”` }
  if (typed.length > MOST_LETTERS) return { error: 'Use a postcode, such as AL1 2AB, or the name of a place' }
  const answer = await findPlace(deps.db, typed)
  if (answer.found) return { area: answer.found.area }
  const like = answer.like.length > 0 ? ` Did you mean ${answer.like.join(' or ')}?` : ''
  return { error: `We do not know “${typed}”.${like} Try a postcode, or a town near it` }
}

/** The next one that is open; those before it that were left out come last. */
function nextStep(question: Question, answers: Answers, known: Known): string | null {
  const path = pathOf(answers, known)
  const at = path.findIndex(({ step }) => step === question.step)
  const behind = { ...answers }
  // Behind this one first: whoever jumped ahead is not sent back.
  for (const { fields } of path.slice(0, at)) for (const { name } of fields) behind[name] ??= []
  return (firstOpen(behind, known) ?? firstOpen(answers, known))?.step ?? null
}

/** One writer of one person's answers at a time: two presses at once must not lose one of them. */
const lock = (tx: Tx, personId: string) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`choices ${personId}`}, 0))`

async function write(deps: Needs, tx: Tx, actor: Actor, personId: string, answers: Answers): Promise<void> {
  const { actorUserId, authorityId } = traceOf(actor)
  if (!actorUserId) throw notFound()
  const now = deps.clock.now()
  const row = {
    answers: Object.fromEntries(Object.entries(answers).map(([name, values]) => [name, [...values]])),
    changedById: actorUserId,
    authorityId,
    changedAt: toDate(now),
  }
  await tx.choicePath.upsert({
    where: { personId },
    create: { personId, ...row },
    update: row,
    select: { personId: true },
  })
  // That it was done and by whom; never what was answered.
  await recordAudit(tx, now, actor, {
    action: 'choices.changed',
    subjectType: 'person',
    subjectId: personId,
    forPersonId: personId,
  })
}

/**
 * Throws all answers away: the person's in view, or the browser's.
 * @returns what the browser keeps from now on; null: leave it
 * @throws FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function throwAway(deps: Needs, actor: Actor): Promise<{ inBrowser: Answers | null }> {
  const whose = whoseList(actor)
  if (whose.kind === 'browser') return { inBrowser: {} }
  const { personId } = whose
  requireShortlist(actor, personId)
  await deps.db.asActor(actor, async (tx) => {
    await lock(tx, personId)
    const { count } = await tx.choicePath.deleteMany({ where: { personId } })
    if (count > 0)
      await recordAudit(tx, deps.clock.now(), actor, {
        action: 'choices.thrown_away',
        subjectType: 'person',
        subjectId: personId,
        forPersonId: personId,
      })
  })
  return { inBrowser: null }
}

/**
 * Makes the answers of a browser those of the person in view.
 * @param how `if_none`: only while the person has none of their own; `instead`: whatever they have, by their press
 * @returns whether they are the person's now; then the browser keeps none
 * @throws NOT_FOUND for whoever is nobody with pages; FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function joinAnswers(
  deps: Needs,
  actor: Actor,
  inBrowser: Answers,
  how: 'if_none' | 'instead',
): Promise<boolean> {
  const whose = whoseList(actor)
  if (whose.kind === 'browser') throw notFound()
  const { personId } = whose
  requireShortlist(actor, personId)
  if (isEmpty(inBrowser)) return false
  return deps.db.asActor(actor, async (tx) => {
    await lock(tx, personId)
    if (how === 'if_none' && !isEmpty(await readKept(tx, personId))) return false
    await write(deps, tx, actor, personId, inBrowser)
    return true
  })
}
