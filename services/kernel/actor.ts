/** What a supporter may do; each is given by name and with dates. */
export const SCOPES = [
  'see_plan',
  'see_money',
  'message',
  'shortlist',
  'propose',
  'book',
  'confirm_hours',
  'review',
  'manage_money',
] as const
export type Scope = (typeof SCOPES)[number]

export const AUTHORITY_TYPES = [
  'informal',
  'nominated_person',
  'authorised_person',
  'attorney_or_deputy_finance',
  'attorney_or_deputy_welfare',
  'dwp_appointee',
  'broker',
  'advocate',
] as const
export type AuthorityType = (typeof AUTHORITY_TYPES)[number]

export const STAFF_ROLES = ['adviser', 'finance', 'commissioner', 'safeguarding', 'council_admin'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]
export const MEMBER_ROLES = ['owner', 'coordinator', 'worker'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

/** The authority by which a signed-in supporter acts for a person right now. */
export interface ActingFor {
  personId: string
  personName: string
  authorityId: string
  type: AuthorityType
  scopes: readonly Scope[]
  /** The organisation whose staff the supporter belongs to, when it is one. */
  organisationName: string | null
}

export interface UserActor {
  kind: 'user'
  userId: string
  name: string
  /** The person this user is, when they hold a budget themselves. */
  personId: string | null
  providers: readonly { providerId: string; memberId: string; role: MemberRole }[]
  staff: readonly { councilId: string; roles: readonly StaffRole[] }[]
  operator: boolean
  actingFor: ActingFor | null
  sessionId: string
  /** Whether the second step was done in this session (staff and operators need it). */
  secondStep: boolean
  /** Whether that was in the last 10 minutes: what cannot be taken back asks for it (accounts/staff.policy.ts). */
  secondStepFresh: boolean
}

/** Who is asking. Every use case takes one; every write records it. */
export type Actor = { kind: 'anonymous' } | { kind: 'system'; job: string } | UserActor

export const ANONYMOUS: Actor = { kind: 'anonymous' }
export const system = (job: string): Actor => ({ kind: 'system', job })

/** Who a write is recorded under: the user, the person acted for and the authority used. */
export interface Trace {
  actorUserId: string | null
  forPersonId: string | null
  authorityId: string | null
}
export function traceOf(actor: Actor): Trace {
  if (actor.kind !== 'user') return { actorUserId: null, forPersonId: null, authorityId: null }
  return {
    actorUserId: actor.userId,
    forPersonId: actor.actingFor?.personId ?? actor.personId,
    authorityId: actor.actingFor?.authorityId ?? null,
  }
}
