import type { Tx } from '#services/db/client.server.ts'
import type { Contract } from './drafts.rules.ts'
import type { Party } from './invoice.schema.ts'

interface Billed {
  contract: Contract
  payerKind: 'person' | 'council' | 'fund_holder'
  payerId: string
  personId: string
}

const filled = (lines: readonly (string | null)[]): string[] =>
  lines.filter((line): line is string => line !== null && line !== '')

const PLACE = {
  select: { addressLine: true, town: true, postcode: true },
  orderBy: { id: 'asc' },
  take: 1,
} as const

interface Organisation {
  name: string
  billing: { addressLines: string[] } | null
  places: { addressLine: string | null; town: string | null; postcode: string | null }[]
}
/** As they said under billing, else where they work from. */
export const addressOf = ({ billing, places: [place] }: Omit<Organisation, 'name'>): string[] =>
  billing && billing.addressLines.length > 0
    ? billing.addressLines
    : place
      ? filled([place.addressLine, place.town, place.postcode])
      : []

/** How each of these is addressed: three statements, however many there are. */
export async function readAddressees(tx: Tx, billed: readonly Billed[]): Promise<(one: Billed) => Party> {
  const ids = (kind: Billed['payerKind']): string[] => [
    ...new Set(billed.filter((one) => one.payerKind === kind).map((one) => one.payerId)),
  ]
  const [people, councils, holders] = await Promise.all([
    tx.person.findMany({
      where: { id: { in: [...new Set(billed.map(({ personId }) => personId))] } },
      select: { id: true, name: true, addressLine: true, postcode: true },
    }),
    tx.council.findMany({
      where: { id: { in: ids('council') } },
      select: { id: true, name: true, money: { select: { billedTo: true } } },
    }),
    tx.provider.findMany({
      where: { id: { in: ids('fund_holder') } },
      select: { id: true, name: true, billing: { select: { addressLines: true } }, places: PLACE },
    }),
  ])
  const find = <Row extends { id: string }>(rows: readonly Row[], id: string): Row => {
    const found = rows.find((one) => one.id === id)
    if (!found) throw new Error('whoever is billed is known')
    return found
  }
  return ({ contract, payerKind, payerId, personId }) => {
    const party = (name: string, lines: string[], careOf: string | null = null): Party => ({
      kind: contract,
      name,
      careOf,
      lines,
      notes: [],
    })
    if (contract === 'council') {
      const council = find(councils, payerId)
      return party(council.name, council.money?.billedTo ?? [])
    }
    if (contract === 'fund_holder') {
      const holder = find(holders, payerId)
      return party(holder.name, addressOf(holder))
    }
    const person = find(people, personId)
    if (payerKind !== 'fund_holder') return party(person.name, filled([person.addressLine, person.postcode]))
    const holder = find(holders, payerId)
    return party(person.name, addressOf(holder), holder.name)
  }
}

/** Whoever bills, as they are now. */
export async function readSeller(tx: Tx, providerId: string): Promise<Party & { provider: SellerProvider }> {
  const provider = await tx.provider.findUniqueOrThrow({
    where: { id: providerId },
    select: {
      name: true,
      kind: true,
      legalForm: true,
      charityNumber: true,
      companyNumber: true,
      cqcProviderId: true,
      billing: { select: { addressLines: true } },
      places: PLACE,
    },
  })
  return {
    kind: 'provider',
    name: provider.name,
    careOf: null,
    lines: addressOf(provider),
    notes: filled([
      provider.companyNumber ? `Company number ${provider.companyNumber}` : null,
      provider.charityNumber ? `Charity number ${provider.charityNumber}` : null,
    ]),
    provider,
  }
}

export interface SellerProvider {
  kind: string
  legalForm: string | null
  charityNumber: string | null
  cqcProviderId: string | null
}
