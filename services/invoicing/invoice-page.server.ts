import { makePdf } from '#services/documents/pdf.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { FileKind } from './invoice-file-kinds.ts'
import { fileOf } from './invoice-files.rules.ts'
import { invoiceFacts, invoicePaper, partyLines, vatWords } from './invoice-paper.rules.ts'
import { type Reader, requireInvoice, requireInvoiceFile } from './invoicing.policy.ts'
import { type InvoiceView, readInvoice } from './read-invoice.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface InvoicePage {
  view: InvoiceView
  facts: { term: string; value: string }[]
  seller: string[]
  addressee: string[]
  vatWords: string
}

/**
 * One invoice or credit note, for whoever billed, whoever pays, or the person.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN as the policy
 */
export async function invoicePage(
  deps: Needs,
  actor: Actor,
  id: string,
  reader: Reader,
): Promise<InvoicePage> {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const view = await readInvoice(deps.db.prisma, id, londonDate(deps.clock.now()))
  requireInvoice(actor, reader, view)
  return {
    view,
    facts: invoiceFacts(view),
    seller: partyLines(view.seller),
    addressee: partyLines(view.addressee),
    vatWords: vatWords(view),
  }
}

/** The same as a paper. @throws SIGN_IN, NOT_FOUND */
export async function invoicePdf(
  deps: Needs,
  actor: Actor,
  id: string,
): Promise<{ filename: string; pdf: Buffer }> {
  const view = await fileView(deps, actor, id)
  return { filename: `${view.number}.pdf`, pdf: await paperOfInvoice(deps, view) }
}

/** An invoice that was read already, as a paper. Whoever asks must have asked who may. */
export const paperOfInvoice = (deps: Pick<Deps, 'clock'>, view: InvoiceView): Promise<Buffer> =>
  makePdf(invoicePaper(view, deps.clock.now()))

/** Its lines as a table, or as an accounting program imports them. @throws SIGN_IN, NOT_FOUND */
export async function invoiceCsv(
  deps: Needs,
  actor: Actor,
  id: string,
  kind: FileKind,
): Promise<{ filename: string; csv: string }> {
  const view = await fileView(deps, actor, id)
  return { filename: `${view.number}-${kind}.csv`, csv: fileOf(kind, [view]) }
}

async function fileView(deps: Needs, actor: Actor, id: string): Promise<InvoiceView> {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const view = await readInvoice(deps.db.prisma, id, londonDate(deps.clock.now()))
  requireInvoiceFile(actor, view)
  return view
}
