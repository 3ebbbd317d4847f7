import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { localFiles } from '#services/adapters/files/local.server.ts'
import { servicePage } from '#services/catalogue/service-page.server.ts'
import { ANONYMOUS, type UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { addPhoto } from '#services/photos/add-photo.server.ts'
import { changeWords, movePhoto, removePhoto } from '#services/photos/change-photo.server.ts'
import { clearPhotoFiles } from '#services/photos/clear-photo-files.server.ts'
import type { PhotoOwner } from '#services/photos/photo-owner.server.ts'
import { providerPhotoPage, servicePhotosPage } from '#services/photos/photos-page.server.ts'
import { readPhoto } from '#services/photos/read-photo.server.ts'
import { providerPage } from '#services/providers/provider-page.server.ts'
import { makeProvider, makeService, makeUser, userActor } from '#tests/factories/world.ts'
import { jpeg, svgWithScript, withPlace } from '#tests/support/pictures.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-photos-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(() => {
  house().deps.files = localFiles(join(folder, 'files'))
})
const stored = async (): Promise<string[]> =>
  (await readdir(join(folder, 'files', 'photos')).catch(() => [])).sort()
const filesOf = async (photoId: string): Promise<string[]> =>
  (await stored()).filter((name) => name.startsWith(photoId))

const member = (userId: string, providerId: string, role: 'owner' | 'coordinator' | 'worker'): UserActor =>
  userActor(userId, { providers: [{ providerId, memberId: newId(), role }] })

async function world() {
  const { deps } = house()
  const provider = await makeProvider(deps)
  const { serviceId } = await makeService(deps, provider.providerId)
  const { slug } = await deps.db.prisma.service.findUniqueOrThrow({ where: { id: serviceId } })
  const by = async (role: 'owner' | 'coordinator' | 'worker') =>
    member(await makeUser(deps), provider.providerId, role)
  const other = await makeProvider(deps)
  return {
    deps,
    providerId: provider.providerId,
    serviceId,
    slug,
    service: { kind: 'service', id: serviceId } as const,
    provider: { kind: 'provider', id: provider.providerId } as const,
    owner: await by('owner'),
    coordinator: await by('coordinator'),
    worker: await by('worker'),
    stranger: member(await makeUser(deps), other.providerId, 'owner'),
    nobodys: userActor(await makeUser(deps)),
  }
}
const sent = async (alt = 'A garden with raised beds', bytes?: Buffer) => ({
  photo: { bytes: bytes ?? (await jpeg(900, 600)) },
  alt,
  consent: 'yes',
})
const add = async (owner: PhotoOwner, actor: UserActor, alt?: string, bytes?: Buffer) =>
  addPhoto(house().deps, actor, owner, await sent(alt, bytes))
const inOrder = async (owner: UserActor, serviceId: string) =>
  (await servicePhotosPage(house().deps, owner, serviceId)).photos
const setState = (serviceId: string, state: string) =>
  house().asOwner('update service set state = $2::service_state where id = $1', [serviceId, state])

