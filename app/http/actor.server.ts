import type { LoaderFunctionArgs } from '@remix-run/node'
import { readActor, type SignedIn } from '#services/accounts/read-actor.server.ts'
import { readSessionToken } from '#services/accounts/session-cookie.server.ts'
import { councilLinks } from '#services/councils/council-pages.rules.ts'
import { ANONYMOUS, type Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay } from '#services/providers/providers.policy.ts'
import { actingAs } from '~/components/shell/acting-as.ts'
import type { Viewer, ViewerRole } from '~/components/shell/viewer.ts'

/** What the shell wants to know beside the actor, found in the same statement. */
const known = new WeakMap<object, Promise<SignedIn | null>>()
const asked = new WeakMap<Actor, SignedIn>()

async function read(request: Request, deps: Deps): Promise<SignedIn | null> {
  const token = readSessionToken(deps.settings, request.headers.get('Cookie'))
  const signedIn = token ? await readActor(deps, token) : null
  if (signedIn) asked.set(signedIn.actor, signedIn)
  return signedIn
}

/** Who sends this request, read once for each request, however many loaders want to know. */
export function signedInFor({
  context,
  request,
}: Pick<LoaderFunctionArgs, 'context' | 'request'>): Promise<SignedIn | null> {
  const earlier = known.get(context)
  if (earlier) return earlier
  const signedIn = read(request, context.deps)
  known.set(context, signedIn)
  return signedIn
}

/** Nobody is anonymous by mistake: a forged, unknown or ended session is nobody's. */
export async function actorFor(args: Pick<LoaderFunctionArgs, 'context' | 'request'>): Promise<Actor> {
  return (await signedInFor(args))?.actor ?? ANONYMOUS
}

/** Staff and operators who have not done the second step are not yet what they are: where they are refused, it is asked. */
export async function secondStepDue(args: Pick<LoaderFunctionArgs, 'context' | 'request'>): Promise<boolean> {
  return (await signedInFor(args))?.secondStepDue ?? false
}

/** Who is signed in, as the shell shows it. */
export async function viewerOf(_deps: Deps, actor: Actor): Promise<Viewer | null> {
  if (actor.kind !== 'user') return Promise.resolve(null)
  const more = asked.get(actor)
  const roles = new Set<ViewerRole>()
  if (actor.personId) roles.add('person')
  if (more?.supports) roles.add('supporter')
  if (actor.providers.length > 0) roles.add('provider')
  for (const { roles: staffRoles } of actor.staff) for (const role of staffRoles) roles.add(role)
  if (actor.operator) roles.add('operator')
  const { actingFor } = actor
  return {
    name: actor.name,
    roles: [...roles],
    councilPages: councilLinks(actor).map(({ label, href }) => ({ label, href })),
    providerMoney: actor.providers.some(({ role }) => memberMay(role, 'see_money')),
    acting: actingFor && {
      personName: actingFor.personName,
      as: actingAs({
        name: actor.name,
        relationship: more?.relationship ?? null,
        type: actingFor.type,
        organisationName: actingFor.organisationName,
      }),
    },
  }
}
