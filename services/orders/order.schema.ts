import { z } from 'zod'
import { line, neededParagraphs } from '#services/providers/fields.schema.ts'

const code = (most: number, missing: string) =>
  line(most, missing).pipe(
    z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ./_-]*$/, 'Use letters, digits and - . / _ only.'),
  )

export const supplierSchema = z.object({
  number: code(40, 'Enter the number that your finance system has for them.'),
})

export const askOrderSchema = z.object({
  personId: z.uuid(),
  providerId: z.uuid(),
  allocationId: z.uuid({ error: 'Choose the fund that should pay.' }),
  categoryCode: line(60, 'Choose the kind of support.'),
  reason: neededParagraphs(1_000, 'Say in a few words what it is for.'),
})

export const placeOrderSchema = z
  .object({
    number: code(40, 'Enter the number of the order.'),
    costCode: code(40, 'Enter the cost code.'),
    caseReference: code(40, 'Enter the case reference.'),
    startsOn: z.iso.date({ error: 'Enter the first day, such as 2 November 2026.' }),
    endsOn: z.iso.date({ error: 'Enter the last day, such as 31 March 2027.' }),
  })
  .refine(({ startsOn, endsOn }) => endsOn >= startsOn, {
    path: ['endsOn'],
    message: 'The last day is before the first. Choose a later one.',
  })

export const refuseOrderSchema = z.object({
  reason: neededParagraphs(1_000, 'Say why not. They read it.'),
})

export const endOrderSchema = z.object({
  lastDay: z.iso.date({ error: 'Enter the last day it is for.' }),
  reason: neededParagraphs(1_000, 'Say why it ends. They read it.'),
})
