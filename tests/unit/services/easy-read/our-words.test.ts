import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NEEDS } from '#services/choosing/needs.ts'
import { QUESTIONS } from '#services/choosing/questions.ts'
import { clone } from '#services/db/clone.server.ts'
import { CATEGORIES } from '#services/discovery/vocabulary.ts'
import { easyHref, hasEasyForm, isEasy } from '#services/easy-read/addresses.ts'
import { inEasyWords } from '#services/easy-read/choosing-pages.server.ts'
import { HOME_LEAD, PROMISES, wishes, YOUR_PAGES } from '#services/easy-read/home.ts'
import { PICTURES, type EasyLine } from '#services/easy-read/lines.ts'
import { CHOOSE_LEAD, EASY_QUESTIONS } from '#services/easy-read/questions.ts'
import { EASY_REASONS } from '#services/easy-read/reasons.ts'
import { RIGHTS } from '#services/easy-read/rights.ts'
import { MOST_WORDS } from '#services/easy-read/say.ts'
import { WITHOUT_LEAD, withoutParts } from '#services/easy-read/without-budget.ts'
import { faultsOf, faultsOfLine } from '#tests/support/easy-read.ts'

const council = { name: 'Aldermere Council', phone: '01632 960100', urgentPhone: '01632 960199' }
const parts = [PROMISES, YOUR_PAGES, ...RIGHTS, ...withoutParts(null), ...withoutParts(council)]

