import fc from 'fast-check'
import { optionsOf, readAnswers, type Known } from '#services/choosing/answers.rules.ts'
import { FIELDS, QUESTIONS, type Answers } from '#services/choosing/questions.ts'

const fields = QUESTIONS.flatMap((question) => question.fields)

export const FUND = { id: '0193b3f0-0000-7000-8000-0000000000aa', name: 'Adult social care' }
export const WITH_FUND: Known = { funds: [FUND] }

/** Anything that could have been answered: each field not asked, left out, or some of its codes. */
export const anyAnswers: fc.Arbitrary<Answers> = fc
  .tuple(
    ...FIELDS.map((name) => {
      const field = fields.find((one) => one.name === name)
      if (!field) throw new Error(`no question asks for ${name}`)
      const codes =
        field.kind === 'place'
          ? ['Millgate', 'OL1']
          : field.kind === 'fund'
            ? [FUND.id]
            : optionsOf(
                { ...field, options: field.options.map(({ offered: _, ...one }) => one) },
                {},
                WITH_FUND,
              ).map(({ value }) => value)
      return fc.option(fc.subarray(codes, { maxLength: field.kind === 'several' ? codes.length : 1 }), {
        nil: undefined,
      })
    }),
  )
  .map((values) =>
    readAnswers(
      Object.fromEntries(
        FIELDS.flatMap((name, at) => (values[at] === undefined ? [] : [[name, values[at]]])),
      ),
    ),
  )
