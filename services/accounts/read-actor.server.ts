import { z } from 'zod'
import { AUTHORITY_TYPES, MEMBER_ROLES, SCOPES, STAFF_ROLES, type UserActor } from '#services/kernel/actor.ts'
import { fromDate, londonDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { machineNow } from './machine-time.ts'
import { isFreshStep, sessionKind, sessionState } from './sessions.rules.ts'

const row = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  operator: z.boolean(),
  created_at: z.date(),
  expires_at: z.date(),
  second_step_at: z.date().nullable(),
  person_id: z.string().nullable(),
  providers: z.array(z.object({ providerId: z.string(), memberId: z.string(), role: z.enum(MEMBER_ROLES) })),
  staff: z.array(z.object({ councilId: z.string(), roles: z.array(z.enum(STAFF_ROLES)) })),
  acting: z
    .object({
      authorityId: z.string(),
      personId: z.string(),
      personName: z.string(),
      type: z.enum(AUTHORITY_TYPES),
      scopes: z.array(z.enum(SCOPES)),
      organisationName: z.string().nullable(),
      relationship: z.string(),
    })
    .nullable(),
  supports: z.boolean(),
})

/** All that a page needs to know about who asks, in one statement: it runs before every page of somebody signed in. */
const SQL = `
  select s.id, s.user_id, u.name, u.operator, s.created_at, s.expires_at, s.second_step_at, p.id as person_id,
    coalesce((select json_agg(json_build_object('providerId', m.provider_id, 'memberId', m.id, 'role', m.role) order by m.created_at)
              from member m where m.user_id = u.id and m.ended_at is null), '[]') as providers,
    coalesce((select json_agg(json_build_object('councilId', f.council_id, 'roles', f.roles) order by f.created_at)
              from staff_membership f where f.user_id = u.id and f.ended_at is null), '[]') as staff,
    (select json_build_object('authorityId', a.id, 'personId', a.person_id, 'personName', b.short_name, 'type', a.type,
                              'scopes', a.scopes, 'organisationName', o.name, 'relationship', a.relationship)
     from authority a join person b on b.id = a.person_id left join provider o on o.id = a.supporter_provider_id
     where a.id = s.acting_authority_id and a.ended_at is null and a.starts_on <= $2::date
       and (a.ends_on is null or a.ends_on >= $2::date)
       and (a.supporter_user_id = u.id
         or exists (select 1 from member m where m.provider_id = a.supporter_provider_id and m.user_id = u.id and m.ended_at is null))) as acting,
    exists (select 1 from authority a
            where a.ended_at is null and a.starts_on <= $2::date and (a.ends_on is null or a.ends_on >= $2::date)
              and (a.supporter_user_id = u.id or a.supporter_provider_id in
                    (select m.provider_id from member m where m.user_id = u.id and m.ended_at is null))) as supports
  from session s join app_user u on u.id = s.user_id left join person p on p.user_id = u.id
  where s.token = $1`

export interface SignedIn {
  actor: UserActor
  /** Somebody has made them a supporter. */
  supports: boolean
  /** Of the authority used now: "brother". */
  relationship: string | null
  /** Staff or operator who has not done the second step: until then they are neither. */
  secondStepDue: boolean
}

/**
 * Who is behind a session, and in whose name they act right now. An authority that has ended, is not yet valid or was
 * never theirs counts for nothing, whatever the session says. Without the second step the roles that need it are left
 * out, so that a policy that forgets to ask fails closed.
 * @returns null for an unknown or ended session
 */
export async function readActor(deps: Deps, token: string): Promise<SignedIn | null> {
  const today = londonDate(deps.clock.now()).toString()
  const rows = await deps.db.query('session_actor', SQL, [token, today])
  const found = rows[0] ? row.parse(rows[0]) : null
  if (!found) return null
  const privileged = found.operator || found.staff.length > 0
  const kind = sessionKind({
    operator: found.operator,
    staff: found.staff.length > 0,
    provider: found.providers.length > 0,
  })
  const state = sessionState(
    { createdAt: fromDate(found.created_at), expiresAt: fromDate(found.expires_at) },
    kind,
    machineNow(deps.clock),
  )
  if (!state.live) return null
  if (state.extendTo)
    await deps.db.query(
      'session_extend',
      'update session set expires_at = $2, updated_at = $3 where id = $1',
      [found.id, toDate(state.extendTo), toDate(machineNow(deps.clock))],
    )
  const secondStep = found.second_step_at !== null
  const acting = found.acting
  return {
    actor: {
      kind: 'user',
      userId: found.user_id,
      name: found.name || 'Your account',
      personId: found.person_id,
      providers: found.providers,
      staff: secondStep ? found.staff : [],
      operator: secondStep && found.operator,
      actingFor: acting && {
        personId: acting.personId,
        personName: acting.personName,
        authorityId: acting.authorityId,
        type: acting.type,
        scopes: acting.scopes,
        organisationName: acting.organisationName,
      },
      sessionId: found.id,
      secondStep,
      secondStepFresh: isFreshStep(
        found.second_step_at && fromDate(found.second_step_at),
        machineNow(deps.clock),
      ),
    },
    supports: found.supports,
    relationship: acting?.relationship ?? null,
    secondStepDue: privileged && !secondStep,
  }
}