describe('adding', () => {
  test('a photograph has words, a size, its files, and a line in the record of who added it', async () => {
    const { owner, service, serviceId, slug, deps } = await world()
    expect(await add(service, owner)).toBe('added')
    const [photo] = await inOrder(owner, serviceId)
    expect(photo).toMatchObject({ alt: 'A garden with raised beds', width: 900, height: 600 })
    expect(photo?.sizes).toEqual([
      { href: `/photos/${photo?.id ?? ''}/400`, width: 400 },
      { href: `/photos/${photo?.id ?? ''}/800`, width: 800 },
      { href: `/photos/${photo?.id ?? ''}/900`, width: 900 },
    ])
    expect((await servicePage(deps, ANONYMOUS, slug, false)).photos).toEqual([photo])
    expect(await filesOf(photo?.id ?? '')).toHaveLength(photo?.sizes.length ?? 0)
    const audit = await house().asOwner<{ facts: unknown; actor_user_id: string }>(
      `select facts, actor_user_id from audit_event where action = 'photo.added' and subject_id = $1`,
      [serviceId],
    )
    expect(audit).toHaveLength(1)
    expect(audit[0]).toMatchObject({
      actor_user_id: owner.userId,
      facts: { photoId: photo?.id, consent: true },
    })
  })
  test('everything that is to be put right is said at once, and nothing is kept', async () => {
    const { owner, service, deps, serviceId } = await world()
    const before = await stored()
    await expect(
      addPhoto(deps, owner, service, { photo: { bytes: svgWithScript }, alt: 'IMG_1.jpg', consent: '' }),
    ).rejects.toMatchObject({
      code: 'INVALID',
      details: {
        fields: {
          photo: [expect.stringContaining('not a photograph we can read')],
          alt: [expect.stringContaining('name of a file')],
          consent: [expect.stringContaining('said yes')],
        },
      },
    })
    await expect(
      addPhoto(deps, owner, service, { photo: null, alt: 'A garden', consent: 'yes' }),
    ).rejects.toMatchObject({ details: { fields: { photo: ['Choose a photograph.'] } } })
    expect(await inOrder(owner, serviceId)).toEqual([])
    expect(await stored()).toEqual(before)
  })
  test('where it was taken is in none of the stored files', async () => {
    const { owner, service, serviceId, deps } = await world()
    await add(service, owner, 'A kitchen', await withPlace())
    const [photo] = await inOrder(owner, serviceId)
    expect(photo?.sizes.length).toBeGreaterThan(0)
    for (const { width } of photo?.sizes ?? []) {
      const { bytes } = await readPhoto(deps, ANONYMOUS, photo?.id ?? '', String(width))
      for (const secret of ['Exif', 'GPS', 'Weavers Row', 'Secretmodel', 'Joan Ellery'])
        expect(Buffer.from(bytes).includes(secret)).toBe(false)
    }
  })
  test('the same photograph pressed twice is there once, and the second’s files go', async () => {
    const { owner, service, serviceId } = await world()
    const picture = await jpeg(700, 500)
    const done = await Promise.all([
      add(service, owner, 'A hall', picture),
      add(service, owner, 'A hall', picture),
    ])
    expect(done.sort()).toEqual(['added', 'already_there'])
    const photos = await inOrder(owner, serviceId)
    expect(photos).toHaveLength(1)
    await house().runJobs()
    const ofThis = new Set(photos.map(({ id }) => id))
    const rows = await house().asOwner<{ id: string }>('select id from photo')
    // No file but of a row.
    for (const name of await stored()) expect(rows.some(({ id }) => name.startsWith(id))).toBe(true)
    expect(await filesOf([...ofThis][0] ?? '')).not.toEqual([])
  })
  test('of two seventh photographs at once one is added, and the other one is told', async () => {
    const { owner, service, serviceId } = await world()
    for (let i = 0; i < 5; i += 1) await add(service, owner, `Number ${String(i)}`)
    const done = await Promise.allSettled([
      add(service, owner, 'Sixth or seventh'),
      add(service, owner, 'Seventh or sixth'),
    ])
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = done.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'REFUSED_BY_RULE' })
    expect(await inOrder(owner, serviceId)).toHaveLength(6)
    await expect(add(service, owner, 'Eighth')).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await house().runJobs()
    const rows = await house().asOwner<{ id: string }>('select id from photo')
    for (const name of await stored()) expect(rows.some(({ id }) => name.startsWith(id))).toBe(true)
  })
  test('the database itself has no seventh place, no second one for a provider, and no photograph without words', async () => {
    const { service, provider } = await world()
    const put = (column: string, id: string, position: number, alt = 'Words') =>
      house().asOwner(
        `insert into photo (id, ${column}, position, alt, width, height, widths, keys, content_hash, added_at)
         values ($1, $2, $3, $4, 400, 300, '{400}', '{photos/x.webp}', $5, now())`,
        [newId(), id, position, alt, newId()],
      )
    await expect(put('service_id', service.id, 6)).rejects.toThrow('photo_position')
    await expect(put('provider_id', provider.id, 1)).rejects.toThrow('photo_position')
    await expect(put('service_id', service.id, 0, '  a ')).rejects.toThrow('photo_alt')
    await expect(put('service_id', service.id, 0, 'x'.repeat(201))).rejects.toThrow('photo_alt')
    await put('service_id', service.id, 0)
    await expect(put('service_id', service.id, 0)).rejects.toThrow('photo_service_id_position_key')
  })
  test('when the store cannot keep it nothing is changed, and what was written goes', async () => {
    const { owner, service, serviceId, deps } = await world()
    const good = deps.files
    let puts = 0
    deps.files = {
      ...good,
      put: (key, bytes) => {
        puts += 1
        return puts > 1 ? Promise.reject(new Error('no room')) : good.put(key, bytes)
      },
    }
    await expect(add(service, owner)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    deps.files = good
    expect(await inOrder(owner, serviceId)).toEqual([])
    await house().runJobs()
    const rows = await house().asOwner<{ id: string }>('select id from photo')
    for (const name of await stored()) expect(rows.some(({ id }) => name.startsWith(id))).toBe(true)
  })
  test('before a file is written there is a job that takes away what no row names', async () => {
    const { owner, service, deps } = await world()
    const good = deps.files
    const waiting: boolean[] = []
    deps.files = {
      ...good,
      put: async (key, bytes) => {
        const [job] = await house().asOwner<{ late: boolean }>(
          `select run_at > $2::timestamptz + interval '50 minutes' as late from jobs.outbox
           where identifier = 'clear_photo_files' and job_key = $1`,
          [`photo:${key.slice('photos/'.length, 'photos/'.length + 36)}`, deps.clock.now().toString()],
        )
        waiting.push(job?.late === true)
        return good.put(key, bytes)
      },
    }
    await add(service, owner)
    deps.files = good
    expect(new Set(waiting)).toEqual(new Set([true]))
    // An hour later it finds the row and takes nothing.
    const [row] = await house().asOwner<{ id: string; keys: string[] }>(
      'select id, keys from photo where service_id = $1',
      [service.id],
    )
    await clearPhotoFiles(deps, { photoId: row?.id, keys: row?.keys })
    expect(await filesOf(row?.id ?? '')).toHaveLength(row?.keys.length ?? 0)
  })
})

