import { expect, type APIRequestContext } from '@playwright/test'

/** Who stands for whom in the demo. Journeys have people of their own; see each of them. */
export const PEOPLE = {
  person: 'Joan Ellery',
  /** Somebody else with a budget, for whom Joan's things do not exist. */
  stranger: 'Tariq Iqbal',
  supporter: 'Daniel Ellery',
  owner: 'Magda Zielinska',
  worker: 'Halina Nowak',
  /** Runs another organisation. */
  otherOwner: 'Nadia Farouk',
  adviser: 'Leon Marsh',
  finance: 'Gillian Stott',
  commissioner: 'Marcus Adeyinka',
  safeguarding: 'Niamh Doherty',
  councilAdmin: 'Trevor Blount',
  operator: 'Olu Bankole',
  otherCouncil: 'Sian Beckett',
} as const

export type Who = keyof typeof PEOPLE

const ids = new Map<string, string>()

async function userId(request: APIRequestContext, name: string): Promise<string> {
  if (ids.size === 0) {
    const list = await (await request.get('/demo')).text()
    // Each form has the id in a hidden field and the name on its button.
    for (const [, form = ''] of list.matchAll(/<form[^>]*>(.*?)<\/form>/gs)) {
      const id = /name="userId" value="([^"]+)"/.exec(form)?.[1]
      const who = /Sign in as ([^<]+)</.exec(form)?.[1]
      if (id && who) ids.set(who, id)
    }
  }
  const id = ids.get(name)
  if (!id) throw new Error(`${name} is not on the demo's list`)
  return id
}

/**
 * Signs in over HTTP; a page of the same context is signed in too.
 * @returns where the site leads them
 */
export async function enter(request: APIRequestContext, name: string): Promise<string> {
  const answer = await request.post('/demo', {
    form: { userId: await userId(request, name) },
    maxRedirects: 0,
  })
  expect(answer.status(), `signing in as ${name}`).toBe(302)
  return answer.headers()['location'] ?? '/'
}

/** Begins to act for somebody, by the first form of that kind on the page of one's circle. */
export async function actFor(request: APIRequestContext, person: string): Promise<void> {
  const page = await (await request.get('/my/circle')).text()
  const form = [...page.matchAll(/<form[^>]*action="\/circle\/act"[^>]*>(.*?)<\/form>/gs)]
    .map(([, inside = '']) => inside)
    .find((inside) => inside.includes(person))
  const fields = Object.fromEntries(
    [...(form ?? '').matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  const answer = await request.post('/circle/act', { form: fields, maxRedirects: 0 })
  expect(answer.status(), `acting for ${person}`).toBe(302)
}
