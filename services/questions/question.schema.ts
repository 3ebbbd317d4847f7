import { z } from 'zod'
import { neededParagraphs, paragraphs } from '#services/providers/fields.schema.ts'
import { KINDS, READY } from './question.rules.ts'

export const MOST_LETTERS = 2_000

const codes = <Item, Code extends string>(list: readonly Item[], code: (item: Item) => Code) =>
  list.map(code) as [Code, ...Code[]]

export const askSchema = z.object({
  personId: z.uuid({ error: 'Open the page again from the start.' }),
  kind: z.enum(
    codes(KINDS, ({ kind }) => kind),
    { error: 'Choose what you would like.' },
  ),
  ready: z
    .array(
      z.enum(
        codes(READY, ({ code }) => code),
        { error: 'Choose from the list.' },
      ),
    )
    .max(READY.length),
  words: paragraphs(MOST_LETTERS),
  when: paragraphs(200),
})

export const sayingSchema = z.object({
  words: neededParagraphs(MOST_LETTERS, 'Write something first.'),
})
