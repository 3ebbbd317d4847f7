import type { Prisma } from '#services/db/generated/client.ts'
import type { DraftInvoice } from '#services/invoicing/drafts.rules.ts'
import type { Party } from '#services/invoicing/invoice.schema.ts'

/** What the demo knows of people, providers and funds, to write letters with. */
export interface BillingBook {
  people: readonly Prisma.PersonCreateManyInput[]
  providers: readonly Prisma.ProviderCreateManyInput[]
  places: readonly Prisma.PlaceCreateManyInput[]
  councils: readonly Prisma.CouncilCreateManyInput[]
  planLines: readonly Prisma.PlanLineCreateManyInput[]
  ownerId: string
}

const filled = (lines: readonly (string | null | undefined)[]): string[] =>
  lines.filter((line): line is string => typeof line === 'string' && line !== '')

function organisation(book: BillingBook, id: string): { name: string; lines: string[] } {
  const place = book.places.find(({ providerId }) => providerId === id)
  return {
    name: book.providers.find((provider) => provider.id === id)?.name ?? '',
    lines: filled([place?.addressLine, place?.town, place?.postcode]),
  }
}

/** Whoever bills, as their letters say. */
export function sellerOf(book: BillingBook, provider: BillingBook['providers'][number]): Party {
  return {
    kind: 'provider',
    careOf: null,
    ...organisation(book, provider.id ?? ''),
    notes: filled([
      provider.companyNumber ? `Company number ${provider.companyNumber}` : null,
      provider.charityNumber ? `Charity number ${provider.charityNumber}` : null,
    ]),
  }
}

/** Where a council of the demo has its invoices sent: "Aldermere Council" stands in the town of that name. */
export const billedTo = (council: string): string[] => [
  'Accounts payable',
  'Town Hall',
  council.replace(/ Council$/, ''),
]

/** Whoever is billed. */
export function addresseeOf(book: BillingBook, draft: DraftInvoice): Party {
  const person = book.people.find(({ id }) => id === draft.personId)
  const holder = draft.payerKind === 'fund_holder' ? organisation(book, draft.payerId) : null
  const base = { kind: draft.contract, careOf: null, notes: [] }
  if (draft.contract === 'council') {
    const council = book.councils.find(({ id }) => id === draft.payerId)
    return { ...base, name: council?.name ?? '', lines: council ? billedTo(council.slug) : [] }
  }
  if (draft.contract === 'fund_holder' && holder) return { ...base, ...holder }
  return {
    ...base,
    name: person?.name ?? '',
    careOf: holder?.name ?? null,
    lines: holder?.lines ?? filled([person?.addressLine, person?.postcode]),
  }
}
