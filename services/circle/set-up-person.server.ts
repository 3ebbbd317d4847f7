import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { SCOPES_OF } from './authority.rules.ts'
import { introducePersonSchema, setUpPersonSchema } from './circle.schema.ts'

const field = (name: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [name]: [sentence] } })

/** Where a postcode is, when it was imported; a person without a point is simply not near anything. */
async function pointOf(
  deps: Deps,
  postcode: string | null,
): Promise<{ lat: number | null; lon: number | null }> {
  if (!postcode) return { lat: null, lon: null }
  const rows = await deps.db.query<{ lat: number; lon: number }>(
    'postcode_point',
    "select lat, lon from postcode where replace(postcode, ' ', '') = $1 or postcode = $2 limit 1",
    [postcode.replaceAll(' ', ''), postcode],
  )
  return { lat: rows[0]?.lat ?? null, lon: rows[0]?.lon ?? null }
}

/** The account of a person who has an address; it becomes theirs when they sign in with a code. */
async function accountFor(tx: Tx, email: string, name: string): Promise<string> {
  const known = await tx.user.findUnique({
    where: { email },
    select: { id: true, person: { select: { id: true } } },
  })
  if (known?.person) throw field('email', 'Somebody is set up with this e-mail address already')
  if (known) return known.id
  const made = await tx.user.create({ data: { email, name }, select: { id: true } })
  return made.id
}

/**
 * An adviser sets up a person, with or without an e-mail address. Without one they never sign in and are acted for.
 * @returns the person's id
 * @throws SIGN_IN; NOT_FOUND for all but advisers of that council; ZodError and INVALID beside fields
 */
export async function setUpPerson(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof setUpPersonSchema>,
): Promise<string> {
  const adviser = requireStaffOf(actor, 'people.set_up', input.councilId)
  const { email, ...person } = setUpPersonSchema.parse(input)
  const point = await pointOf(deps, person.postcode)
  const now = deps.clock.now()
  const id = newId()
  await deps.db.tx(async (tx) => {
    const userId = email ? await accountFor(tx, email, person.name) : null
    await tx.person.create({
      data: { id, ...person, ...point, userId, createdAt: toDate(now), createdById: adviser.userId },
      select: { id: true },
    })
    await recordAudit(tx, now, adviser, {
      action: 'person.set_up',
      subjectType: 'person',
      subjectId: id,
      forPersonId: id,
      facts: { hasAddress: email !== null },
    })
  })
  return id
}

/**
 * A supporter sets up somebody who has no e-mail address, where the council allows it, and becomes their informal
 * supporter: with all that somebody informal can have, so that they can act for them. Never with money.
 * @returns the authority to act under
 * @throws SIGN_IN; REFUSED_BY_RULE where the council does not allow it; ZodError beside fields
 */
export async function introducePerson(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof introducePersonSchema>,
): Promise<string> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const { relationship, agreed: _agreed, ...person } = introducePersonSchema.parse(input)
  const council = await deps.db.prisma.council.findFirst({
    where: { id: person.councilId, supportersMaySetUp: true },
    select: { id: true },
  })
  if (!council)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'This council sets people up itself. Ring its adult social care team.',
    )
  const point = await pointOf(deps, person.postcode)
  const now = deps.clock.now()
  const ids = { person: newId(), authority: newId() }
  await deps.db.tx(async (tx) => {
    await tx.person.create({
      data: { id: ids.person, ...person, ...point, createdAt: toDate(now), createdById: actor.userId },
      select: { id: true },
    })
    await tx.authority.create({
      data: {
        id: ids.authority,
        personId: ids.person,
        supporterUserId: actor.userId,
        type: 'informal',
        relationship,
        scopes: [...SCOPES_OF.informal],
        startsOn: dateColumn(londonDate(now)),
        recordedById: actor.userId,
        createdAt: toDate(now),
      },
      select: { id: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'person.introduced',
      subjectType: 'person',
      subjectId: ids.person,
      forPersonId: ids.person,
    })
  })
  return ids.authority
}
