/** When a council has to order support before it can be booked. Pure. */
import type { Deployment } from '#services/budgets/payer.rules.ts'

/** Funds from which the council itself pays the provider. Whether it ordered something is asked in budgets/split.rules.ts. */
export const needsOrder = (deployment: Deployment): boolean =>
  deployment === 'council_managed' || deployment === 'adviser_held'
