import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { nameForm } from './sign-in.schema.ts'

/**
 * Changes how the account is called; a person's record at their council keeps its own name.
 * @throws SIGN_IN; INVALID input
 */
export async function changeName(deps: Deps, actor: Actor, input: { name: string }): Promise<void> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const { name } = nameForm.parse(input)
  await deps.db.prisma.user.update({ where: { id: actor.userId }, data: { name }, select: { id: true } })
}
