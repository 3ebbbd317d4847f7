import { z } from 'zod'

const column = z.coerce.number().int().min(0).max(200)
const maybe = z.preprocess((value) => (value === '' || value === undefined ? null : value), column.nullable())

/** Which column is what, as a person chose it on the page; numbered from 1, 0 or nothing for none. */
export const columnsSchema = z
  .object({
    heading: z.enum(['yes', 'no']).transform((value) => value === 'yes'),
    date: column.catch(0),
    description: z.array(column).max(20),
    amount: maybe,
    moneyIn: maybe,
    moneyOut: maybe,
    plusIsOut: z.enum(['yes', 'no']).transform((value) => value === 'yes'),
  })
  .transform((chosen) => ({
    ...chosen,
    amount: chosen.amount === 0 ? null : chosen.amount,
    moneyIn: chosen.moneyIn === 0 ? null : chosen.moneyIn,
    moneyOut: chosen.moneyOut === 0 ? null : chosen.moneyOut,
  }))

export const pressSchema = z.discriminatedUnion(
  'press',
  [
    z.object({ press: z.literal('accept'), lineId: z.uuid() }),
    z.object({ press: z.literal('leave_out'), lineId: z.uuid() }),
    z.object({
      press: z.literal('choose'),
      lineId: z.uuid(),
      /** 'payment:<id>' */
      subject: z
        .string()
        .regex(/^(payment|instalment|contribution):[0-9a-f-]{36}$/, 'Choose what it was')
        .transform((text) => {
          const [type = '', id = ''] = text.split(':')
          return { type: type as 'payment' | 'instalment' | 'contribution', id }
        }),
    }),
  ],
  { error: 'Say what the line was' },
)
