import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'

/** Only whoever runs the installation: the command line, or a signed-in operator after the second step. */
export const mayImport = (actor: Actor): boolean =>
  actor.kind === 'system' || (actor.kind === 'user' && actor.operator && actor.secondStep)

/** @throws DomainError FORBIDDEN */
export function requireImporter(actor: Actor): void {
  if (!mayImport(actor)) throw new DomainError('FORBIDDEN', 'Only an operator may import data.')
}
