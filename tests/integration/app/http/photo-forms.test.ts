import { afterAll, beforeAll, expect, test } from 'vitest'
import { MOST_BYTES } from '#services/photos/photo.rules.ts'
import { photoForms } from '~/http/photo-forms.server.ts'
import { makeSession } from '#tests/factories/circle.ts'
import { makeProvider, makeService } from '#tests/factories/world.ts'
import { jpeg } from '#tests/support/pictures.ts'
import { openSite, type TestSite } from '#tests/support/site.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
let site: TestSite
let path = ''
let cookie = ''
let serviceId = ''
beforeAll(async () => {
  const { deps } = house()
  site = await openSite(house(), {
    'provider/services/:serviceId/photos': (context) => {
      const id = context.params['serviceId'] ?? ''
      return context.request.method === 'POST'
        ? photoForms(context, { kind: 'service', id }, `/provider/services/${id}/photos`)
        : null
    },
  })
  const { providerId, owner } = await makeProvider(deps)
  ;({ serviceId } = await makeService(deps, providerId))
  ;({ cookie } = await makeSession(deps, owner.userId))
  path = `${site.url}/provider/services/${serviceId}/photos`
})
afterAll(() => site.close())

async function send(
  fields: Record<string, string>,
  photo: Uint8Array | null,
  signedIn = true,
): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  if (photo) form.set('photo', new File([Uint8Array.from(photo)], '../../IMG_1.jpg', { type: 'image/jpeg' }))
  return fetch(path, {
    method: 'POST',
    redirect: 'manual',
    body: form,
    headers: { Origin: site.url, ...(signedIn ? { Cookie: cookie } : {}) },
  })
}
const ADD = { intent: 'add', alt: 'A garden', consent: 'yes' }
const count = () => house().deps.db.prisma.photo.count({ where: { serviceId } })

test('10 MB come through; one byte more is refused beside the field; and far more is not read', async () => {
  const picture = await jpeg()
  const filled = (size: number) => Buffer.concat([picture, Buffer.alloc(size - picture.length)])
  expect((await send(ADD, filled(MOST_BYTES))).status).toBe(302)
  expect(await count()).toBe(1)
  const over = await send(ADD, filled(MOST_BYTES + 1))
  expect([over.status, await over.text()]).toEqual([400, expect.stringContaining('larger than 10 MB')])
  expect((await send(ADD, new Uint8Array(11_500_000))).status).toBe(413)
  expect(await count()).toBe(1)
})
test('a form without a file, or with words where the file should be, is answered in words', async () => {
  for (const [fields, photo] of [
    [ADD, null],
    [{ ...ADD, photo: 'words' }, null],
    [ADD, new Uint8Array()],
  ] as const) {
    const answer = await send(fields, photo)
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('hoose')])
  }
})
test('a press that is none of ours changes nothing', async () => {
  for (const intent of ['', 'drop', '__proto__', 'constructor'])
    expect((await send({ ...ADD, intent }, await jpeg())).status).toBe(400)
  expect((await send({ intent: 'remove', photoId: 'x' }, null)).status).toBe(409)
  expect(await count()).toBe(1)
})
test('somebody who is not signed in is sent to sign in, and nothing is kept', async () => {
  const answer = await send(ADD, await jpeg(), false)
  expect(answer.headers.get('Location')).toMatch(/^\/sign-in\?next=/)
  expect(await count()).toBe(1)
})
