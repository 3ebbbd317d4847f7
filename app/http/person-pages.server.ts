import { redirect } from '@remix-run/node'
import type { Actor } from '#services/kernel/actor.ts'

/**
 * Somebody signed in who holds no budget and acts for nobody has no week and no money of their own: they are taken to the
 * people they support. Anybody else is let through; the service decides.
 */
export function toCircleWithoutPerson(actor: Actor): void {
  if (actor.kind === 'user' && !actor.personId && !actor.actingFor) throw redirect('/my/circle')
}
