import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import { BREACH_TITLES, breachWords } from '#services/holding/breach.rules.ts'
import { pence } from '#services/kernel/money.ts'
import { purchaseCleared, purchaseHeld } from '#services/ledger/purchase-templates.rules.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import type { SeededAllocation } from './budgets.ts'
import { at, column, DAY, dayOf, HOUR, insertRows, wallMs, type Kit } from './kit.ts'
import type { SeededProvider } from './providers.ts'
import { addUser, type Users } from './users.ts'
import { notify, type World } from './world.ts'

/** Money held for somebody, as the use cases of services/holding would have left it. */
export interface Holding {
  /** By allocation. */
  agreements: ReadonlyMap<string, SeededAgreement>
  fees: Prisma.FundFeeCreateManyInput[]
  instructions: Prisma.PaymentInstructionCreateManyInput[]
  messages: Prisma.FundMessageCreateManyInput[]
  breaches: Prisma.AgreementBreachCreateManyInput[]
  /** Who answers for Evenhand. */
  answeredById: string | null
}

interface SeededAgreement {
  row: Prisma.FundAgreementCreateManyInput & { id: string }
  allocation: SeededAllocation
  holder: string
  /** The holder's own services are not named in it. */
  ownUntold: boolean
  /** What the last two Fridays would have paid waits for the person's word. */
  waits: boolean
}

interface Story {
  waits?: boolean
  /** Nobody has to be asked each time. */
  standing?: boolean
  feeWeekly?: number
  feeWords?: string
  terms?: string
  most?: number
  own?: string
  agreed?: string
  /** Days from today. */
  reviewIn?: number
  insuranceIn?: number
}

/** Those whose held funds show something of their own; the rest are as most are. */
const STORIES: Readonly<Record<string, Story>> = {
  'Jamie Calloway': {
    waits: true,
    standing: false,
    terms: 'My supporters, the Singers, and getting to both.',
    feeWords: 'The council pays Evenhand for looking after the account. It costs Jamie nothing.',
    agreed: 'At Evenhand’s office, with Owen from Say So, on two afternoons.',
    insuranceIn: 20,
  },
  'Edith Prosser': {
    standing: true,
    terms: 'Help in the morning, dinners, and the lunch table.',
    feeWords: 'The council pays Evenhand for looking after the account.',
    agreed: 'Bethan rang, read it out twice, and posted it in large print.',
    reviewIn: 25,
  },
  'Stanley Hough': {
    standing: false,
    terms: 'Nurses and physiotherapy at home. It is kept apart from the social care money.',
    feeWords: 'The NHS pays Evenhand for it.',
    agreed: 'At home, with Jean.',
    reviewIn: 140,
  },
  'Joan Ellery': {
    feeWeekly: 250,
    feeWords: 'For paying the bills and keeping the sheet.',
    terms: 'The exercises in my visits, the exercise group, and physiotherapy.',
    most: 6_000,
    own: 'A hand at home and out, when Joan chooses it.',
    agreed: 'At Joan’s kitchen table, with Daniel.',
    reviewIn: 60,
  },
  'Callum Brierley': {
    waits: true,
    feeWeekly: 400,
    feeWords: 'For paying the bills, so that no brown envelopes come.',
    terms: 'Things to get up for: the pottery, a peer to talk to, the gym.',
    most: 1_500,
    agreed: 'With Owen from Say So. Callum asked to be asked above £15.00.',
    reviewIn: 33,
  },
  'Ravi Solanki': {
    feeWeekly: 500,
    feeWords: 'For the sheet that Kiln Bank shows him each month.',
    terms: 'Support at home, the farm, and drum lessons.',
    own: 'Supported living in Kiln Bank and Skills for your first flat.',
    agreed: 'With Rowena from Thornhaugh Speaks.',
  },
  'Susan Earnshaw': { insuranceIn: -6 },
}

