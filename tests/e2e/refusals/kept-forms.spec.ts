import { expect, test, type APIRequestContext } from '@playwright/test'
import { dayAhead } from '../support/dates.ts'
import { formsOf, sentBy, withTyped, wordsOf, type Fields } from '../support/forms.ts'
import { actFor, enter, PEOPLE } from '../support/people.ts'

const KEPT = 'We kept what you typed. Check it and send it.'
const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const BOOK = '/book/a-hand-with-the-house-weavers-care'
const day = dayAhead(83, [2])
const WHEN = {
  'date.day': String(day.day),
  'date.month': String(day.month),
  'date.year': String(day.year),
  time: '10:15',
  repeat: 'once',
}

const WHEN_ASKED = {
  'date.day': String(day.day),
  'date.month': String(day.month),
  'date.year': String(day.year),
  setting: 'any',
  minutes: '75',
}

const post = (request: APIRequestContext, path: string, fields: Fields) =>
  request.post(path, {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    data: new URLSearchParams(fields).toString(),
    maxRedirects: 0,
  })

/** The first page that `list` leads to and that has a form with this field. */
async function pageWith(
  request: APIRequestContext,
  list: string,
  link: string,
  field: string,
): Promise<string> {
  // What there is of a week depends on the day of the week: those before are looked at, too.
  const weeks = Array.from({ length: 6 }, (_, n) => day.subtract({ weeks: n + 13 }).toString())
  for (const one of [list, ...(list === '/my/week' ? weeks.map((week) => `${list}?week=${week}`) : [])]) {
    const html = await (await request.get(one)).text()
    const links = new Set(
      [...html.matchAll(new RegExp(`href="(${link})(?:[?#][^"]*)?"`, 'g'))].map(([, to = '']) => to),
    )
    for (const path of [...links].slice(0, 12)) {
      const page = await (await request.get(path)).text()
      if (formsOf(page, path).some(({ fields }) => fields.some(({ name }) => name === field))) return path
    }
  }
  throw new Error(`${list} leads to no page with a field ${field}`)
}

/** The session ends behind the browser's back, as after its time: the browser still has the cookie. */
async function endSession(request: APIRequestContext, another: APIRequestContext): Promise<void> {
  const { cookies } = await request.storageState()
  const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  await another.post('/sign-out', { headers: { Cookie: header }, maxRedirects: 0 })
}

/** The values that the page's form with `field` shows now. */
function shown(html: string, path: string, field: string): Fields {
  const form = formsOf(html, path).find(({ fields }) => fields.some(({ name }) => name === field))
  return form ? sentBy(form) : []
}

interface Journey {
  name: string
  /** Of several, the first who has such a page: what somebody has depends on the hour at which the demo was made. */
  who: string | readonly string[]
  path: (request: APIRequestContext) => Promise<string>
  typed: Readonly<Record<string, string>>
  /** What the next page must be when it is sent again as it stands; left out where that would change the demo. */
  leadsTo?: RegExp
}

/** Something to type into each question of a listing. */
const STEPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  what: { title: 'Help with letters & forms', summary: 'Reading “official” post together' },
  price: { base: '27.35', travel: '1.15' },
  times: { noticeHours: '30' },
  terms: { contingency: 'We ring by 8 and send somebody they know' },
}