describe('changing', () => {
  async function three() {
    const it = await world()
    for (const alt of ['One one', 'Two two', 'Three three']) await add(it.service, it.owner, alt)
    const photos = await inOrder(it.owner, it.serviceId)
    const alts = async () => (await inOrder(it.owner, it.serviceId)).map(({ alt }) => alt)
    return { ...it, ids: photos.map(({ id }) => id), alts }
  }
  test('the words of one, and not to nothing', async () => {
    const { deps, owner, coordinator, service, ids, alts } = await three()
    await changeWords(deps, coordinator, service, { photoId: ids[1] ?? '', alt: 'A lift with a wide door' })
    expect(await alts()).toEqual(['One one', 'A lift with a wide door', 'Three three'])
    await expect(
      changeWords(deps, owner, service, { photoId: ids[1] ?? '', alt: ' ' }),
    ).rejects.toMatchObject({ name: 'ZodError' })
  })
  test('places, by one at a time, and at the ends nothing happens', async () => {
    const { deps, owner, service, ids, alts } = await three()
    await movePhoto(deps, owner, service, { photoId: ids[2] ?? '', by: -1 })
    expect(await alts()).toEqual(['One one', 'Three three', 'Two two'])
    await movePhoto(deps, owner, service, { photoId: ids[0] ?? '', by: -1 })
    await movePhoto(deps, owner, service, { photoId: ids[0] ?? '', by: 1 })
    expect(await alts()).toEqual(['Three three', 'One one', 'Two two'])
  })
  test('many moves at once leave every place taken once', async () => {
    const { deps, owner, service, ids, alts } = await three()
    await Promise.all(
      ids.flatMap((photoId) => [
        movePhoto(deps, owner, service, { photoId, by: 1 }),
        movePhoto(deps, owner, service, { photoId, by: -1 }),
      ]),
    )
    expect((await alts()).sort()).toEqual(['One one', 'Three three', 'Two two'])
    const places = await house().asOwner<{ position: number }>(
      'select position from photo where service_id = $1 order by position',
      [service.id],
    )
    expect(places.map(({ position }) => position)).toEqual([0, 1, 2])
  })
  test('removing closes the gap, and the files go after the row, once', async () => {
    const { deps, owner, service, ids, alts } = await three()
    const id = ids[0] ?? ''
    expect(await filesOf(id)).not.toEqual([])
    await removePhoto(deps, owner, service, id)
    expect(await alts()).toEqual(['Two two', 'Three three'])
    await expect(readPhoto(deps, owner, id, '400')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const keys = (await filesOf(id)).map((name) => `photos/${name}`)
    await house().runJobs()
    expect(await filesOf(id)).toEqual([])
    expect(await filesOf(ids[1] ?? '')).not.toEqual([])
    await clearPhotoFiles(deps, { photoId: id, keys })
    await add(service, owner, 'In the free place')
    expect(await alts()).toEqual(['Two two', 'Three three', 'In the free place'])
  })
  test('of two who remove the same one at once, one does and the other one is told', async () => {
    const { deps, owner, coordinator, service, ids, alts } = await three()
    const done = await Promise.allSettled([
      removePhoto(deps, owner, service, ids[1] ?? ''),
      removePhoto(deps, coordinator, service, ids[1] ?? ''),
    ])
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(done.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'STALE_STATE' })
    expect(await alts()).toEqual(['One one', 'Three three'])
  })
  test('two that are removed at once leave the third in the first place', async () => {
    const { deps, owner, service, ids, alts } = await three()
    await Promise.all([
      removePhoto(deps, owner, service, ids[0] ?? ''),
      removePhoto(deps, owner, service, ids[1] ?? ''),
    ])
    expect(await alts()).toEqual(['Three three'])
    await add(service, owner, 'Another one')
    expect(await alts()).toEqual(['Three three', 'Another one'])
  })
})

