/** Accounts are named by what they are for, so a journal can be written without looking one up. */
export type BudgetAccountKind = 'funder' | 'available' | 'held' | 'ring_fenced' | 'spent'
export type PayerKind = 'person' | 'council' | 'fund_holder'

/** Who owes a provider for what one allocation pays: see `payerOf` in services/budgets. */
export interface Payer {
  kind: PayerKind
  id: string
}

export interface AccountRef {
  key: string
  kind: BudgetAccountKind | 'due' | 'in_transit' | 'earned' | 'person_due' | 'council_income'
  allocation_id: string | null
  payer_kind: PayerKind | null
  payer_id: string | null
  provider_id: string | null
  person_id: string | null
  council_id: string | null
}

const nobody = {
  allocation_id: null,
  payer_kind: null,
  payer_id: null,
  provider_id: null,
  person_id: null,
  council_id: null,
}

export const budgetAccount = (kind: BudgetAccountKind, allocationId: string): AccountRef => ({
  ...nobody,
  key: `${kind}:${allocationId}`,
  kind,
  allocation_id: allocationId,
})

/** What a payer owes a provider (`due`), or has sent and is not yet known to have arrived (`in_transit`). */
export const payerAccount = (kind: 'due' | 'in_transit', payer: Payer, providerId: string): AccountRef => ({
  ...nobody,
  key: `${kind}:${payer.kind}:${payer.id}:${providerId}`,
  kind,
  payer_kind: payer.kind,
  payer_id: payer.id,
  provider_id: providerId,
})

/** Zero or below: what a provider has earned and not yet been paid. */
export const earnedAccount = (providerId: string): AccountRef => ({
  ...nobody,
  key: `earned:${providerId}`,
  kind: 'earned',
  provider_id: providerId,
})

/** What a person owes the council towards gross-charged care. */
export const personDueAccount = (personId: string, councilId: string): AccountRef => ({
  ...nobody,
  key: `person_due:${personId}:${councilId}`,
  kind: 'person_due',
  person_id: personId,
  council_id: councilId,
})

export const councilIncomeAccount = (councilId: string): AccountRef => ({
  ...nobody,
  key: `council_income:${councilId}`,
  kind: 'council_income',
  council_id: councilId,
})
