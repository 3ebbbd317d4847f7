import { z } from 'zod'
import { councilInView } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile, csvMoney } from '#services/kernel/csv.ts'
import { notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'

const supplier = z.object({
  providerId: z.string(),
  name: z.string(),
  kind: z.string(),
  number: z.string().nullable(),
  /** Owed by the council and not paid yet. Pence. */
  due: z.number(),
  people: z.number(),
})
export type Supplier = z.infer<typeof supplier>

const MOST = 2_000

/** Providers that a council owes, has ordered from, or has given a number; those without a number come first. */
async function readSuppliers(tx: Tx, councilId: string): Promise<Supplier[]> {
  return z.array(supplier).parse(
    await tx.$queryRaw`
      with owed as (
        select provider_id, coalesce(sum(pence) filter (where state in ('due', 'in_payment')), 0)::int as due, count(distinct person_id)::int as people
        from payable where payer_kind = 'council' and payer_id = ${councilId}::uuid group by provider_id
      ), known as (
        select provider_id from owed
        union select provider_id from council_supplier where council_id = ${councilId}::uuid
        union select provider_id from council_order where council_id = ${councilId}::uuid and state in ('asked', 'placed')
      )
      select o.id::text as "providerId", o.name, o.kind::text, s.number, coalesce(w.due, 0) as due, coalesce(w.people, 0) as people
      from known k join provider o on o.id = k.provider_id
      left join owed w on w.provider_id = o.id
      left join council_supplier s on s.council_id = ${councilId}::uuid and s.provider_id = o.id
      order by s.number is not null, o.name, o.id limit ${MOST}`,
  )
}

export interface SuppliersPage {
  councilId: string
  suppliers: Supplier[]
  missing: number
  /** Owed to providers without a number. Pence. */
  missingDue: number
}

/** @throws SIGN_IN; NOT_FOUND for all but the council's finance */
export async function suppliersPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  council: string | null,
): Promise<SuppliersPage> {
  const { councilId } = councilInView(actor, 'money.read', council)
  const suppliers = await readSuppliers(deps.db.prisma, councilId)
  const missing = suppliers.filter(({ number }) => number === null)
  return {
    councilId,
    suppliers,
    missing: missing.length,
    missingDue: missing.reduce((sum, { due }) => sum + due, 0),
  }
}

/** The same as a file. */
export async function suppliersCsv(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  council: string | null,
): Promise<{ filename: string; csv: string }> {
  const { suppliers } = await suppliersPage(deps, actor, council)
  return {
    filename: 'suppliers.csv',
    csv: csvFile(
      ['Provider', 'Supplier number', 'Due (£)'],
      suppliers.map(({ name, number, due }) => [name, number ?? '', csvMoney(due)]),
    ),
  }
}

/** One provider and its number. @throws as `suppliersPage`; NOT_FOUND for a provider that does not exist */
export async function supplierPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  input: { providerId: string; council: string | null },
) {
  const { councilId } = councilInView(actor, 'money.read', input.council)
  const provider = await deps.db.prisma.provider.findUnique({
    where: { id: input.providerId },
    select: {
      id: true,
      name: true,
      kind: true,
      supplierOf: { where: { councilId }, select: { number: true }, take: 1 },
    },
  })
  if (!provider) throw notFound()
  return {
    councilId,
    provider: { id: provider.id, name: provider.name, kind: provider.kind },
    number: provider.supplierOf[0]?.number ?? null,
  }
}