describe('who may', () => {
  test('keep them: owners and coordinators; workers look; for others there is nothing', async () => {
    const { deps, owner, coordinator, worker, stranger, nobodys, service, provider, serviceId } =
      await world()
    await add(service, coordinator)
    const [photo] = await inOrder(worker, serviceId)
    const photoId = photo?.id ?? ''
    expect((await servicePhotosPage(deps, worker, serviceId)).mayEdit).toBe(false)
    const acts = (actor: UserActor | typeof ANONYMOUS) => [
      async () => addPhoto(deps, actor, service, await sent()),
      async () => addPhoto(deps, actor, provider, await sent()),
      () => changeWords(deps, actor, service, { photoId, alt: 'Other words' }),
      () => movePhoto(deps, actor, service, { photoId, by: 1 }),
      () => removePhoto(deps, actor, service, photoId),
    ]
    for (const [actor, code] of [
      [worker, 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
      [nobodys, 'NOT_FOUND'],
      [ANONYMOUS, 'SIGN_IN'],
    ] as const)
      for (const act of acts(actor)) await expect(act()).rejects.toMatchObject({ code })
    for (const actor of [stranger, nobodys])
      await expect(servicePhotosPage(deps, actor, serviceId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(providerPhotoPage(deps, stranger, provider.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await inOrder(owner, serviceId)).map(({ alt }) => alt)).toEqual(['A garden with raised beds'])
  })
  test('a photograph of another service cannot be reached through one’s own', async () => {
    const [mine, theirs] = [await world(), await world()]
    await add(theirs.service, theirs.owner)
    const photoId = (await inOrder(theirs.owner, theirs.serviceId))[0]?.id ?? ''
    for (const act of [
      () => changeWords(mine.deps, mine.owner, mine.service, { photoId, alt: 'Mine now' }),
      () => movePhoto(mine.deps, mine.owner, mine.service, { photoId, by: 1 }),
      () => removePhoto(mine.deps, mine.owner, mine.service, photoId),
      () => removePhoto(mine.deps, mine.owner, mine.service, 'not an id'),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'STALE_STATE' })
  })
  test('see one: everybody while its page is public, else its provider’s people', async () => {
    const { deps, owner, worker, stranger, nobodys, service, serviceId } = await world()
    await add(service, owner)
    const photoId = (await inOrder(owner, serviceId))[0]?.id ?? ''
    for (const actor of [ANONYMOUS, stranger, worker])
      expect(await readPhoto(deps, actor, photoId, '400')).toMatchObject({
        type: 'image/webp',
        forEverybody: true,
      })
    for (const state of ['draft', 'submitted', 'paused', 'unpublished']) {
      await setState(serviceId, state)
      for (const actor of [ANONYMOUS, stranger, nobodys])
        await expect(readPhoto(deps, actor, photoId, '400')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      for (const actor of [owner, worker])
        expect(await readPhoto(deps, actor, photoId, '400')).toMatchObject({ forEverybody: false })
    }
    for (const [id, width] of [
      [photoId, '401'],
      [photoId, '400.webp'],
      [photoId, '-1'],
      [newId(), '400'],
      ['../../x', '400'],
    ] as const)
      await expect(readPhoto(deps, owner, id, width)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  test('a provider’s: one, on its page instead of the tile, while something of it is published', async () => {
    const { deps, owner, provider, providerId, serviceId } = await world()
    const { slug } = await deps.db.prisma.provider.findUniqueOrThrow({ where: { id: providerId } })
    expect((await providerPage(deps, slug)).photo).toBeNull()
    await add(provider, owner, 'Our green front door')
    await expect(add(provider, owner, 'A second door')).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    const photo = (await providerPage(deps, slug)).photo
    expect(photo).toMatchObject({ alt: 'Our green front door' })
    expect(await readPhoto(deps, ANONYMOUS, photo?.id ?? '', '400')).toMatchObject({ forEverybody: true })
    await setState(serviceId, 'paused')
    await expect(readPhoto(deps, ANONYMOUS, photo?.id ?? '', '400')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await readPhoto(deps, owner, photo?.id ?? '', '400')).toMatchObject({ forEverybody: false })
    await setState(serviceId, 'published')
    await house().asOwner('update provider set claimed = false where id = $1', [providerId])
    await expect(readPhoto(deps, ANONYMOUS, photo?.id ?? '', '400')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

test('a file that the store has lost is no page, and the log says so without a name', async () => {
  const { deps, owner, service, serviceId } = await world()
  await add(service, owner)
  const photoId = (await inOrder(owner, serviceId))[0]?.id ?? ''
  await rm(join(folder, 'files'), { recursive: true })
  await expect(readPhoto(deps, ANONYMOUS, photoId, '400')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(house().logged.some(({ msg }) => msg === 'the file of a photograph is not there')).toBe(true)
})
