import type { StaffRole } from '#services/kernel/actor.ts'

const ROLES: Readonly<Record<StaffRole, string>> = {
  adviser: 'Adviser',
  finance: 'Finance',
  commissioner: 'Commissioner',
  safeguarding: 'Adult safeguarding team',
  council_admin: 'Administrator',
}

/** What a colleague does, in words. */
export const roleWords = (one: { roles: readonly StaffRole[]; operator: boolean }): string =>
  [...one.roles.map((role) => ROLES[role]), ...(one.operator ? ['Operator'] : [])].join(', ')

/** Which second step somebody has. */
export function stepWords({ app, passkeys }: { app: boolean; passkeys: number }): string {
  const has = [
    ...(app ? ['authenticator app'] : []),
    ...(passkeys > 0 ? [passkeys === 1 ? 'a passkey' : `${String(passkeys)} passkeys`] : []),
  ].join(' and ')
  return has === '' ? 'None yet' : has.charAt(0).toUpperCase() + has.slice(1)
}