const JOURNEYS: readonly Journey[] = [
  {
    name: 'days and times of a booking',
    who: PEOPLE.person,
    path: () => Promise.resolve(BOOK),
    typed: { ...WHEN, note: 'The bell is “broken”; knock & wait <please>' },
    leadsTo: /^\/bookings\/.*\/funds$/,
  },
  {
    name: 'which dates of a series to ask for',
    who: PEOPLE.person,
    path: draftOfThree,
    typed: { intent: 'dates', keep: day.add({ days: 7 }).toString() },
    leadsTo: /^\/bookings\/.*\/funds$/,
  },
  {
    name: 'what is asked for because it was not there',
    who: PEOPLE.person,
    path: () => Promise.resolve('/my/requests/new'),
    typed: { ...WHEN_ASKED, matters: 'Somebody “patient” & calm <please>' },
  },
  {
    name: 'what was different about a visit',
    who: PEOPLE.person,
    path: (request) => pageWith(request, '/my/week', `/my/visits/${ID}`, 'reason'),
    typed: { intent: 'different', reason: 'She left after half an hour' },
  },
  {
    name: 'how it went',
    // Who has had visits, and has not said lately how they went.
    who: ['Kenneth Mellor', 'Ravi Solanki', 'Abdul Karim', 'Michelle Thewlis', 'Parminder Bains'],
    path: (request) => pageWith(request, '/my/week', `/my/visits/${ID}`, 'comment'),
    typed: { intent: 'review', comment: 'She listens & laughs' },
  },
  {
    name: 'an organisation that signs up',
    who: PEOPLE.stranger,
    path: () => Promise.resolve('/provide'),
    typed: { name: 'Millgate Menders' },
  },
  {
    name: 'a new listing',
    who: PEOPLE.owner,
    path: () => Promise.resolve('/provider/services/new'),
    typed: { title: 'Company on Sundays' },
  },
  ...Object.entries(STEPS).map(([step, typed]): Journey => ({
    name: `the answers to “${step}” of a listing`,
    who: PEOPLE.owner,
    path: async (request) => `${await firstService(request)}/${step}`,
    typed,
  })),
  {
    name: 'somebody to be added as a supporter',
    who: PEOPLE.person,
    path: () => Promise.resolve('/my/circle/add'),
    typed: { name: 'Una Marsh', relationship: 'neighbour' },
  },
]

async function firstService(request: APIRequestContext): Promise<string> {
  const html = await (await request.get('/provider/services')).text()
  return new RegExp(`href="(/provider/services/${ID})"`).exec(html)?.[1] ?? ''
}

/** A draft of three weekly visits, at the page that says who pays. */
async function draftOfThree(request: APIRequestContext): Promise<string> {
  const html = await (await request.get(BOOK)).text()
  const fields = withTyped(shown(html, BOOK, 'weeks'), { ...WHEN, repeat: 'weekly', weeks: '3' })
  return (await post(request, BOOK, fields)).headers()['location'] ?? ''
}

/** Signs in as the first of them to whom `find` has something to show. */
async function enterWhoHas(
  request: APIRequestContext,
  people: readonly string[],
  find: Journey['path'],
): Promise<{ who: string; path: string }> {
  const missing: string[] = []
  for (const who of people) {
    await enter(request, who)
    try {
      return { who, path: await find(request) }
    } catch (error) {
      missing.push(`${who}: ${String(error)}`)
    }
  }
  throw new Error(missing.join('; '))
}

for (const { name, who: people, path: find, typed, leadsTo } of JOURNEYS)
  test(`a form that came after the session had ended is back on its own page: ${name}`, async ({
    request,
    playwright,
    baseURL,
  }) => {
    const another = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
    const { who, path } = await enterWhoHas(request, [people].flat(), find)
    const field = Object.keys(typed).at(-1) ?? ''
    const empty = shown(await (await request.get(path)).text(), path, field)
    expect(
      empty.map(([key]) => key),
      'the form on the page',
    ).toEqual(expect.arrayContaining([field]))
    const filled = withTyped(empty, typed)
    await endSession(request, another)
    const refused = await post(request, path, filled)
    expect(refused.headers()['location']).toBe(`/sign-in?next=${encodeURIComponent(path)}`)
    expect(await (await request.get('/sign-in')).text()).toContain('You were signed out while you typed')

    await enter(request, who)
    const onward = await request.get('/sign-in/carry-on', { maxRedirects: 0 })
    expect(onward.headers()['location']).toBe(path)
    const html = await (await request.get(path)).text()
    expect(html).toMatch(new RegExp(`role="status"[^>]*><p>${KEPT}`))
    expect(html).not.toContain('to put right')
    const back = formsOf(html, path)
      .map(sentBy)
      .filter((fields) => fields.some(([key, value]) => key === field && value === typed[field]))
    expect(back.length, 'a form that shows what was typed').toBeGreaterThan(0)
    for (const [key, value] of Object.entries(typed))
      if (key !== 'intent') expect(back[0]).toContainEqual([key, value])

    // Nobody else who signs in at this browser sees it.
    await enter(another, PEOPLE.otherOwner)
    expect(await (await another.get(path)).text()).not.toContain(KEPT)
    if (leadsTo) {
      const answer = await post(request, path, back[0] ?? [])
      expect([answer.status(), answer.headers()['location']]).toEqual([302, expect.stringMatching(leadsTo)])
      // It was sent: it waits no longer.
      expect(await (await request.get(path)).text()).not.toContain(KEPT)
    }
    await another.dispose()
  })

