import { z } from 'zod'
import { choice, line, optionalLine } from '#services/providers/fields.schema.ts'
import {
  TRANSACTION_KINDS,
  type TransactionKind,
  type TransactionMapping,
} from '#services/ports/card-files.ts'

const column = (what: string) => line(60, `Write the heading of the column with ${what}`)
const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const

/** 'PUR = purchase' on a line of its own; the words that a scheme has for kinds. */
const types = z
  .string()
  .default('')
  .transform((text, context) => {
    const found: Record<string, TransactionKind> = {}
    for (const one of text
      .split(/\r?\n/)
      .map((part) => part.trim())
      .filter(Boolean)) {
      const [word = '', kind = ''] = one.split('=').map((part) => part.trim())
      const known = TRANSACTION_KINDS.find((name) => name === kind.toLowerCase())
      if (word === '' || !known) {
        context.addIssue({
          code: 'custom',
          message: `“${one.slice(0, 40)}” cannot be read. Write the scheme’s word, an equals sign and one of: ${TRANSACTION_KINDS.join(', ')}.`,
        })
        return z.NEVER
      }
      found[word] = known
    }
    return found
  })

export const mappingForm = z.object({
  delimiter: choice(['comma', 'semicolon', 'tab', 'bar'], 'Choose what stands between columns').default(
    'comma',
  ),
  reference: column('the reference of each line'),
  card: column('the card'),
  date: column('the date'),
  amount: column('the amount'),
  moneyIn: optionalLine(60),
  type: optionalLine(60),
  merchant: optionalLine(60),
  town: optionalLine(60),
  mcc: optionalLine(60),
  reason: optionalLine(60),
  order: choice(['day/month/year', 'year-month-day'], 'Choose how dates are written').default(
    'day/month/year',
  ),
  spending: choice(['below_zero', 'above_zero', 'two_columns'], 'Choose how spending is written').default(
    'below_zero',
  ),
  types,
})

/** @throws ZodError issues are the caller's; here the form is whole */
export function mappingOf(form: z.output<typeof mappingForm>): TransactionMapping {
  const { moneyIn, type, merchant, town, mcc, reason } = form
  const optional = { moneyIn, type, merchant, town, mcc, reason }
  return {
    delimiter: DELIMITERS[form.delimiter],
    columns: {
      reference: form.reference,
      card: form.card,
      date: form.date,
      amount: form.amount,
      ...(Object.fromEntries(Object.entries(optional).filter(([, name]) => name !== null)) as Partial<
        Record<keyof typeof optional, string>
      >),
    },
    date: form.order,
    spending: form.spending,
    types: form.types,
    trailer: null,
  }
}

/** The form as it was kept for a scheme; what nobody filled in yet is an example that many schemes' files fit. */
export const KEPT_FORM = z
  .record(z.string(), z.string())
  .catch({})
  .transform((kept) => ({
    delimiter: 'comma',
    reference: 'Transaction ID',
    card: 'Card reference',
    date: 'Date',
    amount: 'Amount',
    moneyIn: '',
    type: 'Type',
    merchant: 'Merchant',
    town: '',
    mcc: 'MCC',
    reason: '',
    order: 'day/month/year',
    spending: 'below_zero',
    types: 'PURCHASE = purchase\nREFUND = refund\nLOAD = load\nCASH = cash\nFEE = fee\nDECLINED = decline',
    ...kept,
  }))
