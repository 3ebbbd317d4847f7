import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor, AuthorityType, Scope, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, londonDate, Temporal, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { z } from 'zod'
import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import { SCOPE_WORDS, TYPE_WORDS } from './authority.rules.ts'
import { giveAuthoritySchema, recordAuthoritySchema } from './circle.schema.ts'
import { requirePersonInView } from './circle.policy.ts'
import { live } from './live.ts'

type Supporter = { userId: string } | { providerId: string }

const field = (name: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [name]: [sentence] } })

/** The supporter's account, made if they have none: it becomes theirs when they sign in with a code to that address. */
async function supporterOf(
  tx: Tx,
  input: { who: string; name: string; email: string; providerId: string },
): Promise<Supporter> {
  if (input.who === 'organisation') {
    const provider = await tx.provider.findFirst({
      where: { id: input.providerId, claimed: true },
      select: { id: true },
    })
    if (!provider) throw field('providerId', 'Choose the organisation')
    return { providerId: provider.id }
  }
  const email = input.email.trim().toLowerCase()
  const known = await tx.user.findUnique({ where: { email }, select: { id: true } })
  if (known) return { userId: known.id }
  const made = await tx.user.create({ data: { email, name: input.name.trim() }, select: { id: true } })
  return { userId: made.id }
}

interface Given {
  personId: string
  type: AuthorityType
  relationship: string
  scopes: readonly Scope[]
  endsOn: string | null
  evidenceSeen: string | null
  who: string
  name: string
}

async function add(
  deps: Deps,
  tx: Tx,
  actor: UserActor,
  supporter: Supporter,
  given: Given,
): Promise<string> {
  const now = deps.clock.now()
  const today = londonDate(now)
  if (given.endsOn && Temporal.PlainDate.compare(Temporal.PlainDate.from(given.endsOn), today) < 0)
    throw field('endsOn', 'This date is over. Choose today or later, or leave it empty')
  const person = await tx.person.findUniqueOrThrow({
    where: { id: given.personId },
    select: { userId: true, shortName: true },
  })
  const supporterUserId = 'userId' in supporter ? supporter.userId : null
  const supporterProviderId = 'providerId' in supporter ? supporter.providerId : null
  if (supporterUserId !== null && supporterUserId === person.userId)
    throw field('email', 'This is their own address. A supporter is somebody else')
  // Two presses at once must not make two of it.
  await tx.$executeRaw`select 1 from person where id = ${given.personId}::uuid for update`
  const twice = await tx.authority.findFirst({
    where: { personId: given.personId, type: given.type, supporterUserId, supporterProviderId, ...live(now) },
    select: { id: true },
  })
  if (twice)
    throw field(
      supporterUserId ? 'email' : 'providerId',
      'They are a supporter of this kind already. End that first to change it',
    )
  const id = newId()
  await tx.authority.create({
    data: {
      id,
      personId: given.personId,
      supporterUserId,
      supporterProviderId,
      supporterName: given.who === 'somebody' ? given.name.trim() : null,
      type: given.type,
      relationship: given.relationship,
      scopes: [...new Set(given.scopes)],
      startsOn: dateColumn(today),
      endsOn: given.endsOn ? dateColumn(Temporal.PlainDate.from(given.endsOn)) : null,
      evidenceSeen: given.evidenceSeen,
      recordedById: actor.userId,
      createdAt: toDate(now),
    },
    select: { id: true },
  })
  await recordAudit(tx, now, actor, {
    action: 'authority.given',
    subjectType: 'authority',
    subjectId: id,
    forPersonId: given.personId,
    facts: { type: given.type, scopes: given.scopes.join(' ') },
  })
  const may = given.scopes.map((scope) => SCOPE_WORDS[scope].toLowerCase()).join('; ')
  await tell(tx, now, [
    {
      to: supporterUserId ? { userId: supporterUserId } : { providerId: supporterProviderId ?? '' },
      kind: 'circle.given',
      title: `You may do things for ${person.shortName} on Kith`,
      body: `You are now ${TYPE_WORDS[given.type].name.toLowerCase()} for ${person.shortName}. You may: ${may}. Sign in with this e-mail address and choose “People I support”.`,
      path: '/my/circle',
      subjectId: id,
    },
    {
      to: { personId: given.personId },
      kind: 'circle.given',
      title: 'Somebody may now do things for you on Kith',
      body: `Your ${given.relationship} may: ${may}. You can look at this, and change it, on the page “My circle”.`,
      path: '/my/circle',
      subjectId: id,
    },
  ])
  return id
}

/**
 * A person makes somebody a supporter by their own word: family or friend, broker, advocate.
 * @throws SIGN_IN; NOT_FOUND for whoever is no person; FORBIDDEN while acting for somebody: a circle is one's own to
 * choose; ZodError and INVALID beside fields
 */
export async function giveAuthority(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof giveAuthoritySchema>,
): Promise<string> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  requirePersonInView(actor, input.personId)
  if (actor.actingFor)
    throw new DomainError(
      'FORBIDDEN',
      `Only ${actor.actingFor.personName}, or their council, can choose who supports them.`,
    )
  const given = giveAuthoritySchema.parse(input)
  return deps.db.tx(async (tx) =>
    add(deps, tx, actor, await supporterOf(tx, given), { ...given, evidenceSeen: null }),
  )
}

/**
 * The council writes down an authority of any kind; those that rest on papers need the papers seen.
 * @throws SIGN_IN; NOT_FOUND for all but advisers of the person's council; ZodError and INVALID beside fields
 */
export async function recordAuthority(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof recordAuthoritySchema>,
): Promise<string> {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const person = await deps.db.prisma.person.findUnique({
    where: { id: input.personId },
    select: { councilId: true },
  })
  if (!person) throw notFound()
  const adviser = requireStaffOf(actor, 'authorities.record', person.councilId)
  const given = recordAuthoritySchema.parse(input)
  return deps.db.tx(async (tx) => add(deps, tx, adviser, await supporterOf(tx, given), given))
}