/** What was agreed about each fund that somebody holds now. */
export function makeHolding(
  kit: Kit,
  allocations: readonly SeededAllocation[],
  providers: readonly SeededProvider[],
  users: Users,
): Holding {
  const agreements = new Map<string, SeededAgreement>()
  for (const allocation of allocations) {
    if (allocation.payer.kind !== 'fund_holder' || allocation.endsMs < kit.nowMs) continue
    const holder = providers.find(({ id }) => id === allocation.payer.id)?.seed.name ?? ''
    agreements.set(allocation.id, agreementFor(kit, allocation, holder))
  }
  return {
    agreements,
    fees: [],
    instructions: [],
    messages: [],
    breaches: [],
    answeredById: users.byName.get('Arjun Mistry')?.id ?? null,
  }
}

function agreementFor(kit: Kit, allocation: SeededAllocation, holder: string): SeededAgreement {
  const managed = allocation.held === 'direct_payment_managed_account'
  const story = STORIES[allocation.person.seed.name] ?? {}
  const inDays = (days: number | undefined): Date | null =>
    days === undefined ? null : column(kit.today.add({ days }))
  // What happened before is judged by nobody: this is what was agreed last.
  const createdMs = Math.max(allocation.knownMs, kit.nowMs - 60 * DAY)
  const start = dayOf(wallMs(dayOf(allocation.instalments[0]?.arrivesMs ?? allocation.knownMs), 720))
  const fee = story.feeWeekly ?? 0
  const own =
    allocation.person.seed.name === 'Callum Brierley'
      ? ''
      : (story.own ?? (managed ? '' : `Support by ${holder}’s own people.`))
  const standing = managed && (story.standing ?? true)
  const [supporter] = allocation.person.supporters
  const byHolder = standing && !allocation.person.userId && supporter ? supporter : null
  return {
    allocation,
    holder,
    ownUntold: own === '' && !managed,
    waits: story.waits ?? false,
    row: {
      id: kit.id(createdMs),
      allocationId: allocation.id,
      holderProviderId: allocation.payer.id,
      feeWeeklyPence: fee,
      feeRates: fee > 0 ? [{ from: mondayFrom(start), pence: fee }] : [],
      feeWords: story.feeWords ?? (managed ? 'The council pays for looking after the account.' : ''),
      terms: story.terms ?? 'Support that was agreed in the plan.',
      ownServices: own,
      agreedWords: story.agreed ?? 'At the review, in person.',
      mostAtOncePence: story.most ?? null,
      insuranceEndsOn: inDays(story.insuranceIn),
      reviewDueOn: inDays(story.reviewIn ?? kit.rng.int(35, 300)),
      startsOn: column(start),
      endsOn: null,
      writtenById: null,
      standingSince: standing ? at(createdMs) : null,
      standingById: standing ? (byHolder?.userId ?? allocation.person.userId) : null,
      standingAuthorityId: byHolder?.authorityId ?? null,
      standingNote: byHolder ? 'On the telephone, and once more by letter.' : '',
      createdAt: at(createdMs),
      changedAt: null,
    },
  }
}

const mondayFrom = (day: ReturnType<typeof dayOf>): string =>
  day.add({ days: (8 - day.dayOfWeek) % 7 }).toString()

/** The fee of each week that is over, early on the Monday after it, as far as there is money that is free. */
export function takeFees(world: World): void {
  const { kit, time, holding } = world
  for (const agreement of holding.agreements.values()) {
    const fee = agreement.row.feeWeeklyPence ?? 0
    if (fee === 0) continue
    const first = dayOf((agreement.row.startsOn as Date).getTime() + 12 * HOUR)
    let monday = first.add({ days: (8 - first.dayOfWeek) % 7 })
    for (;;) {
      const week = monday
      const ms = wallMs(week.add({ days: 7 }), 255)
      if (ms > kit.nowMs) break
      time.at(ms, () => {
        takeFee(world, agreement, week, fee, ms)
      })
      monday = monday.add({ weeks: 1 })
    }
  }
}

