import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate, longDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { fundForAdviser } from './deployment.policy.ts'
import { DEPLOYMENT_WORDS, deploymentRefusal } from './deployment.rules.ts'
import { type DeploymentInput, deploymentSchema } from './deployment.schema.ts'
import { moveRemainder, readMoving } from './move-remainder.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const beside = (field: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })

/** What was typed, held against the fund, and what would move. @throws ZodError, INVALID beside a field */
async function readChoice(tx: Tx, now: Temporal.Instant, actor: Actor, allocationId: string, input: unknown) {
  const { allocation, person, adviser } = await fundForAdviser(tx, actor, allocationId)
  if (allocation.replacedBy)
    throw beside('deployment', 'It is held another way already. Open the fund that took over')
  const choice = deploymentSchema.parse(input)
  const today = londonDate(now)
  const from = Temporal.PlainDate.from(choice.from)
  if (today.until(from).days < 0)
    throw beside('from', 'Enter today or a day to come: what was spent before stays as it was held')
  if (plainDateOf(allocation.endsOn).until(from).days > 0)
    throw beside('from', `Enter a day before the fund ends, on ${longDate(plainDateOf(allocation.endsOn))}`)
  const needsHolder = DEPLOYMENT_WORDS[choice.deployment].holder === 'provider'
  const holderId = needsHolder ? choice.holderProviderId : null
  const holder = holderId
    ? await tx.provider.findFirst({ where: { id: holderId, claimed: true }, select: { name: true } })
    : null
  if (needsHolder && !holder) throw beside('holderProviderId', 'Choose the organisation that will hold it')
  const moving = await readMoving(tx, allocation.id, from)
  const refusal = deploymentRefusal(
    {
      deployment: allocation.deployment,
      streamKind: allocation.stream.kind,
      movesPence: moving.available + moving.ringFenced + moving.heldToCome,
      toComePence: moving.toCome,
      ended: plainDateOf(allocation.endsOn).until(today).days > 0,
    },
    { deployment: choice.deployment, holderProviderId: holderId },
    allocation.holderProviderId === holderId,
  )
  if (refusal) throw beside('deployment', refusal)
  return { allocation, person, adviser, choice, from, today, holderId, holder: holder?.name ?? null, moving }
}

/**
 * The choice as it would be written down, and what would move: nothing is changed.
 * @throws as changeDeployment
 */
export async function checkDeployment(deps: Needs, actor: Actor, allocationId: string, input: unknown) {
  const read = await readChoice(deps.db.prisma, deps.clock.now(), actor, allocationId, input)
  const words = DEPLOYMENT_WORDS[read.choice.deployment]
  return {
    fund: read.allocation.stream.name,
    person: read.person.shortName,
    way: words.name,
    means: words.means,
    holder: read.holder,
    from: longDate(read.from),
    atOnce: read.from.equals(read.today),
    reason: read.choice.reason,
    explainedBy: read.choice.explainedBy,
    chosen: read.choice.chosen,
    moving: read.moving,
  }
}

/**
 * An adviser writes down how a person wants a fund to be held from a day on: why, who explained all the ways, whether
 * they chose it. From today it happens at once; for a day to come, that morning. The remainder moves in one journal.
 * @throws SIGN_IN; NOT_FOUND for all but advisers of the person's council; ZodError and INVALID beside fields; STALE_STATE
 */
export async function changeDeployment(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  input: DeploymentInput,
): Promise<{ atOnce: boolean }> {
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const { allocation, person, adviser, choice, from, today, holderId } = await readChoice(
      tx,
      now,
      actor,
      allocationId,
      input,
    )
    const { from: _day, ...kept } = choice
    const anew = {
      ...kept,
      holderProviderId: holderId,
      adviserUserId: choice.deployment === 'adviser_held' ? adviser.userId : null,
    }
    const choiceId = newId()
    await tx.deploymentChoice.create({
      data: {
        ...anew,
        id: choiceId,
        allocationId: allocation.id,
        startsOn: dateColumn(from),
        recordedById: adviser.userId,
        recordedAt: toDate(now),
      },
    })
    const atOnce = from.equals(today)
    if (atOnce) await moveRemainder(tx, now, adviser, allocation.id, from, anew)
    await recordAudit(tx, now, adviser, {
      action: 'deployment.chosen',
      subjectType: 'allocation',
      subjectId: allocation.id,
      forPersonId: person.id,
      facts: { from: allocation.deployment, to: choice.deployment, on: from.toString() },
    })
    await tell(tx, now, [
      {
        to: { personId: person.id },
        kind: 'budget.deployment',
        title: `${allocation.stream.name}: held another way from ${longDate(from, { year: false })}`,
        body: `${DEPLOYMENT_WORDS[choice.deployment].name}. ${DEPLOYMENT_WORDS[choice.deployment].means} If this is not what you want, tell your adviser.`,
        path: '/my/money',
        subjectId: allocation.id,
      },
    ])
    return { atOnce }
  })
}

const AT_ONCE = 200

/** Job: choices whose day has come. The newest choice of a fund counts. @returns how many funds moved */
export async function applyDeployments(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  const today = londonDate(now)
  const due = await deps.db.prisma.deploymentChoice.findMany({
    where: { startsOn: { lte: dateColumn(today) }, allocation: { replacedBy: { is: null } } },
    orderBy: [{ allocationId: 'asc' }, { recordedAt: 'desc' }, { id: 'desc' }],
    distinct: ['allocationId'],
    include: { allocation: { select: { deployment: true, holderProviderId: true, endsOn: true } } },
    take: AT_ONCE,
  })
  let moved = 0
  for (const choice of due) {
    const { allocation } = choice
    const same =
      allocation.deployment === choice.deployment && allocation.holderProviderId === choice.holderProviderId
    if (same || plainDateOf(allocation.endsOn).until(today).days > 0) continue
    await deps.db.tx((tx) =>
      moveRemainder(tx, now, system('apply_deployments'), choice.allocationId, today, choice),
    )
    moved += 1
  }
  return moved
}
