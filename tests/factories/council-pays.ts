/** A council that pays: its finance, a provider with a number and bank details, a person whose plan line is a standing approval. */
import type { UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type BookingWorld, makeBookingWorld } from './bookings.ts'
import { type ServiceOptions, type TestPerson, makePerson, makeUser, userActor } from './world.ts'

export async function makeFinance(deps: Deps, councilId: string, name: string): Promise<UserActor> {
  const userId = await makeUser(deps, name)
  await deps.db.prisma.staffMembership.create({ data: { councilId, userId, roles: ['finance'] } })
  return userActor(userId, { name, staff: [{ councilId, roles: ['finance'] }] })
}

let next = 0
export async function makePayee(
  deps: Deps,
  providerId: string,
  data: { accountNumber?: string } = {},
): Promise<string> {
  const id = newId()
  const at = new Date('2026-06-01T10:00:00Z')
  await deps.db.prisma.payeeAccount.create({
    data: {
      id,
      providerId,
      state: 'active',
      accountName: 'A provider',
      sortCode: '000012',
      accountNumber: data.accountNumber ?? '12345678',
      payeeCheck: 'match',
      proposedById: newId(),
      proposedAt: at,
      checkedAt: at,
      calledBackAt: at,
      usableFrom: at,
    },
  })
  return id
}

/** Makes the plan line of a person's only fund a standing approval. */
export async function standingApproval(deps: Deps, person: TestPerson): Promise<void> {
  next += 1
  await deps.db.prisma.planLine.updateMany({
    where: { allocationId: { in: person.allocationIds } },
    data: {
      approvedAt: new Date('2026-10-01T09:00:00Z'),
      orderNumber: `PO-${String(next)}`,
      costCode: 'ASC-100',
      caseReference: `C${String(next).padStart(5, '0')}`,
    },
  })
}

export interface CouncilWorld extends BookingWorld {
  maker: UserActor
  approver: UserActor
  supplierNumber: string
  payeeId: string
}

export async function makeCouncilWorld(
  deps: Deps,
  options: { service?: ServiceOptions; pence?: number; setUp?: boolean } = {},
): Promise<CouncilWorld> {
  const world = await makeBookingWorld(deps, {
    funds: [
      {
        pence: options.pence ?? 48_000,
        deployment: 'council_managed',
        planCategory: 'help_at_home',
        approved: true,
      },
    ],
    ...(options.service ? { service: options.service } : {}),
  })
  const { councilId, provider } = world
  next += 1
  const supplierNumber = `SUP-${String(next)}`
  const maker = await makeFinance(deps, councilId, 'Gill Maker')
  const approver = await makeFinance(deps, councilId, 'Asif Approver')
  const supplier = { councilId, providerId: provider.providerId }
  if (options.setUp === false) {
    await deps.db.prisma.councilSupplier.deleteMany({ where: supplier })
    return { ...world, maker, approver, supplierNumber, payeeId: '' }
  }
  await standingApproval(deps, world.person)
  await deps.db.prisma.councilSupplier.updateMany({ where: supplier, data: { number: supplierNumber } })
  return { ...world, maker, approver, supplierNumber, payeeId: await makePayee(deps, provider.providerId) }
}

/** Another person of the same council, with a fund like the first one's. */
export async function anotherPerson(w: CouncilWorld): Promise<TestPerson> {
  const person = await makePerson(w.deps, w.councilId, [
    { pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true },
  ])
  await standingApproval(w.deps, person)
  return person
}

export const day = (iso: string): Date => dateColumn(Temporal.PlainDate.from(iso))
