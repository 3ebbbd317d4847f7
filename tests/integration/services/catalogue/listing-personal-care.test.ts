import { describe, expect, test } from 'vitest'
import { listingPage } from '#services/catalogue/listing-page.server.ts'
import { saveStep, startListing } from '#services/catalogue/save-step.server.ts'
import { submitListing } from '#services/catalogue/submit-listing.server.ts'
import { decideCheck } from '#services/vetting/decide-check.server.ts'
import {
  listedAs,
  operator,
  readListing,
  signUp,
  verify,
  whatForm,
  writeListing,
} from '#tests/factories/listings.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
const deps = () => house().deps
const db = () => deps().db.prisma
const service = (id: string) => readListing(deps(), id)
const entry = (id: string) => listedAs(deps(), id)

describe('personal care', () => {
  const care = { what: { categoryCode: 'personal_care' } }

  test('without a registration or an exemption cannot even be answered', async () => {
    const provider = await signUp(deps())
    const { serviceId } = await startListing(
      deps(),
      provider.owner,
      provider.providerId,
      whatForm({ categoryCode: 'personal_care' }),
    )
    const refused = await refusal(
      saveStep(deps(), provider.owner, serviceId, 'care', { personalCare: 'no', regulation: 'none' }),
    )
    expect(refused.details.fields?.['regulation']?.[0]).toMatch(/CQC registration/)
  })

  test('without that answer cannot be sent in, and the page says why it cannot be published', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, care)
    const refused = await refusal(submitListing(deps(), provider.owner, id))
    expect(refused.details.fields).toHaveProperty('care')
    const page = await listingPage(deps(), provider.owner, id)
    expect(page.hindrances.join(' ')).toMatch(/registration with the Care Quality Commission/)
  })

  test('with a registration waits until somebody has checked it', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, {
      ...care,
      care: { regulation: 'registered', registrationId: '1-700000001' },
    })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    expect((await listingPage(deps(), provider.owner, id)).hindrances).toHaveLength(1)
    expect((await verify(deps(), provider.providerId, 'cqc_registration')).published).toEqual([id])
    expect(await entry(id)).toMatchObject({ regulated: true, rating: 'Not yet rated' })
  })

  test('with an exemption that nobody has reviewed stays unpublished; a refusal sends it back with the reason', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const exempt = {
      regulation: 'exempt',
      exemptionReason: 'I work for one person, who directs all that I do.',
    }
    const id = await writeListing(deps(), provider, { ...care, care: exempt })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    const check = await db().verification.findFirstOrThrow({
      where: { serviceId: id, kind: 'regulation_exemption' },
    })
    await decideCheck(deps(), await operator(deps()), check.id, {
      decision: 'refuse',
      reason: 'You send other people too.',
    })
    expect((await service(id)).state).toBe('draft')
    expect((await listingPage(deps(), provider.owner, id)).refused[0]?.reason).toBe(
      'You send other people too.',
    )
    // Another reason is another claim: the refused one does not stand in its way, and does not count for it.
    await saveStep(deps(), provider.owner, id, 'care', {
      ...exempt,
      exemptionReason: 'Since May I work alone, for one person who directs me.',
    })
    expect(await submitListing(deps(), provider.owner, id)).toEqual({ published: false })
    expect((await verify(deps(), provider.providerId, 'regulation_exemption')).published).toEqual([id])
    expect(await entry(id)).toMatchObject({ regulated: false })
  })

  test('is refused by the database itself, whatever the software does', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, {
      ...care,
      care: { regulation: 'registered', registrationId: '1-700000002' },
    })
    const draft = await db().serviceVersion.findFirstOrThrow({ where: { serviceId: id } })
    await db().serviceVersion.update({ where: { id: draft.id }, data: { frozenAt: new Date(0) } })
    await expect(
      house().asOwner(`UPDATE service SET state = 'published', current_version_id = $1 WHERE id = $2`, [
        draft.id,
        id,
      ]),
    ).rejects.toMatchObject({ code: 'KP003' })
  })

  test('in a category that may have it is asked once, and asked again when the category changes', async () => {
    const provider = await signUp(deps())
    const id = await writeListing(deps(), provider, {
      what: { categoryCode: 'nights' },
      care: { personalCare: 'no', regulation: 'none' },
    })
    expect((await listingPage(deps(), provider.owner, id)).missing).toEqual([])
    await saveStep(deps(), provider.owner, id, 'what', whatForm({ categoryCode: 'live_in' }))
    expect((await listingPage(deps(), provider.owner, id)).missing.map(({ step }) => step)).toEqual(['care'])
    await saveStep(deps(), provider.owner, id, 'what', whatForm({ categoryCode: 'help_at_home' }))
    expect((await listingPage(deps(), provider.owner, id)).missing).toEqual([])
  })

  test('that loses its registration is taken off', async () => {
    const provider = await signUp(deps())
    await verify(deps(), provider.providerId, 'identity')
    const id = await writeListing(deps(), provider, {
      ...care,
      care: { regulation: 'registered', registrationId: '1-700000003' },
    })
    const other = await writeListing(deps(), provider)
    await submitListing(deps(), provider.owner, id)
    await submitListing(deps(), provider.owner, other)
    await verify(deps(), provider.providerId, 'cqc_registration')
    const check = await db().verification.findFirstOrThrow({
      where: { providerId: provider.providerId, kind: 'cqc_registration' },
    })
    const decision = await decideCheck(deps(), await operator(deps()), check.id, {
      decision: 'refuse',
      reason: 'The register says: ended.',
    })
    expect(decision.withdrawn).toEqual([id])
    expect((await service(id)).state).toBe('unpublished')
    expect((await service(other)).state).toBe('published')
    expect(await entry(id)).toBeNull()
  })
})
