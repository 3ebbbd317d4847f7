/** The bank files of a person's own account, for their pages. */
import { personInView, requirePersonInView } from '#services/circle/circle.policy.ts'
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

/** @throws as bankPage; NOT_FOUND for somebody without a budget who acts for nobody */
export async function personBankPage(
  deps: Needs,
  actor: Actor,
  query: { state: string | null; page: string | null },
): Promise<BankPage & { person: { id: string; shortName: string; self: boolean } }> {
  const id = personInView(actor)
  const page = await bankPage(deps, actor, { kind: 'person', id }, query)
  const { shortName } = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id },
    select: { shortName: true },
  })
  return { ...page, person: { id, shortName, self: !(actor.kind === 'user' && actor.actingFor) } }
}

/** @throws as importBankFile; STALE_STATE when the form was opened for somebody else */
export async function bringPersonFile(
  deps: Needs,
  actor: Actor,
  personId: string,
  file: Pick<BankFile, 'fileName' | 'content' | 'mapping'>,
): Promise<Imported> {
  requirePersonInView(actor, personId)
  return importBankFile(deps, actor, { ...file, owner: { kind: 'person', id: personId }, allocationId: null })
}

/** @throws as decideBankLine; STALE_STATE when the form was opened for somebody else; ZodError for a press that is none */
export async function pressPersonLine(
  deps: Needs,
  actor: Actor,
  personId: string,
  press: Record<'press' | 'lineId' | 'subject', string>,
): Promise<Decided> {
  requirePersonInView(actor, personId)
  if (!isId(press.lineId)) throw notFound()
  return decideBankLine(deps, actor, { kind: 'person', id: personId }, press as Press)
}
