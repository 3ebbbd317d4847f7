import type { Actor, AuthorityType, Scope } from '#services/kernel/actor.ts'
import { longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { isTold, personMayEnd, SCOPE_WORDS } from './authority.rules.ts'

/** What a supporter may do for the person whose pages they are on, as those pages say it. */
export interface OwnAuthority {
  may: string[]
  /** 'Wednesday 31 March 2027'; null when it has no end. */
  until: string | null
  /** Whether the person can end it by themselves. */
  personMayEnd: boolean
  /** Whether they are told what happens to the person. */
  isTold: boolean
}

/** The authority that this session acts under; null for somebody on their own pages. */
export async function ownAuthority(deps: Pick<Deps, 'db'>, actor: Actor): Promise<OwnAuthority | null> {
  if (actor.kind !== 'user' || !actor.actingFor) return null
  const { authorityId, scopes, type } = actor.actingFor
  const row = await deps.db.prisma.authority.findUnique({
    where: { id: authorityId },
    select: { endsOn: true },
  })
  return wordsOf(type, scopes, row?.endsOn ?? null)
}

const wordsOf = (type: AuthorityType, scopes: readonly Scope[], endsOn: Date | null): OwnAuthority => ({
  may: scopes.map((scope) => SCOPE_WORDS[scope]),
  until: endsOn ? longDate(plainDateOf(endsOn)) : null,
  personMayEnd: personMayEnd(type),
  isTold: isTold(type, scopes),
})
