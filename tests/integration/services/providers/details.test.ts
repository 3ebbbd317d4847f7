import { describe, expect, test } from 'vitest'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import type { DomainError } from '#services/kernel/errors.ts'
import { detailsPage } from '#services/providers/details-page.server.ts'
import { providerPage } from '#services/providers/provider-page.server.ts'
import { saveDetails } from '#services/providers/save-details.server.ts'
import { signUp, verify, writeListing } from '#tests/factories/listings.ts'
import { makeProvider } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma

const form = (changes: Record<string, string> = {}) => ({
  name: 'Harbour Hands',
  kind: 'micro_enterprise',
  legalForm: 'sole_trader',
  size: 'one',
  about: 'I help people in their homes.',
  phone: '01632 960 123',
  website: 'https://www.example.org/harbour',
  languages: 'English, Urdu',
  accessibility: 'Two steps at the door.',
  ...changes,
})
async function published() {
  const provider = await signUp(deps())
  await verify(deps(), provider.providerId, 'identity')
  const id = await writeListing(deps(), provider)
  await submitListing(deps(), provider.owner, id)
  return { ...provider, id }
}
const checksOf = (providerId: string) =>
  db().verification.findMany({ where: { providerId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
const refusal = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: unknown) => error as DomainError,
  )

describe('what an organisation says of itself', () => {
  test('is saved, audited and shown to everybody; words and telephone need no new check', async () => {
    const { owner, providerId } = await published()
    expect(await saveDetails(deps(), owner, providerId, form())).toEqual({
      checkedAgain: false,
      kindWaits: false,
    })
    const page = await detailsPage(deps(), owner, providerId)
    expect(page).toMatchObject({
      mayEdit: true,
      waits: false,
      values: { languages: 'English, Urdu', phone: '01632 960 123', accessibility: 'Two steps at the door.' },
    })
    const shown = await providerPage(deps(), page.provider.slug)
    expect(shown.facts).toEqual(
      expect.arrayContaining([
        { term: 'Languages', value: 'English, Urdu' },
        { term: 'Getting in and taking part', value: 'Two steps at the door.' },
      ]),
    )
    expect(shown).toMatchObject({ phone: '01632 960 123', website: 'https://www.example.org/harbour' })
    expect(await checksOf(providerId)).toHaveLength(1)
    expect(
      await db().auditEvent.count({ where: { action: 'provider.details_saved', subjectId: providerId } }),
    ).toBe(1)
  })

  test('another name, kind or number is looked at again, once for all; what is published stays and is found', async () => {
    const { owner, providerId, id } = await published()
    const saved = await saveDetails(
      deps(),
      owner,
      providerId,
      form({ name: 'Harbour Hearts', kind: 'charity' }),
    )
    expect(saved.checkedAgain).toBe(true)
    await saveDetails(
      deps(),
      owner,
      providerId,
      form({ name: 'Harbour Hearts', kind: 'charity', charityNumber: '1012345' }),
    )
    const checks = await checksOf(providerId)
    expect(checks.map((check) => [check.kind, check.state])).toEqual([
      ['identity', 'verified'],
      ['identity', 'evidence_given'],
    ])
    expect(checks[1]?.statement).toContain('Harbour Hearts')
    expect(checks[1]?.statement).toContain('1012345')
    expect((await db().service.findUniqueOrThrow({ where: { id } })).state).toBe('published')
    expect(await db().searchEntry.findUniqueOrThrow({ where: { id } })).toMatchObject({
      providerName: 'Harbour Hearts',
      providerKind: 'charity',
    })
    expect((await detailsPage(deps(), owner, providerId)).waits).toBe(true)
  })

  test('becoming user-led needs the numbers of the board, and the kind waits for their check', async () => {
    const { owner, providerId } = await published()
    const userLed = (changes: Record<string, string> = {}) =>
      saveDetails(deps(), owner, providerId, form({ kind: 'user_led_organisation', ...changes }))
    expect((await refusal(userLed())).details.fields).toHaveProperty('boardSize')
    expect((await refusal(userLed({ boardSize: '8', boardLived: '5' }))).details.fields).toHaveProperty(
      'boardLived',
    )
    expect(await userLed({ boardSize: '8', boardLived: '6' })).toEqual({
      checkedAgain: false,
      kindWaits: true,
    })
    expect((await db().provider.findUniqueOrThrow({ where: { id: providerId } })).kind).toBe(
      'micro_enterprise',
    )
    await userLed()
    const userLedChecks = (await checksOf(providerId)).filter((check) => check.kind === 'user_led_status')
    expect(userLedChecks).toHaveLength(1)
    await db().verification.updateMany({
      where: { providerId, kind: 'user_led_status' },
      data: { state: 'verified', checkedOn: new Date('2026-11-01') },
    })
    expect((await userLed()).kindWaits).toBe(false)
    expect((await db().provider.findUniqueOrThrow({ where: { id: providerId } })).kind).toBe(
      'user_led_organisation',
    )
  })

  test('what an import wrote in its own way is kept when it is sent back as it was', async () => {
    const { owner, providerId } = await published()
    await db().provider.update({
      where: { id: providerId },
      data: { legalForm: 'Friendly society', companyNumber: 'X9000000' },
    })
    expect((await detailsPage(deps(), owner, providerId)).otherLegalForm).toBe('Friendly society')
    const input = form({ legalForm: 'Friendly society', companyNumber: 'X9000000' })
    expect((await saveDetails(deps(), owner, providerId, input)).checkedAgain).toBe(false)
    expect(await db().provider.findUniqueOrThrow({ where: { id: providerId } })).toMatchObject({
      legalForm: 'Friendly society',
      companyNumber: 'X9000000',
    })
    const error = await refusal(saveDetails(deps(), owner, providerId, form({ companyNumber: 'X9000001' })))
    expect(error.details.fields).toHaveProperty('companyNumber')
  })

  test('a CQC id is a claim that somebody checks; saying it twice asks once', async () => {
    const { owner, providerId } = await published()
    const say = () => saveDetails(deps(), owner, providerId, form({ cqcProviderId: '1-101234567' }))
    expect((await say()).checkedAgain).toBe(true)
    await say()
    const claims = (await checksOf(providerId)).filter((check) => check.kind === 'cqc_registration')
    expect(claims).toMatchObject([{ state: 'evidence_given', reference: '1-101234567' }])
    expect((await db().provider.findUniqueOrThrow({ where: { id: providerId } })).cqcProviderId).toBeNull()
  })

  test.each([
    ['no name', { name: ' ' }, 'name'],
    ['a kind that is none', { kind: 'unknown' }, 'kind'],
    ['a script for an address', { website: 'javascript:alert(1)' }, 'website'],
    ['somebody’s password in the address', { website: 'https://a:b@example.org' }, 'website'],
    ['a machine of one’s own', { website: 'https://kith.internal/' }, 'website'],
    ['a number for a name', { website: 'http://192.168.0.1/' }, 'website'],
    ['letters for a telephone', { phone: 'ring me please' }, 'phone'],
    ['no languages', { languages: '' }, 'languages'],
    ['too many words', { accessibility: 'x'.repeat(1001) }, 'accessibility'],
    ['a charity number that is none', { charityNumber: 'ABC' }, 'charityNumber'],
  ])('%s is refused beside its field and nothing changes', async (_words, changes, name) => {
    const { owner, providerId } = await signUp(deps())
    const error = await refusal(saveDetails(deps(), owner, providerId, form(changes)))
    expect(error.code).toBe('INVALID')
    expect(Object.keys(error.details.fields ?? {})).toEqual([name])
    expect((await db().provider.findUniqueOrThrow({ where: { id: providerId } })).phone).toBeNull()
  })

  test('workers read it and cannot change it; strangers find nothing', async () => {
    const { providerId, worker } = await makeProvider(deps())
    const other = await makeProvider(deps())
    expect((await detailsPage(deps(), worker, providerId)).mayEdit).toBe(false)
    expect((await refusal(saveDetails(deps(), worker, providerId, form()))).code).toBe('FORBIDDEN')
    expect((await refusal(saveDetails(deps(), other.owner, providerId, form()))).code).toBe('NOT_FOUND')
    expect((await refusal(detailsPage(deps(), other.owner, providerId))).code).toBe('NOT_FOUND')
  })
})
