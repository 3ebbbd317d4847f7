import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  firstOpen,
  isAnswered,
  NO_FUNDS,
  optionsOf,
  pathOf,
  readAnswers,
  readForm,
  skipped,
  thatCount,
} from '#services/choosing/answers.rules.ts'
import { categoriesOf, HOMES, NEEDS } from '#services/choosing/needs.ts'
import { FIELDS, MOST_QUESTIONS, QUESTIONS, type Answers } from '#services/choosing/questions.ts'
import { searchFor, seeAllHref } from '#services/choosing/to-find.rules.ts'
import { findHref, parseFind } from '#services/discovery/find.schema.ts'
import { CATEGORIES, codesOf } from '#services/discovery/vocabulary.ts'
import { anyAnswers, FUND, WITH_FUND } from '#tests/factories/choices.ts'
import { anyText } from '#tests/factories/text.ts'

const anyKnown = fc.constantFrom(NO_FUNDS, WITH_FUND)
const steps = (answers: Answers, known = NO_FUNDS) => pathOf(answers, known).map(({ step }) => step)

describe('the path', () => {
  test('ends within twelve questions, whatever is answered to each', () => {
    fc.assert(
      fc.property(fc.infiniteStream(anyAnswers), anyKnown, (stream, known) => {
        let answers: Answers = {}
        let asked = 0
        for (;;) {
          const question = firstOpen(answers, known)
          if (!question) break
          asked += 1
          if (asked > MOST_QUESTIONS) return false
          const other = stream.next().value as Answers
          answers = {
            ...answers,
            ...skipped(question),
            ...Object.fromEntries(
              question.fields.flatMap(({ name }) => (other[name] ? [[name, other[name]]] : [])),
            ),
          }
        }
        expect(pathOf(answers, known).length).toBeLessThanOrEqual(MOST_QUESTIONS)
        return pathOf(answers, known).every((question) => isAnswered(question, answers))
      }),
      { numRuns: 300 },
    )
  })

  test('is never longer than twelve, whatever was kept', () => {
    fc.assert(
      fc.property(anyAnswers, anyKnown, (answers, known) => {
        expect(pathOf(answers, known).length).toBeLessThanOrEqual(MOST_QUESTIONS)
      }),
    )
  })

  test('asks what an earlier answer calls for, and nothing else', () => {
    expect(steps({})).not.toContain('home')
    expect(steps({ what: ['home'] })).toEqual([
      'what',
      'home',
      'for',
      'where',
      'access',
      'language',
      'matters',
    ])
    expect(steps({ what: ['house'] })).not.toContain('who')
    expect(steps({ what: ['wash'] })).toContain('who')
    expect(steps({ what: ['home'], home: ['live_in'] })).toContain('who')
    expect(steps({ what: ['house'], home: ['live_in'] })).not.toContain('who')
    expect(steps({ what: ['house'] }, WITH_FUND)).toContain('fund')
    expect(steps({ what: ['house'], price: ['free'] }, WITH_FUND)).not.toContain('fund')
    expect(steps({ what: ['house'] })).not.toContain('fund')
  })

  test('the longest there is has exactly twelve', () => {
    expect(steps({ what: ['home', 'wash'] }, WITH_FUND)).toHaveLength(MOST_QUESTIONS)
  })

  test('asks for nothing twice, and for every field once', () => {
    const names = QUESTIONS.flatMap(({ fields }) => fields.map(({ name }) => name))
    expect([...names].sort()).toEqual([...FIELDS].sort())
    expect(new Set(QUESTIONS.map(({ step }) => step)).size).toBe(QUESTIONS.length)
  })

  test('each question says why in one sentence, and can be left out', () => {
    for (const { why, skip } of QUESTIONS) {
      expect(why).toMatch(/[^.]\.$/)
      expect(skip).not.toBe('')
    }
  })
})

describe('the wishes', () => {
  test('lead to every kind of support that there is', () => {
    const all = categoriesOf(
      NEEDS.map(({ value }) => value),
      [],
    )
    expect([...all].sort()).toEqual([...codesOf(CATEGORIES)].sort())
  })

  test('which kind of home narrows somewhere to live and nothing else', () => {
    expect(categoriesOf(['home'], ['care_home'])).toEqual(['care_home'])
    expect(categoriesOf(['home', 'night'], ['care_home'])).toEqual(['nights', 'live_in', 'care_home'])
    expect(categoriesOf(['house'], ['care_home'])).toEqual(['help_at_home', 'personal_assistant'])
    for (const { value } of HOMES)
      expect(NEEDS.find((need) => need.value === 'home')?.categories).toContain(value)
  })
})

