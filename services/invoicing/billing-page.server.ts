import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { memberMay, providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { billingSchema, prefixSchema } from './billing.schema.ts'
import { numberWords, prefixOf, suggestPrefix } from './numbers.rules.ts'
import { BILLED_EVERY, EVERY_WORDS, periodOf } from './periods.rules.ts'
import { addressOf } from './read-parties.server.ts'
import { VAT_GUIDANCE, VAT_RATES } from './vat-rates.ts'
import {
  type VatKind,
  VAT_KINDS,
  VAT_WORDS,
  mayExemptWelfare,
  suggestVat,
  supplierOf,
  vatOf,
} from './vat.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const MOST_SERVICES = 200
/** The field of one service's VAT. */
const serviceField = (serviceId: string): string => `vat-${serviceId}`

export interface BillingPage {
  provider: { id: string; name: string }
  mayEdit: boolean
  /** Whether they have said it before. */
  said: boolean
  /** Values by field name, as the form shows them. */
  values: Record<string, string>
  /** The prefix stays once a number was given under it. */
  prefixIsKept: boolean
  example: string
  every: { value: string; label: string }[]
  /** Whether anything they do can be exempt as welfare, and why not. */
  mayExempt: boolean
  services: { field: string; title: string; suggested: string; why: string }[]
  kinds: { value: VatKind; label: string }[]
  sources: readonly { label: string; href: string }[]
}

const readProvider = (tx: Tx, providerId: string) =>
  tx.provider.findUniqueOrThrow({
    where: { id: providerId },
    include: {
      billing: true,
      places: { orderBy: { id: 'asc' }, take: 1 },
      services: {
        where: { currentVersionId: { not: null } },
        select: {
          id: true,
          versions: {
            orderBy: { number: 'desc' },
            take: 1,
            select: { title: true, categoryCode: true, fundedBy: true },
          },
        },
        orderBy: { id: 'asc' },
        take: MOST_SERVICES,
      },
    },
  })
type ProviderRow = Awaited<ReturnType<typeof readProvider>>

const soldBy = (provider: ProviderRow) =>
  provider.services.flatMap(({ id, versions: [version] }) =>
    version?.fundedBy === 'bought' ? [{ id, title: version.title, category: version.categoryCode }] : [],
  )

/**
 * How a provider bills: address, numbers, period, days to pay, VAT; suggested until they say it.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for workers
 */
export async function billingPage(deps: Needs, actor: Actor, org: string | null): Promise<BillingPage> {
  const { providerId, role } = providerInView(actor, org)
  requireMember(actor, providerId, 'see_money')
  const provider = await readProvider(deps.db.prisma, providerId)
  const { billing } = provider
  const supplier = supplierOf(provider)
  const welfareExempt = billing?.welfareExempt ?? mayExemptWelfare(supplier)
  const prefix = billing?.prefix ?? `${suggestPrefix(provider.name)}-`
  const sold = soldBy(provider)
  const status = {
    registered: true,
    welfareExempt,
    serviceVat: (billing?.serviceVat ?? {}) as Record<string, VatKind>,
  }
  return {
    provider: { id: provider.id, name: provider.name },
    mayEdit: memberMay(role, 'manage_money'),
    said: billing !== null,
    values: {
      addressLines: addressOf(provider).join('\n'),
      prefix: prefix.replace(/-$/, ''),
      every: billing?.every ?? 'week',
      daysToPay: String(billing?.daysToPay ?? 14),
      vatStatus: billing?.vatStatus ?? '',
      vatNumber: billing?.vatNumber ?? '',
      welfareExempt: welfareExempt ? 'yes' : 'no',
      ...Object.fromEntries(
        sold.map((one) => [
          serviceField(one.id),
          vatOf({ serviceId: one.id, category: one.category }, supplier, status),
        ]),
      ),
    },
    prefixIsKept: billing !== null && (billing.nextInvoice > 1 || billing.nextCreditNote > 1),
    example: `${numberWords({ prefix: prefixOf(prefix, 'invoice'), number: billing?.nextInvoice ?? 1 })} and ${numberWords({ prefix: prefixOf(prefix, 'credit_note'), number: billing?.nextCreditNote ?? 1 })}`,
    every: BILLED_EVERY.map((value) => ({ value, label: EVERY_WORDS[value] })),
    mayExempt: mayExemptWelfare(supplier),
    services: sold.map(({ id, title, category }) => {
      const { vat, why } = suggestVat(category, supplier, welfareExempt)
      return { field: serviceField(id), title, suggested: VAT_WORDS[vat], why }
    }),
    kinds: VAT_KINDS.map((value) => ({ value, label: VAT_WORDS[value] })),
    sources: [...(VAT_RATES.at(-1)?.sources ?? []), ...VAT_GUIDANCE],
  }
}

/**
 * Saves it. Invoices that were issued stay as they are; the next ones follow it.
 * @throws NOT_FOUND, FORBIDDEN for all but owners; INVALID with sentences by field
 */
export async function saveBilling(
  deps: Needs,
  actor: Actor,
  providerId: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  requireMember(actor, providerId, 'manage_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await tx.$queryRaw`select 1 from billing where provider_id = ${providerId}::uuid for update`
    const provider = await readProvider(tx, providerId)
    const { welfareExempt, prefix: typed, billFrom, ...given } = parseInput(billingSchema, input)
    const { billing } = provider
    if (billing === null && billFrom === undefined)
      throw new DomainError('INVALID', 'Say from when on you bill here.', {
        fields: { billFrom: ['Choose from when on you bill here.'] },
      })
    const kept = billing !== null && (billing.nextInvoice > 1 || billing.nextCreditNote > 1)
    const prefix = kept ? billing.prefix : parsePrefix(typed)
    const supplier = supplierOf(provider)
    if (given.vatStatus === 'registered' && welfareExempt === 'yes' && !mayExemptWelfare(supplier))
      throw new DomainError('INVALID', 'Your welfare services cannot be exempt.', {
        fields: {
          welfareExempt: [
            'Welfare is exempt only from a charity, a public body or somebody whom CQC regulates. Say under “Your organisation” if you are one of them.',
          ],
        },
      })
    const said = {
      ...given,
      prefix,
      welfareExempt: welfareExempt === 'yes' && mayExemptWelfare(supplier),
    }
    const serviceVat = saidOtherwise(provider, said, input)
    await tx.billing.upsert({
      where: { providerId },
      create: {
        providerId,
        ...said,
        serviceVat,
        startsOn: billFrom === 'all' ? null : dateColumn(periodOf(said.every, londonDate(now)).from),
        updatedAt: toDate(now),
      },
      update: { ...said, serviceVat, updatedAt: toDate(now) },
      select: { providerId: true },
    })
    await recordAudit(tx, now, actor, {
      action: 'billing.saved',
      subjectType: 'provider',
      subjectId: providerId,
      forPersonId: null,
      facts: { every: said.every, vatStatus: said.vatStatus, welfareExempt: said.welfareExempt },
    })
  })
}

function parsePrefix(typed: string): string {
  const read = prefixSchema.safeParse(typed)
  if (read.success) return read.data
  throw new DomainError('INVALID', 'The letters before your numbers cannot be kept.', {
    fields: { prefix: read.error.issues.map(({ message }) => message) },
  })
}

/** Only what differs from our suggestion is kept, so that a later change of who they are changes the rest. */
function saidOtherwise(
  provider: ProviderRow,
  said: { vatStatus: string; welfareExempt: boolean },
  input: Readonly<Record<string, unknown>>,
): Record<string, VatKind> {
  const supplier = supplierOf(provider)
  const otherwise = Object.fromEntries(
    soldBy(provider).flatMap(({ id, category }) => {
      const typed = input[serviceField(id)]
      if (typed === undefined) return []
      const kind = VAT_KINDS.find((one) => one === typed)
      if (!kind)
        throw new DomainError('INVALID', 'A VAT of a service is to be put right.', {
          fields: { [serviceField(id)]: ['Choose one of the list.'] },
        })
      return kind === suggestVat(category, supplier, said.welfareExempt).vat ? [] : [[id, kind]]
    }),
  )
  return said.vatStatus === 'registered' ? otherwise : {}
}
