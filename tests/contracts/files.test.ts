import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { localFiles } from '#services/adapters/files/local.server.ts'
import { s3Files, type S3Place } from '#services/adapters/files/s3.server.ts'
import { fileKey, fileTypeOf, type FileKey, type Files } from '#services/ports/files.ts'
import { newId } from '#services/kernel/ids.ts'
import { fakeS3, type FakeS3 } from '#tests/support/s3/fake.ts'

const aKey = (ending = 'webp'): FileKey => fileKey(`photos/${newId()}-0123456789abcdef-800.${ending}`)
/** Every byte there is, so that nothing is taken for text on the way. */
const BYTES = Uint8Array.from({ length: 4_096 }, (_, i) => i % 256)

let folder = ''
let s3: FakeS3
const placeOf = (fake: FakeS3, changes: Partial<S3Place> = {}): S3Place => ({
  endpoint: fake.endpoint,
  bucket: fake.bucket,
  ...fake.keys,
  ...changes,
})
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-files-'))
  s3 = await fakeS3()
})
beforeEach(() => {
  s3.trouble.length = 0
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await s3.close()
})

const ADAPTERS: readonly [string, () => Files][] = [
  ['a folder of this machine', () => localFiles(join(folder, 'files'))],
  ['a store that speaks S3', () => s3Files(placeOf(s3))],
]

describe.each(ADAPTERS)('the files port: %s', (_name, open) => {
  test('gives back what it was given, byte for byte, with its type', async () => {
    const key = aKey()
    await open().put(key, BYTES)
    // Another process, as it were.
    const kept = await open().get(key)
    expect(kept?.type).toBe('image/webp')
    expect(Buffer.from(kept?.bytes ?? []).equals(Buffer.from(BYTES))).toBe(true)
  })
  test.each(['jpg', 'png', 'pdf', 'webp'])('knows what a file is by how its key ends: %s', async (ending) => {
    const key = aKey(ending)
    await open().put(key, BYTES)
    expect((await open().get(key))?.type).toBe(fileTypeOf(key))
  })
  test('says that there is none for a key it never had', async () => {
    expect(await open().get(aKey())).toBeNull()
  })
  test('the same key again replaces what was there', async () => {
    const key = aKey()
    await open().put(key, BYTES)
    await open().put(key, Uint8Array.of(1, 2, 3))
    expect([...((await open().get(key))?.bytes ?? [])]).toEqual([1, 2, 3])
  })
  test('two at once leave one of them whole', async () => {
    const key = aKey()
    const [one, two] = [new Uint8Array(200_000).fill(1), new Uint8Array(100_000).fill(2)]
    await Promise.all([open().put(key, one), open().put(key, two)])
    const bytes = (await open().get(key))?.bytes ?? new Uint8Array()
    expect(new Set(bytes).size).toBe(1)
    expect([100_000, 200_000]).toContain(bytes.length)
  })
  test('what is removed is gone, and removing it again is no mistake', async () => {
    const [key, other] = [aKey(), aKey()]
    await open().put(key, BYTES)
    await open().put(other, BYTES)
    await open().remove(key)
    await open().remove(key)
    expect(await open().get(key)).toBeNull()
    expect(await open().get(other)).not.toBeNull()
  })
  test('an empty file is a file', async () => {
    const key = aKey()
    await open().put(key, new Uint8Array())
    expect((await open().get(key))?.bytes.length).toBe(0)
  })
  test.each([
    '../../etc/passwd',
    'photos/../../x.webp',
    '/etc/x.webp',
    'photos/x.svg',
    'photos/x.webp/..',
    'photos\\x.webp',
    'Photos/x.webp',
    'photos/x y.webp',
    'photos/%2e%2e.webp',
    'photos/x.webp\0.jpg',
    '',
  ])('takes no key that is not of our making: %j', async (text) => {
    const before = s3.seen.length
    const key = text as FileKey
    expect(() => fileKey(text)).toThrow(RangeError)
    await expect(open().put(key, BYTES)).rejects.toThrow(RangeError)
    await expect(open().get(key)).rejects.toThrow(RangeError)
    await expect(open().remove(key)).rejects.toThrow(RangeError)
    expect(s3.seen.length).toBe(before)
  })
})

