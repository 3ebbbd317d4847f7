import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { answersInWords } from '#services/choosing/answers-page.server.ts'
import { type PathNow, pathNow } from '#services/choosing/choice-path.server.ts'
import { whoOf } from '#services/choosing/whose.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { planLines } from './answers.schema.ts'
import { type Consent, consentOf, requireChangeAnswers, requirePutAnswers } from './plans.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface PutAnswersPage {
  personId: string
  shortName: string
  self: boolean
  consent: Consent
  council: string
  rows: { step: string; about: string; answer: string }[]
}

/**
 * What could go into the plan of the person in view, and who would read it; null before the first answer, and for whoever has no
 * answers of a person's before them.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for a supporter who may not put answers into the plan
 */
export async function putAnswersPage(deps: Needs, actor: Actor): Promise<PutAnswersPage | null> {
  if (actor.kind === 'anonymous')
    throw new DomainError('SIGN_IN', 'Sign in, so that we know whose plan it is.')
  const now = await pathNow(deps, actor, {})
  if (now.whose.kind === 'browser') return null
  const { personId } = now.whose
  requirePutAnswers(actor, personId)
  const rows = forPlan(now)
  const consent = consentOf(actor, personId)
  if (!consent) throw notFound()
  if (rows.length === 0) return null
  const [whose, { council }] = await Promise.all([
    whoOf(deps, now.whose),
    deps.db.prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { council: { select: { name: true } } },
    }),
  ])
  if (whose.kind === 'browser') throw notFound()
  return { personId, shortName: whose.shortName, self: whose.self, consent, council: council.name, rows }
}

/** Which fund pays is for those who may see the money, and is no part of what would help. */
const forPlan = (now: PathNow) => answersInWords(now).filter(({ step }) => step !== 'fund')

/**
 * Puts answers into the plan of the person in view, as the sentences that were shown, in place of those that were there.
 * @param input.steps questions whose answers go in; `all` for every one
 * @param input.agreed a supporter's word that the person agreed, or that they decide on it; the person's own press needs none
 * @throws INVALID beside its field; STALE_STATE; NOT_FOUND for strangers; FORBIDDEN for a supporter who may not
 */
export async function putAnswers(
  deps: Needs,
  actor: Actor,
  input: { personId: string; steps: readonly string[] | 'all'; agreed: boolean },
): Promise<{ count: number }> {
  const { personId } = input
  requirePersonInView(actor, personId)
  requirePutAnswers(actor, personId)
  const { actorUserId, authorityId } = traceOf(actor)
  const consent = consentOf(actor, personId)
  if (!consent || !actorUserId) throw notFound()
  const rows = forPlan(await pathNow(deps, actor, {}))
  const chosen = input.steps === 'all' ? rows : rows.filter(({ step }) => input.steps.includes(step))
  const errors: Record<string, string[]> = {}
  if (chosen.length === 0) errors['step'] = ['Choose at least one answer, or put in all of them']
  if (consent !== 'self' && !input.agreed)
    errors['agreed'] = ['Tick this only if it is so. Without it nothing goes into the plan']
  if (Object.keys(errors).length > 0)
    throw new DomainError('INVALID', 'Something is to be put right.', { fields: errors })
  const now = deps.clock.now()
  const row = {
    lines: planLines.parse(chosen.map(({ about, answer }) => ({ about, words: answer }))),
    consent,
    putById: actorUserId,
    authorityId,
    putAt: toDate(now),
  }
  await deps.db.asActor(actor, async (tx) => {
    await tx.planAnswers.upsert({
      where: { personId },
      create: { personId, ...row },
      update: row,
      select: { personId: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'plan_answers.put',
      subjectType: 'person',
      subjectId: personId,
      forPersonId: personId,
    })
    if (consent !== 'self')
      await tell(tx, now, [
        {
          to: { personId },
          kind: 'plan.answers_put',
          title: 'What you said would help is in your plan now',
          body: `${actor.kind === 'user' ? actor.name : 'A supporter'} put it there. You can read it, and take it out.`,
          path: '/my/plan',
        },
      ])
  })
  return { count: chosen.length }
}

/**
 * Takes the answers out of the plan again; a second press finds it done.
 * @throws STALE_STATE; NOT_FOUND for strangers; FORBIDDEN for a supporter who may not
 */
export async function takeAnswersOut(
  deps: Needs,
  actor: Actor,
  { personId }: { personId: string },
): Promise<void> {
  requirePersonInView(actor, personId)
  requireChangeAnswers(actor, personId)
  await deps.db.asActor(actor, async (tx) => {
    const { count } = await tx.planAnswers.deleteMany({ where: { personId } })
    if (count === 0) return
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'plan_answers.taken_out',
      subjectType: 'person',
      subjectId: personId,
      forPersonId: personId,
    })
  })
}