test('what was typed for somebody else is never filled in for oneself; acting for them again brings it back', async ({
  request,
  playwright,
  baseURL,
}) => {
  const another = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
  await enter(request, PEOPLE.supporter)
  await actFor(request, 'Joan')
  const form = shown(await (await request.get(BOOK)).text(), BOOK, 'note')
  // Without a date: what is to be put right is found before anybody asks who is there.
  const fields = withTyped(form, { note: 'Joan likes a cup of tea first' })
  await endSession(request, another)
  expect((await post(request, BOOK, fields)).headers()['location']).toContain('/sign-in?next=')
  await enter(request, PEOPLE.supporter)
  const carryOn = await (await request.get('/sign-in/carry-on')).text()
  expect(wordsOf(carryOn)).toContain('You filled it in for Joan')
  expect(await (await request.get(BOOK)).text()).not.toContain('cup of tea')
  const forJoan = formsOf(carryOn, '').find(({ fields }) => fields.some(({ name }) => name === 'next'))
  const answer = await post(request, '/circle/act', forJoan ? sentBy(forJoan) : [])
  expect(answer.headers()['location']).toBe(BOOK)
  const page = await (await request.get(BOOK)).text()
  expect(page).toContain('cup of tea')
  expect(page).toContain(KEPT)
  await another.dispose()
})

test('a form for somebody whom one no longer acts for is refused, and nothing is changed', async ({
  request,
}) => {
  await enter(request, PEOPLE.supporter)
  await actFor(request, 'Joan')
  const form = shown(await (await request.get(BOOK)).text(), BOOK, 'note')
  await request.post('/circle/act', { form: { intent: 'stop' }, maxRedirects: 0 })
  // The supporter has no budget of their own: there is nobody to book for.
  expect((await post(request, BOOK, withTyped(form, WHEN))).status()).toBe(404)
  await enter(request, PEOPLE.stranger)
  const answer = await post(request, BOOK, withTyped(form, WHEN))
  expect(answer.status()).toBe(409)
  expect(wordsOf(await answer.text())).toContain('You have switched to somebody else. Nothing was changed.')
})

test('a press without words is offered again, and not filled in anywhere', async ({
  request,
  playwright,
  baseURL,
}) => {
  const another = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
  await enter(request, PEOPLE.person)
  await endSession(request, another)
  await post(request, '/my/account', [['intent', 'end_others']])
  await enter(request, PEOPLE.person)
  const page = await (await request.get('/sign-in/carry-on')).text()
  expect(formsOf(page, '').some(({ action, fields }) => action === '/my/account' && fields.length > 0)).toBe(
    true,
  )
  await another.dispose()
})

test('a concern needs no session: what was typed comes back with what is to be put right', async ({
  request,
  playwright,
  baseURL,
}) => {
  const another = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}) })
  await enter(request, PEOPLE.person)
  const html = await (await request.get('/concern')).text()
  const form = formsOf(html, '/concern').find(({ fields }) => fields.some(({ type }) => type === 'textarea'))
  const box = form?.fields.find(({ type }) => type === 'textarea')?.name ?? ''
  await endSession(request, another)
  const answer = await post(request, '/concern', [[box, 'I am worried about a neighbour']])
  expect(answer.status()).toBe(400)
  expect(shown(await answer.text(), '/concern', box)).toContainEqual([box, 'I am worried about a neighbour'])
  await another.dispose()
})
