/** A provider that signed up through the use cases, and a listing with every answer. */
import { fieldName } from '#services/availability/hours.schema.ts'
import { saveHours } from '#services/availability/save-hours.server.ts'
import { saveStep, startListing } from '#services/catalogue/save-step.server.ts'
import type { UserActor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { signUpProvider } from '#services/providers/sign-up-provider.server.ts'
import { decideCheck } from '#services/vetting/decide-check.server.ts'
import { makeCouncil, makeUser, userActor } from './world.ts'

export const signUpForm = (changes: Record<string, unknown> = {}) => ({
  name: 'Harbour Hands',
  kind: 'micro_enterprise',
  legalForm: 'sole_trader',
  size: 'one',
  userLed: 'no',
  councilId: 'none',
  about: 'I help people in their homes.',
  ...changes,
})

export interface SignedUp {
  owner: UserActor
  providerId: string
  councilId: string
}

export async function signUp(deps: Deps, changes: Record<string, unknown> = {}): Promise<SignedUp> {
  const councilId = await makeCouncil(deps)
  const userId = await makeUser(deps, 'Olive Owner')
  const before = userActor(userId, { name: 'Olive Owner' })
  const { providerId } = await signUpProvider(deps, before, signUpForm({ councilId, ...changes }))
  const member = await deps.db.prisma.member.findFirstOrThrow({ where: { providerId, userId } })
  return {
    providerId,
    councilId,
    owner: { ...before, providers: [{ providerId, memberId: member.id, role: 'owner' }] },
  }
}

export async function operator(deps: Deps): Promise<UserActor> {
  return userActor(await makeUser(deps, 'An operator'), { operator: true })
}

/** Says yes to the provider's newest check of this kind. */
export async function verify(
  deps: Deps,
  providerId: string,
  kind: 'identity' | 'cqc_registration' | 'regulation_exemption',
) {
  const check = await deps.db.prisma.verification.findFirstOrThrow({
    where: { providerId, kind },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return decideCheck(deps, await operator(deps), check.id, { decision: 'verify' })
}

/** Every ward name and postcode of a test is made up, so that tests of one file do not meet. */
export async function makeWard(
  deps: Deps,
  councilId: string,
  name: string,
  lat = 53.55,
  lon = -2.1,
): Promise<void> {
  await deps.db.prisma.ward.create({ data: { councilId, name, lat, lon } })
}

export const whatForm = (changes: Record<string, unknown> = {}) => ({
  title: 'Company on Tuesdays',
  summary: 'Somebody to talk and play cards with.',
  description: 'We drink tea.',
  categoryCode: 'sitting_and_company',
  setting: 'at_home',
  fundedBy: 'bought',
  ...changes,
})
export const priceForm = (changes: Record<string, unknown> = {}) => ({
  unit: 'hour',
  base: '20.00',
  weekend: '25',
  travel: '2.50',
  chargingBasis: 'actual_minutes',
  roundingMinutes: '15',
  toleranceMinutes: '5',
  ...changes,
})
export const timesForm = {
  minMinutes: '60',
  maxMinutes: '240',
  stepMinutes: '30',
  bufferMinutes: '15',
  noticeHours: '24',
}
export const termsForm = {
  cancelWindowHours: '24',
  cancelShare: '50',
  noAnswerShare: '100',
  endNoticeDays: '14',
  contingency: 'I ring by 8am and send Pat, whom you have met.',
}
export const week = (from = '09:00', until = '17:00'): Record<string, string> =>
  Object.fromEntries(
    [1, 2, 3, 4, 5].flatMap((weekday) => [
      [fieldName(weekday, 1, 'from'), from],
      [fieldName(weekday, 1, 'until'), until],
    ]),
  )

/** A listing with every answer, not yet sent in. */
export async function writeListing(
  deps: Deps,
  { owner, providerId, councilId }: SignedUp,
  changes: {
    what?: Record<string, unknown>
    care?: Record<string, unknown>
    price?: Record<string, unknown>
  } = {},
): Promise<string> {
  const what = whatForm(changes.what)
  const { serviceId } = await startListing(deps, owner, providerId, what)
  const ward = `Ward ${serviceId.slice(-8)}`
  await makeWard(deps, councilId, ward)
  await saveStep(deps, owner, serviceId, 'who', { audiences: ['older_people'], languages: 'English, Urdu' })
  if (changes.care) await saveStep(deps, owner, serviceId, 'care', changes.care)
  if (what.setting !== 'online') await saveStep(deps, owner, serviceId, 'area', { near: ward, miles: '5' })
  if (what.fundedBy === 'bought') await saveStep(deps, owner, serviceId, 'price', priceForm(changes.price))
  await saveStep(deps, owner, serviceId, 'times', timesForm)
  await saveHours(deps, owner, serviceId, week())
  await saveStep(deps, owner, serviceId, 'terms', termsForm)
  return serviceId
}

/** The listing with all its versions and their prices. */
export const readListing = (deps: Deps, id: string) =>
  deps.db.prisma.service.findUniqueOrThrow({
    where: { id },
    include: { versions: { include: { prices: true } } },
  })

/** How searches find it; null while they do not. */
export const listedAs = (deps: Deps, id: string) => deps.db.prisma.searchEntry.findUnique({ where: { id } })
