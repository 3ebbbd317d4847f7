import type { LoaderFunctionArgs } from '@remix-run/node'
import { ANONYMOUS, type Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { Viewer } from '~/components/shell/viewer.ts'

/** Who sends this request. The accounts domain fills this in from the session's cookie. */
async function actorOf(_request: Request, _deps: Deps): Promise<Actor> {
  return Promise.resolve(ANONYMOUS)
}

/** Who is signed in, as the shell shows it. */
export async function viewerOf(_deps: Deps, actor: Actor): Promise<Viewer | null> {
  return Promise.resolve(actor.kind === 'user' ? { name: actor.name, roles: [], acting: null } : null)
}

const known = new WeakMap<object, Promise<Actor>>()

/** Asked once for each request, however many loaders want to know. */
export function actorFor({ context, request }: Pick<LoaderFunctionArgs, 'context' | 'request'>): Promise<Actor> {
  const earlier = known.get(context)
  if (earlier) return earlier
  const actor = actorOf(request, context.deps)
  known.set(context, actor)
  return actor
}
