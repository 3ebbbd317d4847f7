/** A fund that somebody holds for a person, an agreement about it, and visits that it owes for. */
import type { HeldDeployment } from '#services/holding/paying.rules.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, Temporal, toDate } from '#services/kernel/time.ts'
import type { TestHouse } from '#tests/support/house.ts'
import { type BookingWorld, makeBookingWorld } from './bookings.ts'
import { makeStaff } from './circle.ts'
import { settledVisits } from './settled.ts'
import { userActor } from './world.ts'

const day = (iso: string): Date => dateColumn(Temporal.PlainDate.from(iso))

export interface AgreementOptions {
  mostAtOncePence?: number | null
  ownServices?: string
  startsOn?: string
  endsOn?: string | null
  feeRates?: { from: string; pence: number }[]
  standing?: boolean
  reviewDueOn?: string
  insuranceEndsOn?: string
}

export async function makeHeldWorld(
  house: TestHouse,
  deployment: HeldDeployment,
  { agreement, pence = 48_000 }: { agreement?: AgreementOptions | null; pence?: number } = {},
) {
  const { deps } = house
  const w: BookingWorld = await makeBookingWorld(deps, { funds: [{ pence, deployment }] })
  const allocationId = w.person.allocationIds[0] ?? ''
  const { holderProviderId } = await deps.db.prisma.allocation.findUniqueOrThrow({
    where: { id: allocationId },
    select: { holderProviderId: true },
  })
  const holderId = holderProviderId ?? ''
  const members = await deps.db.prisma.member.findMany({ where: { providerId: holderId } })
  const memberActor = (role: 'owner' | 'worker') => {
    const member = members.find((one) => one.role === role)
    return userActor(member?.userId ?? '', {
      providers: [{ providerId: holderId, memberId: member?.id ?? '', role }],
    })
  }
  const staff = async (role: 'adviser' | 'finance', councilId = w.councilId) =>
    userActor(await makeStaff(deps, councilId, [role]), { staff: [{ councilId, roles: [role] }] })
  const agreementId = agreement === null ? null : newId()
  if (agreementId) {
    const { standing, feeRates = [], startsOn = '2026-10-01', endsOn, ...rest } = agreement ?? {}
    await deps.db.prisma.fundAgreement.create({
      data: {
        id: agreementId,
        allocationId,
        holderProviderId: holderId,
        terms: 'Help at home.',
        ownServices: rest.ownServices ?? '',
        mostAtOncePence: rest.mostAtOncePence ?? null,
        startsOn: day(startsOn),
        endsOn: endsOn ? day(endsOn) : null,
        reviewDueOn: rest.reviewDueOn ? day(rest.reviewDueOn) : null,
        insuranceEndsOn: rest.insuranceEndsOn ? day(rest.insuranceEndsOn) : null,
        feeRates,
        feeWeeklyPence: feeRates.at(-1)?.pence ?? 0,
        standingSince: standing ? toDate(deps.clock.now()) : null,
        standingById: standing ? w.person.actor.userId : null,
        createdAt: toDate(deps.clock.now()),
      },
    })
  }
  return {
    w,
    deps,
    allocationId,
    agreementId: agreementId ?? '',
    holderId,
    personId: w.person.personId,
    person: w.person.actor,
    holder: memberActor('owner'),
    worker: memberActor('worker'),
    adviser: await staff('adviser'),
    staff,
  }
}
export type HeldWorld = Awaited<ReturnType<typeof makeHeldWorld>>

/** Visits that were said yes to and settled, each £27.50; @returns what is owed, in the order of their days */
export async function oweFor(house: TestHouse, h: HeldWorld, dates: readonly string[]): Promise<string[]> {
  await settledVisits(house, h.w, dates)
  return (await payablesOf(h)).map(({ id }) => id)
}

export const payablesOf = (h: HeldWorld) =>
  h.deps.db.prisma.payable.findMany({
    where: { allocationId: h.allocationId },
    orderBy: [{ onDay: 'asc' }, { id: 'asc' }],
  })
