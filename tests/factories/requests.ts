/** Somebody who asks for what is not there, and providers that fit or do not. */
import { askForSupport } from '#services/requests/ask-for-support.server.ts'
import { makeOffer } from '#services/requests/make-offer.server.ts'
import { newId } from '#services/kernel/ids.ts'
import type { AuthorityType, Scope, UserActor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  type FundOptions,
  type ServiceOptions,
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  makeUser,
  userActor,
} from './world.ts'

/** The middle of QA1, which nobody else's tests use; QA2 lies about 33 km to the north of it. */
const MIDDLE = { lat: 53.5, lon: -1.9 }
const LONG_NAME = 'Adelaide Quillington'
const ADDRESS = '9 Hollowgate Mews'
export const SECRETS = [
  LONG_NAME,
  'Adelaide',
  'Quillington',
  ADDRESS,
  'Hollowgate',
  'QA1 7ZZ',
  '01632 960777',
]

export async function makeAskingWorld(
  deps: Deps,
  options: { funds?: FundOptions[]; service?: ServiceOptions; lanes?: number } = {},
) {
  await deps.db.prisma.outcode.createMany({
    skipDuplicates: true,
    data: [
      { outcode: 'QA1', ...MIDDLE },
      { outcode: 'QA2', lat: 53.8, lon: -1.9 },
    ],
  })
  const councilId = await makeCouncil(deps)
  const person = await makePerson(deps, councilId, options.funds ?? [{ pence: 48_000 }])
  await deps.db.prisma.person.update({
    where: { id: person.personId },
    data: {
      name: LONG_NAME,
      shortName: 'Adelaide',
      addressLine: ADDRESS,
      postcode: 'QA1 7ZZ',
      lat: 53.5011,
      lon: -1.9022,
      phone: '01632 960777',
    },
  })
  const world = { deps, councilId, person }
  return { ...world, ...(await makeFitting(deps, options)) }
}
export type AskingWorld = Awaited<ReturnType<typeof makeAskingWorld>>

/** A provider with one service two miles from the middle, that comes up to ten. */
export async function makeFitting(
  deps: Deps,
  options: { service?: ServiceOptions; lanes?: number; name?: string } = {},
) {
  const provider = await makeProvider(deps, {
    lanes: options.lanes ?? 1,
    ...(options.name ? { name: options.name } : {}),
  })
  const listed = await makeService(deps, provider.providerId, {
    area: { lat: 53.529, lon: -1.9, radiusMetres: 16_000 },
    ...options.service,
  })
  return { provider, ...listed }
}

export const askForm = (personId: string, changes: Record<string, unknown> = {}) => ({
  personId,
  requestId: newId(),
  category: 'help_at_home',
  audience: [] as string[],
  setting: 'at_home',
  near: 'QA1',
  days: ['1', '3'],
  from: '09:00',
  until: '12:00',
  repeat: 'weekly',
  minutes: '60',
  date: '2026-11-09',
  matters: 'Somebody patient, who lets me do what I can myself.',
  funds: ['adult_social_care'],
  open: '14',
  ...changes,
})

export const askIn = async (w: AskingWorld, changes: Record<string, unknown> = {}): Promise<string> =>
  (await askForSupport(w.deps, w.person.actor, askForm(w.person.personId, changes))).requestId

export const offerForm = (serviceId: string, changes: Record<string, unknown> = {}) => ({
  serviceId,
  date: '2026-11-16',
  time: '09:30',
  minutes: '60',
  repeat: 'weekly',
  weeks: '3',
  message: 'Halina could come. She has time.',
  holds: '2026-11-13',
  ...changes,
})

export const offerIn = async (
  w: AskingWorld,
  requestId: string,
  changes: Record<string, unknown> = {},
  by: { provider: { owner: UserActor }; serviceId: string } = w,
): Promise<string> =>
  (await makeOffer(w.deps, by.provider.owner, requestId, offerForm(by.serviceId, changes))).offerId

/** Somebody who acts for the person with these scopes. */
export async function supporterOf(
  w: AskingWorld,
  scopes: readonly Scope[],
  type: AuthorityType = 'informal',
): Promise<UserActor> {
  const userId = await makeUser(w.deps, 'A supporter')
  const { id } = await w.deps.db.prisma.authority.create({
    data: {
      personId: w.person.personId,
      supporterUserId: userId,
      type,
      relationship: 'a friend',
      scopes: [...scopes],
      startsOn: new Date('2026-01-01'),
    },
  })
  return userActor(userId, {
    actingFor: {
      personId: w.person.personId,
      personName: 'Adelaide',
      authorityId: id,
      type,
      scopes,
      organisationName: null,
    },
  })
}
