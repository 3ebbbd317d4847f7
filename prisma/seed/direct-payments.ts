import type { Tx } from '#services/db/client.server.ts'
import {
  type Beginner,
  type Beginners,
  agreedOf,
  beginFund,
  beginPerson,
  noBeginners,
  writeBeginners,
} from './beginners.ts'
import type { Borough } from './borough.ts'
import { at, DAY, type Kit } from './kit.ts'
import type { SeededProvider } from './providers.ts'
import type { Streams } from './streams.ts'
import type { Users } from './users.ts'

/**
 * Two people of Thornhaugh whose direct payment begins today: nothing has come yet. They pay £15.00 a week into the same
 * account, and pay providers by bank transfer.
 */
export interface DirectPayments extends Beginners {
  councilId: string
  payee: { id: string; providerId: string; proposedById: string; at: Date }
}

const BEGINNERS: readonly Beginner[] = [
  {
    name: 'Ivy Marland',
    short: 'Ivy',
    ward: 'Saltergate',
    about:
      'I kept the ledgers of a carpet warehouse until they closed it. I am not afraid of a column of figures.',
    outcomes: ['Be up and dressed by ten', 'Choose who comes'],
  },
  {
    name: 'Leonard Speke',
    short: 'Len',
    ward: 'Kiln Bank',
    about: 'Signalman, retired. I like a thing to come when it is said to come.',
    outcomes: ['Breakfast at the table', 'Know what is in the account'],
  },
]
/** £120.00 a week: £105.00 from the council, £15.00 from the person, four weeks at a time. */
const COUNCILS = 42_000
const THEIRS = 6_000

export function makeDirectPayments(
  kit: Kit,
  borough: Borough,
  providers: readonly SeededProvider[],
  streams: Streams,
  users: Users,
): DirectPayments {
  const weavers = providers.find(({ seed }) => seed.slug === 'weavers-care')
  if (!weavers) throw new Error('Nobody is called weavers-care')
  const sinceMs = kit.nowMs - 90 * DAY
  const rows: DirectPayments = {
    ...noBeginners(),
    councilId: borough.councilId.thornhaugh,
    payee: {
      id: kit.id(sinceMs),
      providerId: weavers.id,
      proposedById: weavers.memberIds[0] ?? '',
      at: at(sinceMs),
    },
  }
  for (const beginner of BEGINNERS) addBeginner(kit, borough, streams, users, rows, beginner)
  return rows
}

function addBeginner(
  kit: Kit,
  borough: Borough,
  streams: Streams,
  users: Users,
  rows: DirectPayments,
  beginner: Beginner,
): void {
  const { councilId } = rows
  const agreedMs = agreedOf(kit)
  const budget = beginPerson(kit, borough, users, rows, councilId, beginner)
  const { personId, startsOn, endsOn } = budget
  const fund = (streamId: string, each: number, towardsId: string | null): string =>
    beginFund(kit, rows, {
      budget,
      streamId,
      each,
      deployment: 'direct_payment_bank',
      chosenBecause: towardsId ? '' : 'I want to pay the bills myself.',
      explainedBy: towardsId ? '' : 'Sian Beckett, adviser',
      payBy: 'bank_transfer',
      towardsId,
    })
  const main = fund(streams.thornhaugh.social_care.id, COUNCILS, null)
  fund(streams.thornhaugh.contribution.id, THEIRS, main)
  rows.planLine.push({
    id: kit.id(agreedMs),
    allocationId: main,
    categoryCode: 'personal_care',
    weeklyPence: 12_000,
    approvedAt: at(agreedMs + DAY),
    approvedById: users.byName.get('Sian Beckett')?.id ?? null,
    startsOn,
    endsOn,
  })
  rows.assessment.push({
    id: kit.id(agreedMs),
    personId,
    councilId,
    method: 'net_pay_in',
    weeklyPence: THEIRS / 4,
    startsOn,
    endsOn: null,
    reason: 'From the assessment of income and savings.',
    decidedAt: at(agreedMs),
  })
}

/** Last of all, because others may have written what a council says about its money, or where a provider is paid. */
export async function writeDirectPayments(tx: Tx, rows: DirectPayments): Promise<void> {
  await writeBeginners(tx, rows)
  // Thornhaugh says itself what it has paid; Aldermere leaves it to the calendar.
  await tx.$executeRaw`
    insert into council_money (council_id, instalments_arrive, updated_at) values (${rows.councilId}::uuid, 'recorded', ${rows.payee.at})
    on conflict (council_id) do update set instalments_arrive = 'recorded'`
  const { id, providerId, proposedById, at: since } = rows.payee
  await tx.$executeRaw`
    insert into payee_account (id, provider_id, state, account_name, sort_code, account_number, payee_check, checked_at, called_back_at,
      call_back_note, proposed_by_id, proposed_at, usable_from)
    select ${id}::uuid, ${providerId}::uuid, 'active', 'Weavers Care Co-op', '000012', '00314159', 'match', ${since}, ${since},
      'Rang the office on the number from the contract; they read it out.', ${proposedById}::uuid, ${since}, ${since}
    where not exists (select 1 from payee_account where provider_id = ${providerId}::uuid and state = 'active')`
}