describe('the folder', () => {
  test('holds whole files only, that others of this machine cannot read', async () => {
    const root = join(folder, 'mine')
    const key = aKey()
    await localFiles(root).put(key, BYTES)
    expect((await stat(join(root, key))).mode & 0o777).toBe(0o600)
    expect((await stat(join(root, 'photos'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(root, '.unfinished'))).toEqual([])
    expect(await readdir(root)).toEqual(['.unfinished', 'photos'])
  })
  test('says so when it cannot write, and leaves nothing half done', async () => {
    const root = join(folder, 'in-the-way')
    await writeFile(root, 'a file where the folder should be')
    await expect(localFiles(root).put(aKey(), BYTES)).rejects.toThrow()
    expect(await readFile(root, 'utf8')).toBe('a file where the folder should be')
  })
})

describe('the way to the store', () => {
  test('keeps the type with the file, so that it is right in the store’s own eyes', async () => {
    const key = aKey()
    await s3Files(placeOf(s3)).put(key, BYTES)
    expect(s3.objects.get(key)?.type).toBe('image/webp')
  })
  test.each([
    ['a wrong secret', { secret: 'another secret' }, '403'],
    ['a key that is nobody’s', { keyId: 'AKIANOBODY' }, '403'],
    ['another region', { region: 'us-east-1' }, '400'],
    ['a bucket that is not there', { bucket: 'no-such-bucket' }, '404'],
  ])('%s is no answer, and nothing is kept', async (_name, changes, code) => {
    const key = aKey()
    const files = s3Files(placeOf(s3, changes))
    await expect(files.put(key, BYTES)).rejects.toMatchObject({ name: 'FileStoreError', code })
    await expect(files.get(key)).rejects.toMatchObject({ name: 'FileStoreError' })
    expect(s3.objects.has(key)).toBe(false)
  })
  test('a busy or broken moment is waited out', async () => {
    const key = aKey()
    s3.trouble.push('busy', 'broken')
    await s3Files(placeOf(s3)).put(key, BYTES)
    expect(s3.objects.has(key)).toBe(true)
  })
  test('a store that stays broken, or says nothing, is an error without the secret or the bytes in it', async () => {
    const files = s3Files(placeOf(s3))
    s3.trouble.push('broken', 'broken', 'broken')
    const broken = await files.put(aKey(), BYTES).catch((error: unknown) => error)
    s3.trouble.push('silence')
    const silent = await files.get(aKey()).catch((error: unknown) => error)
    expect(broken).toMatchObject({ name: 'FileStoreError', code: '500' })
    expect(silent).toMatchObject({ name: 'FileStoreError', code: 'nothing' })
    expect(`${String(broken)}${String(silent)}`).not.toContain(s3.keys.secret)
  })
})

describe('the fake store', () => {
  test('refuses what is not signed', async () => {
    const answer = await fetch(`${s3.endpoint}/${s3.bucket}/${aKey()}`)
    expect(answer.status).toBe(403)
  })
  test('agrees with Amazon’s own example of a signature', async () => {
    // "Authenticating Requests: Using the Authorization Header", GET Object.
    const { wrongWith } = await import('#tests/support/s3/signature.ts')
    const request = {
      method: 'GET',
      url: '/test.txt',
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        range: 'bytes=0-9',
        'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-amz-date': '20130524T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      },
    }
    const keys = {
      keyId: 'AKIAIOSFODNN7EXAMPLE',
      secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
    }
    const at = Date.UTC(2013, 4, 24)
    const ask = (changes: object) => wrongWith({ ...request, ...changes } as never, Buffer.alloc(0), keys, at)
    expect(ask({})).toBeNull()
    expect(ask({ url: '/other.txt' })).toBe('SignatureDoesNotMatch')
  })
})