function takeFee(
  world: World,
  { row, allocation, holder }: SeededAgreement,
  monday: ReturnType<typeof dayOf>,
  fee: number,
  ms: number,
): void {
  if (allocation.available < fee) return
  const id = world.kit.id(ms)
  const key = `fee:${row.id}:${monday.toString()}`
  const note = `Management fee, ${holder}`
  allocation.available -= fee
  world.book.post(
    ms,
    noted(purchaseHeld(`${key}:held`, id, [{ allocationId: allocation.id, amount: pence(fee) }]), note),
  )
  const journalId = world.book.post(
    ms,
    noted(
      purchaseCleared(`${key}:taken`, id, [
        { allocationId: allocation.id, held: pence(fee), amount: pence(fee) },
      ]),
      note,
    ),
  )
  world.holding.fees.push({
    id,
    agreementId: row.id,
    weekStartsOn: column(monday),
    pence: fee,
    takenAt: at(ms),
    journalId,
    backPence: 0,
  })
}

const ALSO_SIGN_IN = ['open-door-aldermere', 'fenside-support']

/** Who runs these signs in, too. Made last, so that the ids of all others stay as they were. */
export function letOwnersSignIn(
  kit: Kit,
  users: Users,
  providers: readonly SeededProvider[],
  members: Prisma.MemberCreateManyInput[],
): void {
  for (const slug of ALSO_SIGN_IN) {
    const provider = providers.find(({ seed }) => seed.slug === slug)
    const owner = members.find(({ id }) => id === provider?.memberIds[0])
    if (!provider || !owner) throw new Error(`Nobody runs ${slug}`)
    owner.userId = addUser(kit, users, owner.name, provider.joinedMs)
    owner.email = users.byName.get(owner.name)?.email ?? null
  }
}

/** Written after what it names: allocations, payables, payments and journals. */
export async function writeHolding(tx: Tx, holding: Holding): Promise<void> {
  await insertRows(
    tx,
    'fund_agreement',
    [...holding.agreements.values()].map(({ row }) => row),
  )
  await insertRows(tx, 'fund_fee', holding.fees)
  await insertRows(tx, 'payment_instruction', holding.instructions)
  await insertRows(tx, 'fund_message', holding.messages)
  await insertRows(tx, 'agreement_breach', holding.breaches)
}

/** Whether a Friday's payment of this fund waits, because the person has not said "pay this". */
export function waitsForWord(
  world: World,
  allocation: SeededAllocation,
  payables: World['paying']['payables'],
  ms: number,
): boolean {
  const { kit, holding } = world
  if (ms <= kit.nowMs - 13 * DAY || !holding.agreements.get(allocation.id)?.waits) return false
  // The die that its payment would have thrown, so that the rest of the borough stays as it is.
  if (payables.some(({ createdAt }) => (createdAt as Date).getTime() > ms - 7 * DAY)) kit.rng.next()
  return true
}

/** Whose word there was for each payment, what waits for an answer, and what is not as agreed. */
export function tellHolders(world: World): void {
  for (const agreement of world.holding.agreements.values()) {
    instructed(world, agreement)
    if (agreement.allocation.person.seed.name === 'Jamie Calloway') waitingOf(world, agreement)
    if (agreement.ownUntold) paidItself(world, agreement)
  }
}

type Instruction = Prisma.PaymentInstructionCreateManyInput

function instruction(
  world: World,
  agreement: SeededAgreement,
  payable: World['paying']['payables'][number],
  ms: number,
  changes: Partial<Instruction>,
): void {
  const { row, allocation } = agreement
  world.holding.instructions.push({
    id: world.kit.id(ms),
    allocationId: allocation.id,
    personId: allocation.person.id,
    holderId: allocation.payer.id,
    payableId: payable.id ?? null,
    pence: payable.pence,
    state: 'done',
    note: '',
    askedById: row.standingById ?? allocation.person.userId,
    authorityId: row.standingAuthorityId ?? null,
    askedAt: at(ms),
    answeredById: null,
    answeredAt: null,
    answer: '',
    ...changes,
  })
}

