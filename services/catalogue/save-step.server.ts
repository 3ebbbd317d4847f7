import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { freeSlug } from '#services/providers/slug.server.ts'
import { areaChange } from './area.server.ts'
import { type CategoryCode, categoryOf } from './categories.ts'
import { careSchema, priceSchema, termsSchema, timesSchema, whatSchema, whoSchema } from './listing.schema.ts'
import { personalCareIn } from './listing.rules.ts'
import { priceLines } from './prices.rules.ts'
import { type Step, reachOf } from './steps.ts'
import { type Version, draftOf, draftToWrite, holdServices, isWaiting } from './versions.server.ts'

/** A provider with more than this has another problem than a missing listing. */
const MOST_SERVICES = 200

/**
 * Starts a listing with its first answers. It is a draft that only its provider sees.
 * @throws DomainError NOT_FOUND for strangers; FORBIDDEN for workers; INVALID; TOO_MANY
 */
export async function startListing(
  deps: Deps,
  actor: Actor,
  providerId: string,
  input: unknown,
): Promise<{ serviceId: string }> {
  requireMember(actor, providerId, 'edit_listing')
  const given = parseInput(whatSchema, input)
  const now = deps.clock.now()
  const serviceId = newId()
  await deps.db.tx(async (tx) => {
    if ((await tx.service.count({ where: { providerId } })) >= MOST_SERVICES)
      throw new DomainError('TOO_MANY', 'You have 200 listings already. Take one off before you add another.')
    await tx.service.create({
      data: {
        id: serviceId,
        providerId,
        slug: await freeSlug(tx, 'service', given.title),
        confirmedAt: toDate(now),
        createdAt: toDate(now),
        versions: {
          create: {
            id: newId(),
            number: 1,
            ...given,
            languages: ['English'],
            personalCare: personalCareIn(given.categoryCode, false),
            answered: ['what'],
            createdAt: toDate(now),
            createdById: actor.kind === 'user' ? actor.userId : null,
          },
        },
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'service.started',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
      facts: { category: given.categoryCode },
    })
  })
  return { serviceId }
}

/**
 * Saves the answers of one step on the version that is being written. People go on seeing the version before until the
 * change is sent in.
 * @throws DomainError NOT_FOUND for strangers; FORBIDDEN for workers; INVALID with sentences by field; STALE_STATE while
 *   somebody checks the listing
 */
export async function saveStep(
  deps: Deps,
  actor: Actor,
  serviceId: string,
  step: Exclude<Step, 'hours'>,
  input: unknown,
): Promise<void> {
  const owner = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    select: { providerId: true },
  })
  if (!owner) throw notFound()
  requireMember(actor, owner.providerId, 'edit_listing')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { draft } = await openDraft(tx, now, actor, serviceId)
    const change = await changeFor(tx, now, owner.providerId, draft, step, input)
    const { prices, ...data } = change
    await tx.serviceVersion.update({
      where: { id: draft.id },
      data: { answered: answeredAfter(draft, step, change), ...data },
      select: { id: true },
    })
    if (prices) {
      await tx.priceLine.deleteMany({ where: { versionId: draft.id } })
      await tx.priceLine.createMany({
        data: prices.map((price) => ({ id: newId(), versionId: draft.id, ...price })),
      })
    }
    await recordAudit(tx, now, actor, {
      action: 'service.step_saved',
      subjectType: 'service',
      subjectId: serviceId,
      forPersonId: null,
      facts: { step, versionId: draft.id },
    })
  })
}

/** The draft to write on, with the service's row held. @throws DomainError STALE_STATE while it is with the checkers */
export async function openDraft(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  serviceId: string,
): Promise<{ draft: Version }> {
  await holdServices(tx, [serviceId])
  const service = await tx.service.findUniqueOrThrow({
    where: { id: serviceId },
    select: { id: true, currentVersionId: true, placeId: true, submittedAt: true },
  })
  const draft = await draftOf(tx, serviceId)
  if (isWaiting(service.submittedAt, draft))
    throw new DomainError(
      'STALE_STATE',
      'Somebody is checking this listing just now. Take it back first, then change it.',
    )
  if (service.submittedAt)
    await tx.service.update({ where: { id: serviceId }, data: { submittedAt: null }, select: { id: true } })
  return { draft: draft ?? (await draftToWrite(tx, now, actor, service)) }
}

type Change = Prisma.ServiceVersionUncheckedUpdateInput & { prices?: ReturnType<typeof priceLines> }

async function changeFor(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  draft: Version,
  step: Exclude<Step, 'hours'>,
  input: unknown,
): Promise<Change> {
  switch (step) {
    case 'what': {
      const given = parseInput(whatSchema, input)
      return {
        ...given,
        personalCare: personalCareIn(given.categoryCode, draft.personalCare),
        ...careLost(given, draft),
      }
    }
    case 'who':
      return parseInput(whoSchema, input)
    case 'care':
      return careChange(draft, parseInput(careSchema, input))
    case 'area':
      return areaChange(tx, now, providerId, draft, input)
    case 'price': {
      const { unit, chargingBasis, roundingMinutes, toleranceMinutes, ...given } = parseInput(
        priceSchema,
        input,
      )
      return { unit, chargingBasis, roundingMinutes, toleranceMinutes, prices: priceLines(given) }
    }
    case 'times':
      return parseInput(timesSchema, input)
    case 'terms': {
      const { cancelShare, noAnswerShare, ...given } = parseInput(termsSchema, input)
      return { ...given, cancelShareBps: cancelShare, noAnswerShareBps: noAnswerShare }
    }
  }
}

/** In a category that is never personal care nothing is claimed about registration. */
function careLost(given: { categoryCode: string }, draft: Version): Change {
  const { personalCare } = categoryOf(given.categoryCode)
  if (personalCare !== 'no' || draft.regulation === 'not_regulated') return {}
  return { regulation: 'not_regulated', registrationId: null, exemptionReason: null }
}

function careChange(draft: Version, given: z.output<typeof careSchema>): Change {
  const { personalCare: kind } = categoryOf(draft.categoryCode)
  if (kind === 'maybe' && !given.personalCare)
    throw invalid({ personalCare: ['Say whether there is personal care in it.'] })
  const personalCare = personalCareIn(draft.categoryCode, given.personalCare === 'yes')
  if (personalCare && given.regulation !== 'registered' && given.regulation !== 'exempt')
    throw invalid({
      regulation: [
        'Personal care needs a CQC registration, or a reason why it needs none. Choose one of the two.',
      ],
    })
  const regulation =
    given.regulation === 'registered' || given.regulation === 'exempt' ? given.regulation : 'not_regulated'
  // An exemption is only about personal care; without any there is nothing to be exempt from.
  if (!personalCare && regulation === 'exempt')
    return { personalCare, regulation: 'not_regulated', registrationId: null, exemptionReason: null }
  return {
    personalCare,
    regulation,
    registrationId: regulation === 'registered' ? given.registrationId : null,
    exemptionReason: regulation === 'exempt' ? given.exemptionReason : null,
  }
}

/** A step that the new answers put in question has to be answered again. */
function answeredAfter(draft: Version, step: Step, change: Change): string[] {
  const answered = new Set([...draft.answered, step])
  if (step === 'what') {
    if (
      change.categoryCode !== draft.categoryCode &&
      categoryOf(change.categoryCode as CategoryCode).personalCare !== 'no'
    )
      answered.delete('care')
    if (typeof change.setting === 'string' && reachOf(change.setting) !== reachOf(draft.setting))
      answered.delete('area')
  }
  return [...answered]
}
