import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Temporal, fromDate, plainDateOf } from '#services/kernel/time.ts'
import type { FeeRate } from './agreement.rules.ts'
import { HELD, type HeldDeployment, type PayingTerms } from './paying.rules.ts'

const rates = z.array(z.object({ from: z.string(), pence: z.number() }))

export interface Agreement extends PayingTerms {
  id: string
  feeWeeklyPence: number
  feeRates: FeeRate[]
  feeWords: string
  terms: string
  ownServices: string
  agreedWords: string
  insuranceEndsOn: Temporal.PlainDate | null
  reviewDueOn: Temporal.PlainDate | null
  createdAt: Temporal.Instant
  standingSince: Temporal.Instant | null
  standingById: string | null
  standingAuthorityId: string | null
  standingNote: string
}

/** A fund that somebody holds for a person, and what was agreed about it. */
export interface HeldAccount {
  allocationId: string
  deployment: HeldDeployment
  personId: string
  personName: string
  shortName: string
  personUserId: string | null
  councilId: string
  councilName: string
  holderId: string
  holderName: string
  holderPhone: string | null
  streamName: string
  funder: string
  streamKind: string
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate
  agreement: Agreement | null
}

const dayOf = (date: Date | null): Temporal.PlainDate | null => (date ? plainDateOf(date) : null)

interface AgreementRow {
  id: string
  holderProviderId: string
  feeWeeklyPence: number
  feeRates: unknown
  feeWords: string
  terms: string
  ownServices: string
  agreedWords: string
  mostAtOncePence: number | null
  insuranceEndsOn: Date | null
  reviewDueOn: Date | null
  startsOn: Date
  endsOn: Date | null
  createdAt: Date
  standingSince: Date | null
  standingById: string | null
  standingAuthorityId: string | null
  standingNote: string
}

/** An agreement's row in the domain's words. */
export const agreementOf = (row: AgreementRow): Agreement => ({
  id: row.id,
  feeWeeklyPence: row.feeWeeklyPence,
  feeRates: rates.parse(row.feeRates),
  feeWords: row.feeWords,
  terms: row.terms,
  ownServices: row.ownServices,
  agreedWords: row.agreedWords,
  mostAtOncePence: row.mostAtOncePence,
  insuranceEndsOn: dayOf(row.insuranceEndsOn),
  reviewDueOn: dayOf(row.reviewDueOn),
  startsOn: plainDateOf(row.startsOn).toString(),
  endsOn: dayOf(row.endsOn)?.toString() ?? null,
  createdAt: fromDate(row.createdAt),
  standing: row.standingSince !== null,
  standingSince: row.standingSince && fromDate(row.standingSince),
  standingById: row.standingById,
  standingAuthorityId: row.standingAuthorityId,
  standingNote: row.standingNote,
})

/**
 * A fund that somebody holds for a person. Whoever asks must still be allowed by a policy.
 * @throws NOT_FOUND for what is no id, no fund, or a fund that nobody holds
 */
export async function readAccount(tx: Tx, allocationId: string): Promise<HeldAccount> {
  if (!isId(allocationId)) throw notFound()
  const row = await tx.allocation.findFirst({
    where: { id: allocationId, deployment: { in: [...HELD] }, holderProviderId: { not: null } },
    include: {
      budget: { select: { person: { include: { council: { select: { name: true } } } } } },
      holder: { select: { id: true, name: true, phone: true } },
      stream: { select: { name: true, funder: true, kind: true } },
      agreement: true,
    },
  })
  const holder = row?.holder
  if (!row || !holder) throw notFound()
  const { stream } = row
  const { person } = row.budget
  return {
    allocationId: row.id,
    deployment: row.deployment as HeldDeployment,
    personId: person.id,
    personName: person.name,
    shortName: person.shortName,
    personUserId: person.userId,
    councilId: person.councilId,
    councilName: person.council.name,
    holderId: holder.id,
    holderName: holder.name,
    holderPhone: holder.phone,
    streamName: stream.name,
    funder: stream.funder,
    streamKind: stream.kind,
    startsOn: plainDateOf(row.startsOn),
    endsOn: plainDateOf(row.endsOn),
    // An agreement with somebody who held it before is not one with who holds it now.
    agreement: row.agreement?.holderProviderId === holder.id ? agreementOf(row.agreement) : null,
  }
}
