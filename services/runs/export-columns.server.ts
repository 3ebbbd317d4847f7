import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { councilInView, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'
import { DEFAULT_COLUMNS, EXPORT_FIELDS, EXPORT_FIELD_CODES, type ExportColumn } from './export.rules.ts'

/** As many as a page has room for. */
export const MOST_COLUMNS = 24
const kept = z.array(z.object({ column: z.string(), field: z.enum(EXPORT_FIELD_CODES) }))

/** The columns of a council's payment file: its own, or ours while it has chosen none. */
export async function readColumns(
  tx: Tx,
  councilId: string,
): Promise<{ columns: readonly ExportColumn[]; own: boolean }> {
  const money = await tx.councilMoney.findUnique({ where: { councilId }, select: { exportColumns: true } })
  const columns = kept.safeParse(money?.exportColumns)
  return columns.success && columns.data.length > 0
    ? { columns: columns.data, own: true }
    : { columns: DEFAULT_COLUMNS, own: false }
}

/** @throws SIGN_IN; NOT_FOUND for all but the council's finance */
export async function exportColumnsPage(deps: Pick<Deps, 'db'>, actor: Actor, council: string | null) {
  const { councilId } = councilInView(actor, 'money.read', council)
  return {
    councilId,
    ...(await readColumns(deps.db.prisma, councilId)),
    fields: EXPORT_FIELD_CODES.map((value) => ({ value, label: EXPORT_FIELDS[value].label })),
    most: MOST_COLUMNS,
  }
}

/** Letters that a header needs, and none that a spreadsheet would run. */
const HEADER = /^[\p{L}\p{N}][\p{L}\p{N} ._/()£%-]*$/u

/**
 * Sets the columns of the payment file, in the order given. A line without field and name is left out; none at all: ours again.
 * @param input.columns as many names and fields as the page has lines
 * @throws NOT_FOUND for all but the council's finance; INVALID with a sentence beside the line (`column-0`, `field-0`)
 */
export async function saveExportColumns(
  deps: Pick<Deps, 'db' | 'clock'>,
  given: Actor,
  input: { councilId: string; columns: readonly { column: string; field: string }[] },
): Promise<void> {
  const actor = requireStaffOf(given, 'money.work', input.councilId)
  const errors: Record<string, string[]> = {}
  const columns: ExportColumn[] = []
  for (const [index, line] of input.columns.slice(0, MOST_COLUMNS).entries()) {
    const column = line.column.normalize('NFC').replace(/\s+/g, ' ').trim()
    const field = EXPORT_FIELD_CODES.find((code) => code === line.field)
    if (column === '' && line.field === '') continue
    if (!field) errors[`field-${String(index)}`] = ['Choose what stands in this column.']
    if (column === '') errors[`column-${String(index)}`] = ['Enter the name of this column.']
    else if (column.length > 40 || !HEADER.test(column))
      errors[`column-${String(index)}`] = [
        'Begin with a letter or a digit, and use up to 40 letters, digits, spaces and . _ / ( ) -.',
      ]
    else if (columns.some((one) => one.column.toLowerCase() === column.toLowerCase()))
      errors[`column-${String(index)}`] = ['Two columns have this name. Change one of them.']
    else if (field) columns.push({ column, field })
  }
  // Without these two nobody can say afterwards which line was paid.
  if (Object.keys(errors).length === 0 && columns.length > 0)
    for (const [field, says] of [
      ['reference', 'One column has to hold the payment reference, so that results can be matched.'],
      ['gross', 'One column has to hold the amount to pay.'],
    ] as const)
      if (!columns.some((one) => one.field === field)) errors['field-0'] ??= [says]
  if (Object.keys(errors).length > 0) throw invalid(errors)
  const now = deps.clock.now()
  const data = { exportColumns: columns.map((one) => ({ ...one })), updatedAt: toDate(now) }
  await deps.db.tx(async (tx) => {
    await tx.councilMoney.upsert({
      where: { councilId: input.councilId },
      create: { councilId: input.councilId, ...data },
      update: data,
    })
    await recordAudit(tx, now, actor, {
      action: 'run.columns_saved',
      subjectType: 'council',
      subjectId: input.councilId,
      forPersonId: null,
      facts: { columns: columns.length },
    })
  })
}
