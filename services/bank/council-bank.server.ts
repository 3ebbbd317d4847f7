/** The bank files of a council's own account, for its finance. */
import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type BankPage, bankPage } from './bank-page.server.ts'
import { type Decided, decideBankLine } from './decide-bank-line.server.ts'
import { type BankFile, type Imported, importBankFile } from './import-bank-file.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** As a form sends it; the use case reads it. */
type Press = Parameters<typeof decideBankLine>[3]

/**
 * The first of the actor's councils, or the one asked for.
 * @throws SIGN_IN; NOT_FOUND for all but finance, and for another council
 */
export async function councilBankPage(
  deps: Needs,
  actor: Actor,
  query: { council: string | null; state: string | null; page: string | null },
): Promise<BankPage & { council: { id: string; name: string } }> {
  const { councilIds } = requireStaff(actor, 'money.read')
  const id = query.council ?? councilIds[0] ?? ''
  if (!councilIds.includes(id)) throw notFound()
  const page = await bankPage(deps, actor, { kind: 'council', id }, query)
  const council = await deps.db.prisma.council.findUniqueOrThrow({
    where: { id },
    select: { id: true, name: true },
  })
  return { ...page, council }
}

/** @throws as importBankFile */
export function bringCouncilFile(
  deps: Needs,
  actor: Actor,
  councilId: string,
  file: Pick<BankFile, 'fileName' | 'content' | 'mapping'>,
): Promise<Imported> {
  return importBankFile(deps, actor, {
    ...file,
    owner: { kind: 'council', id: councilId },
    allocationId: null,
  })
}

/** @throws as decideBankLine; ZodError for a press that is none */
export function pressCouncilLine(
  deps: Needs,
  actor: Actor,
  councilId: string,
  press: Record<'press' | 'lineId' | 'subject', string>,
): Promise<Decided> {
  if (!isId(press.lineId)) throw notFound()
  return decideBankLine(deps, actor, { kind: 'council', id: councilId }, press as Press)
}