describe('the search that answers mean', () => {
  test('is an address that /find reads without a complaint, and reads back as it is', () => {
    fc.assert(
      fc.property(anyAnswers, anyKnown, (kept, known) => {
        const href = seeAllHref(thatCount(kept, known))
        const { typed, errors } = parseFind(new URL(href, 'http://kith.test').searchParams)
        expect(errors).toEqual({})
        expect(findHref(typed)).toBe(href)
      }),
      { numRuns: 500 },
    )
  })

  test('holds each answer', () => {
    const href = seeAllHref({
      what: ['house'],
      for: ['dementia'],
      setting: ['at_home'],
      near: ['Millgate'],
      day: ['tuesday'],
      time: ['morning'],
      access: ['step_free'],
      language: ['urdu'],
      price: ['25'],
      matters: ['near'],
    })
    expect(href).toBe(
      '/find?near=Millgate&category=help_at_home&category=personal_assistant&setting=at_home&for=dementia&day=tuesday&max=25&language=urdu&access=step_free&from=10&until=11&sort=near',
    )
  })

  test('leaves out what an earlier answer made pointless, and takes it up again', () => {
    const kept: Answers = { what: ['house'], worker: ['woman'], home: ['care_home'], fund: [FUND.id] }
    expect(searchFor(thatCount(kept, NO_FUNDS))).toMatchObject({ worker: [], fund: '' })
    expect(searchFor(thatCount({ ...kept, what: ['wash'] }, WITH_FUND))).toMatchObject({
      worker: ['woman'],
      fund: FUND.id,
    })
    expect(thatCount({ matters: ['near'], near: [] }, NO_FUNDS).matters).toEqual([])
  })
})

describe('what was kept', () => {
  test('can be anything, and only answers come out of it', () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        const answers = readAnswers(kept)
        expect(readAnswers(answers)).toEqual(answers)
        expect(JSON.stringify(answers).length).toBeLessThan(3_000)
      }),
    )
    expect(readAnswers(null)).toEqual({})
    expect(readAnswers(['what'])).toEqual({})
    expect(
      readAnswers({ what: ['house', 'nothing', 7], day: 'monday', near: ['<b>', 'x'.repeat(81)] }),
    ).toEqual({
      what: ['house'],
    })
    expect(readAnswers({ __proto__: { what: ['house'] } })).toEqual({})
  })

  test('an answer of which nothing is left is asked again; one that was left out is not', () => {
    expect(readAnswers({ what: ['gone'], for: [] })).toEqual({ for: [] })
  })
})

describe('what a form sends', () => {
  const read = (step: string, sent: Record<string, string[]>, answers: Answers = {}) => {
    const question = QUESTIONS.find((one) => one.step === step)
    if (!question) throw new Error(step)
    return readForm(question, (name) => sent[name] ?? [], answers, NO_FUNDS)
  }

  test('is read in the order of the list, each once', () => {
    expect(read('what', { what: ['out', 'house', 'out'] })).toEqual({
      given: { what: ['house', 'out'] },
      errors: {},
    })
    expect(read('when', { day: ['sunday'] })).toEqual({ given: { day: ['sunday'], time: [] }, errors: {} })
  })

  test('nothing, what is not on the list, and two where one is asked are told beside their field', () => {
    expect(read('what', {}).errors).toEqual({ what: ['Choose an answer, or press “I am not sure”'] })
    expect(Object.keys(read('what', { what: ['house', 'kith-none'] }).errors)).toEqual(['what'])
    expect(Object.keys(read('matters', { matters: ['soon', 'cheap'] }).errors)).toEqual(['matters'])
    expect(Object.keys(read('matters', { matters: ['near'] }).errors)).toEqual(['matters'])
    expect(read('matters', { matters: ['near'] }, { near: ['OL1'] }).errors).toEqual({})
  })

  test('never throws and never gives what is not offered', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...QUESTIONS),
        fc.array(anyText(20), { maxLength: 5 }),
        (question, values) => {
          const { given } = readForm(question, () => values, {}, NO_FUNDS)
          for (const field of question.fields)
            for (const value of given[field.name] ?? [])
              expect(optionsOf(field, {}, NO_FUNDS).map((option) => option.value)).toContain(value)
        },
      ),
    )
  })
})