describe('what we wrote', () => {
  test('is short sentences, one idea each', () => {
    const lines: readonly EasyLine[] = [
      ...HOME_LEAD,
      ...WITHOUT_LEAD,
      ...CHOOSE_LEAD,
      ...parts.flatMap((part) => part.lines),
      ...Object.values(EASY_QUESTIONS).flatMap((question) => question.lines),
    ]
    expect(lines.length).toBeGreaterThan(100)
    expect(faultsOf(lines)).toEqual([])
  })
  test('explains a hard word where it is first used', () => {
    for (const word of ['assessment', 'personal budget', 'advocate', 'Ombudsman', 'abuse']) {
      const lines = RIGHTS.flatMap((part) => part.lines)
      expect(lines.find(({ words }) => words.includes(word))?.hard, word).toBe(word)
    }
  })
  test('headings are short, and each part of a page has an id of its own', () => {
    for (const { heading } of parts) expect((heading ?? '').split(' ').length).toBeLessThanOrEqual(8)
    const ids = RIGHTS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('links within Easy Read stay in Easy Read', () => {
    const hrefs = parts.flatMap((part) => part.lines).flatMap(({ link }) => link?.href ?? [])
    for (const href of [...hrefs, ...wishes('AL1').map((wish) => wish.href)])
      expect(easyHref(href), href).toBe(href)
  })
  test('the checker itself sees what is wrong', () => {
    const long = 'This is a sentence that goes on and on for much longer than anybody can hold on to.'
    expect(faultsOfLine({ picture: 'page', words: long })).toHaveLength(1)
    for (const words of ['It costs £18.5.', 'No end', 'One. Two. Three.', 'You; me.', 'It is undefined.'])
      expect(faultsOfLine({ picture: 'page', words }), words).not.toEqual([])
  })
})

describe('help me choose', () => {
  test('every question and every answer that we word has words of its own, and no others', () => {
    expect(Object.keys(EASY_QUESTIONS)).toEqual(QUESTIONS.map(({ step }) => step))
    for (const { step, fields } of QUESTIONS) {
      const offered = fields.flatMap(({ options }) => options.map(({ value }) => value))
      expect(offered, step).toEqual(expect.arrayContaining(Object.keys(EASY_QUESTIONS[step]?.answers ?? {})))
    }
  })
  test('every wish has a picture', () => {
    for (const { value } of NEEDS)
      expect(EASY_QUESTIONS['what']?.answers[value]?.picture, value).toBeDefined()
  })
  test('a question keeps its answers, its number and what was chosen', () => {
    const page = inEasyWords({
      whose: { kind: 'browser' },
      step: 'price',
      asks: 'How much may it cost?',
      why: 'So that we leave out what is too much for you.',
      skip: 'It does not matter',
      number: 3,
      count: 9,
      back: '/choose/who',
      fields: [
        {
          name: 'price',
          kind: 'one',
          label: 'How much may it cost?',
          hint: 'Long words.',
          options: [
            { value: 'free', label: 'Only what is free' },
            { value: 'new', label: 'Something new' },
          ],
          chosen: ['free'],
        },
      ],
      talk: { near: null, people: [] },
    })
    expect(page).toMatchObject({
      asks: 'How much can it cost?',
      back: '/easy/choose/who',
      number: 3,
      count: 9,
    })
    expect(page.fields[0]).toMatchObject({
      label: 'How much can it cost?',
      chosen: ['free'],
      options: [
        { value: 'free', label: 'Nothing. It must be free.', picture: 'free' },
        { value: 'new', label: 'Something new' },
      ],
    })
  })
  test('reasons are short, whatever was answered', () => {
    const codes = (n: number, list: readonly string[]) => list.slice(0, n)
    const access = ['step_free', 'wheelchair_space', 'accessible_toilet', 'changing_place', 'hoist']
    const languages = ['british_sign_language', 'polish', 'urdu', 'punjabi']
    const audiences = ['brain_injury', 'deaf_or_hard_of_hearing', 'older_people']
    const days = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays']
    const several = [1, 2, 3, 4].flatMap((n) => [
      EASY_REASONS.access(codes(n, access)),
      EASY_REASONS.language(codes(n, languages)),
      EASY_REASONS.audience(codes(n, audiences)),
      EASY_REASONS.timeAt('10am', codes(n, days)),
      EASY_REASONS.offeredOn(codes(n, days)),
    ])
    const { inControl, sameFaces, free, lowestPrice, userLed, askHere, ring } = EASY_REASONS
    const all = [
      ...several,
      inControl, sameFaces, free, lowestPrice, userLed, askHere, ring,
      EASY_REASONS.timeAt('2pm', []),
      EASY_REASONS.soon(Date.parse('2026-11-03T10:00:00Z')),
      EASY_REASONS.away({ comesToYou: false, metres: 1_700 }),
      EASY_REASONS.away({ comesToYou: true, metres: 9_000 }),
      EASY_REASONS.worker('woman'),
      EASY_REASONS.fund('Social care budget'),
      EASY_REASONS.withinPrice(1_850, 2_000),
      ...NEEDS.map((need) => EASY_REASONS.need(need, 'help_at_home')),
      ...CATEGORIES.map(([code]) => EASY_REASONS.listedUnder(code)),
      ...['at_home', 'in_community', 'at_venue', 'online', 'live_in'].map((code) => EASY_REASONS.setting(code) ?? ''),
    ] // prettier-ignore
    expect(faultsOf(all.map((words) => ({ picture: 'page' as const, words })))).toEqual([])
    expect(MOST_WORDS).toBeLessThanOrEqual(15)
  })
})

describe('pictures', () => {
  const sprite = readFileSync(join(clone, 'app/components/easy-read/pictures.svg'), 'utf8')
  const drawn = [...sprite.matchAll(/<symbol id="(\w+)"/g)].map(([, id]) => id)
  test('every name is drawn once, and nothing is drawn that has no name', () => {
    expect([...drawn].sort()).toEqual([...PICTURES].sort())
  })
  test('every drawing is used', () => {
    const code = ['services', 'app']
      .flatMap((folder) =>
        readdirSync(join(clone, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.tsx?$/.test(name) && !/easy-read\/lines\.ts$|db\/generated/.test(name))
          .map((name) => readFileSync(join(clone, folder, name), 'utf8')),
      )
      .filter((text) => text.includes('easy-read') || text.includes('easy_read') || text.includes('./say.ts'))
      .join('\n')
    expect(PICTURES.filter((name) => !code.includes(`'${name}'`) && !code.includes(`"${name}"`))).toEqual([])
  })
  test('take their colours from the page and name none', () => {
    expect(sprite).not.toMatch(/#[0-9a-f]{3,8}\b|rgb|style=|<script|<style/i)
    for (const [, fill] of sprite.matchAll(/fill="([^"]*)"/g))
      expect(fill).toMatch(/^(var\(--picture-[abcw]\)|currentColor)$/)
  })
})

describe('addresses', () => {
  const routes = readdirSync(join(clone, 'app/routes')).map((name) => name.replace(/\.tsx?$/, ''))
  const easy = routes.filter((name) => name.startsWith('easy.')).map((name) => name.replace('easy.', ''))
  test('every Easy Read page has its ordinary page, and the way in is on exactly those', () => {
    expect(easy.length).toBeGreaterThanOrEqual(10)
    for (const name of easy) expect(routes, `easy.${name}`).toContain(name)
    const pathOf = (name: string): string =>
      `/${name
        .replace(/\._index$|^_index$/, '')
        .replaceAll('.', '/')
        .replaceAll('$', '')}`
    for (const name of routes.filter((one) => !one.startsWith('easy')))
      expect(hasEasyForm(pathOf(name)), name).toBe(easy.includes(name))
  })
  test.each([
    ['/', '/easy'],
    ['/find?q=a&near=b#results', '/easy/find?q=a&near=b#results'],
    ['/services/a-b', '/easy/services/a-b'],
    ['/services/a-b/week', '/services/a-b/week'],
    ['/choose/what', '/easy/choose/what'],
    ['/help', '/help'],
    ['/easy/find', '/easy/find'],
    ['https://www.gov.uk/', 'https://www.gov.uk/'],
    ['tel:999', 'tel:999'],
  ])('%s becomes %s', (href, wanted) => {
    expect(easyHref(href)).toBe(wanted)
  })
  test('only Easy Read pages are', () => {
    expect(['/easy', '/easy/find'].every(isEasy)).toBe(true)
    expect(['/', '/easygoing', '/services/easy'].some(isEasy)).toBe(false)
  })
})
