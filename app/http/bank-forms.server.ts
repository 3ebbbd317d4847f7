import { data } from '@remix-run/node'
import { columnsSchema } from '#services/bank/bank.schema.ts'
import type { BankFile, ColumnsToChoose } from '#services/bank/import-bank-file.server.ts'
import { DomainError, isDomainError } from '#services/kernel/errors.ts'
import { fileOf, text, texts, valuesOf } from './answer.server.ts'
import type { Answer } from './typed.ts'

export interface ColumnsAnswer extends Answer {
  /** The file does not say which column is what. */
  choose: ColumnsToChoose & { fileName: string }
}

/**
 * The file that a form carries, or the text that the page kept of it while the columns were chosen.
 * @throws INVALID beside `file` when there is neither; ZodError when the columns are none
 */
export async function bankFileOf(
  form: FormData,
): Promise<Pick<BankFile, 'fileName' | 'content'> & { mapping: NonNullable<BankFile['mapping']> | null }> {
  const file = await fileOf(form, 'file')
  const kept = text(form, 'text')
  const content = file?.bytes ?? kept
  if (content.length === 0) {
    const sentence = 'Choose the file that you have from your bank'
    throw new DomainError('INVALID', sentence, { fields: { file: [sentence] } })
  }
  return {
    content,
    fileName: file?.name ?? text(form, 'fileName'),
    mapping: form.has('heading')
      ? columnsSchema.parse({
          heading: text(form, 'heading'),
          date: text(form, 'date'),
          description: texts(form, 'description').filter((one) => one !== ''),
          amount: text(form, 'amount'),
          moneyIn: text(form, 'moneyIn'),
          moneyOut: text(form, 'moneyOut'),
          plusIsOut: text(form, 'plusIsOut') || 'no',
        })
      : null,
  }
}

const isToChoose = (facts: unknown): facts is ColumnsToChoose & Record<string, unknown> =>
  typeof facts === 'object' && facts !== null && 'columns' in facts

/** When the columns must be chosen, the same page comes back with them and keeps the file; other refusals go on. */
export async function orAskForColumns<T>(
  form: FormData,
  fileName: string,
  work: () => Promise<T>,
): Promise<T | ReturnType<typeof data<ColumnsAnswer>>> {
  try {
    return await work()
  } catch (error) {
    if (!isDomainError(error) || !isToChoose(error.details.facts)) throw error
    const { columns, text: kept } = error.details.facts
    const { text: _kept, ...values } = valuesOf(form)
    return data(
      { errors: error.details.fields ?? {}, values, choose: { columns, text: kept, fileName } },
      { status: 400 },
    )
  }
}