/** A managed account paid what its person said; a fund asked above what was agreed for one payment. */
function instructed(world: World, agreement: SeededAgreement): void {
  const { row, allocation } = agreement
  const managed = allocation.held === 'direct_payment_managed_account'
  for (const payable of world.paying.payables) {
    if (payable.allocationId !== allocation.id || payable.pence <= 0 || !payable.paymentId) continue
    if (!managed && (!row.mostAtOncePence || payable.pence <= row.mostAtOncePence)) continue
    const ms = Math.max((payable.createdAt as Date).getTime(), (row.createdAt as Date).getTime())
    const standing = row.standingSince ? { note: 'By the standing instruction' } : {}
    instruction(world, agreement, payable, ms, { ...standing, answeredAt: at(ms + HOUR) })
  }
}

/** One request waits, one was refused, the rest wait for a word; and a question waits for its answer. */
function waitingOf(world: World, agreement: SeededAgreement): void {
  const { kit, holding } = world
  const { allocation, holder } = agreement
  const due = world.paying.payables
    .filter((one) => one.allocationId === allocation.id && one.state === 'due' && one.pence > 0)
    .sort((a, b) => (a.onDay as Date).getTime() - (b.onDay as Date).getTime())
  const [, asked, refused] = due
  if (asked) instruction(world, agreement, asked, kit.nowMs - 30 * HOUR, { state: 'asked' })
  if (refused) {
    const ms = kit.nowMs - 52 * HOUR
    instruction(world, agreement, refused, ms, {
      state: 'refused',
      answeredById: holding.answeredById,
      answeredAt: at(ms + 20 * HOUR),
      answer:
        'Tom’s sheet says two hours and you said yes to three. Ask him to put it right, then tell us again.',
    })
    notify(world, ms + 20 * HOUR, { personId: allocation.person.id }, () => ({
      kind: 'payment.refused',
      title: `${holder} did not pay something`,
      body: 'It is still owed. Read why, and what you can do: ask again, ring them, or talk to your council.',
      path: `/my/money/held/${allocation.id}`,
      subjectId: allocation.id,
    }))
  }
  const ms = kit.nowMs - 50 * HOUR
  holding.messages.push({
    id: kit.id(ms),
    allocationId: allocation.id,
    holderId: allocation.payer.id,
    words: 'Can I pay for a railcard from this? I would use it to get to college.',
    askedById: allocation.person.userId,
    authorityId: null,
    askedAt: at(ms),
    answer: '',
    answeredById: null,
    answeredAt: null,
  })
}

/** The holder's own service was paid, and the agreement does not name it: the job found it the morning after. */
function paidItself(world: World, agreement: SeededAgreement): void {
  const { row, allocation, holder } = agreement
  const since = (row.createdAt as Date).getTime()
  const first = world.paying.payments
    .filter(
      (payment) =>
        payment.method === 'fund_holder' &&
        payment.payerId === allocation.payer.id &&
        payment.providerId === allocation.payer.id &&
        payment.personId === allocation.person.id &&
        (payment.startedAt as Date).getTime() >= since,
    )
    .sort((a, b) => (a.startedAt as Date).getTime() - (b.startedAt as Date).getTime())[0]
  if (!first) return
  const paidMs = (first.startedAt as Date).getTime()
  const ms = wallMs(dayOf(paidMs).add({ days: 1 }), 285)
  if (ms > world.kit.nowMs) return
  const line = world.paying.payables.find(
    (one) => one.paymentId === first.id && one.allocationId === allocation.id && one.pence > 0,
  )
  const kind = 'own_service_not_told'
  const found = { kind, pence: line?.pence ?? first.pence, provider: holder, on: dayOf(paidMs) } as const
  const words = breachWords(found, holder)
  world.holding.breaches.push({
    id: world.kit.id(ms),
    agreementId: row.id,
    kind,
    words,
    subjectId: first.id ?? null,
    foundAt: at(ms),
    closedAt: null,
    closedById: null,
    closedWhy: '',
  })
  notify(world, ms, { personId: allocation.person.id }, () => ({
    kind: 'payment.breach',
    title: BREACH_TITLES[kind],
    body: `${words} Your council has been told. Nothing you have booked changes.`,
    path: `/my/money/held/${allocation.id}`,
    subjectId: allocation.id,
  }))
}
