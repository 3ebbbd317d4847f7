import { sandboxPayments } from '#services/adapters/payments/sandbox.server.ts'
import { postgresStore } from '#services/adapters/sandbox/postgres-store.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { TestHouse } from './house.ts'

/** What the sandbox signs its deliveries with. */
export const SANDBOX_SECRET = 'only these tests know'

/** A house whose payment service is the sandbox on its own database, with the control panel. */
export function withSandbox({ clock, deps }: Pick<TestHouse, 'clock' | 'deps'>): {
  deps: Deps
  sandbox: NonNullable<Deps['payments']['sandbox']>
} {
  const payments = sandboxPayments(
    {
      store: postgresStore(deps.db, 'payments'),
      now: () => clock.now(),
      pageUrl: (reference) => `https://kith.test/demo/payments/${reference}`,
    },
    SANDBOX_SECRET,
  )
  return { deps: { ...deps, payments }, sandbox: payments.sandbox }
}
