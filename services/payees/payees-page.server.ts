import type { PayeeState } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile } from '#services/kernel/csv.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { modulusCheck } from './modulus.rules.ts'
import { PAYEE_CHECKS, PAYEE_CHECK_WORDS, PAYEE_STATE_WORDS, masked } from './payee.rules.ts'
import { paidBy, requirePayeeOf, requirePayeeReader } from './payees.policy.ts'
import { TABLE_VERSION } from './sort-code-table.ts'

const MOST = 1_000
const day = (at: Date | null): string | null => (at ? longDate(londonDate(fromDate(at))) : null)
const ORDER: Record<PayeeState, number> = { proposed: 0, cooling: 1, active: 2, replaced: 3, refused: 4 }

/**
 * Where the providers that the actor's councils pay are paid: those that wait for a check first; operators see all.
 * @throws SIGN_IN; NOT_FOUND for everybody else
 */
export async function payeesPage(deps: Pick<Deps, 'db'>, actor: Actor) {
  const { councilIds } = requirePayeeReader(actor, 'money.read')
  const of = councilIds ? paidBy(councilIds) : { payeeAccounts: { some: {} } }
  const [payees, without] = await Promise.all([
    deps.db.prisma.payeeAccount.findMany({
      where: { provider: of, state: { in: ['proposed', 'cooling', 'active'] } },
      include: { provider: { select: { name: true } } },
      orderBy: [{ proposedAt: 'desc' }, { id: 'desc' }],
      take: MOST,
    }),
    deps.db.prisma.provider.findMany({
      where: { ...of, payeeAccounts: { none: { state: 'active' } } },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
      take: MOST,
    }),
  ])
  return {
    payees: payees
      .map((one) => ({
        id: one.id,
        provider: one.provider.name,
        account: masked(one.accountNumber),
        state: one.state,
        stateWords: PAYEE_STATE_WORDS[one.state],
        check: PAYEE_CHECK_WORDS[one.payeeCheck],
        proposedOn: day(one.proposedAt) ?? '',
        usableFrom: day(one.usableFrom),
      }))
      .sort((a, b) => ORDER[a.state] - ORDER[b.state]),
    without,
  }
}

export async function payeesCsv(deps: Pick<Deps, 'db'>, actor: Actor) {
  const { payees } = await payeesPage(deps, actor)
  return {
    filename: 'bank-details.csv',
    csv: csvFile(
      ['Provider', 'Account ends in', 'State', 'Payee check', 'Asked on', 'Used from'],
      payees.map((one) => [
        one.provider,
        one.account.slice(-3),
        one.stateWords,
        one.check,
        one.proposedOn,
        one.usableFrom ?? '',
      ]),
    ),
  }
}

const RECENT_DAYS = 30

/**
 * One provider's new bank details, what is known of them, and the number to ring.
 * @throws SIGN_IN; NOT_FOUND for all but finance of a council that pays this provider and operators
 */
export async function payeePage(deps: Pick<Deps, 'db'>, actor: Actor, payeeId: string) {
  const { payee } = await requirePayeeOf(deps.db.prisma, actor, 'money.read', payeeId)
  const since = new Date(payee.proposedAt.getTime() - RECENT_DAYS * 86_400_000)
  const [users, before, changed] = await Promise.all([
    deps.db.prisma.user.findMany({
      where: {
        id: { in: [payee.proposedById, payee.checkedById, payee.calledBackById].filter((id) => id !== null) },
      },
      select: { id: true, name: true },
    }),
    deps.db.prisma.payeeAccount.findFirst({
      where: { providerId: payee.providerId, state: 'active', id: { not: payee.id } },
      select: { accountName: true, accountNumber: true },
    }),
    // Somebody who changes the telephone number first and the account next wants to be rung themselves.
    deps.db.prisma.auditEvent.findFirst({
      where: {
        subjectType: 'provider',
        subjectId: payee.providerId,
        action: 'provider.details_saved',
        at: { gte: since },
      },
      orderBy: { at: 'desc' },
      select: { at: true },
    }),
  ])
  const name = (id: string | null): string | null => users.find((one) => one.id === id)?.name ?? null
  return {
    id: payee.id,
    provider: { id: payee.providerId, name: payee.provider.name, kind: payee.provider.kind },
    phone: payee.provider.phone,
    detailsChangedOn: day(changed?.at ?? null),
    state: payee.state,
    stateWords: PAYEE_STATE_WORDS[payee.state],
    accountName: payee.accountName,
    account: masked(payee.accountNumber),
    modulus: modulusCheck(payee.sortCode, payee.accountNumber),
    tableVersion: TABLE_VERSION,
    before: before ? { name: before.accountName, account: masked(before.accountNumber) } : null,
    proposed: { by: name(payee.proposedById), on: day(payee.proposedAt) },
    check: { result: payee.payeeCheck, words: PAYEE_CHECK_WORDS[payee.payeeCheck], by: name(payee.checkedById), on: day(payee.checkedAt) }, // prettier-ignore
    callBack: payee.calledBackAt
      ? { by: name(payee.calledBackById), on: day(payee.calledBackAt), note: payee.callBackNote }
      : null,
    usableFrom: day(payee.usableFrom),
    checks: PAYEE_CHECKS.map((value) => ({ value, label: PAYEE_CHECK_WORDS[value] })),
  }
}

/**
 * Where a provider is paid, and what it has asked to change.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for workers
 */
export async function bankDetailsPage(deps: Pick<Deps, 'db'>, actor: Actor, org: string | null) {
  const { providerId, role } = providerInView(actor, org)
  requireMember(actor, providerId, 'see_money')
  const [provider, rows] = await Promise.all([
    deps.db.prisma.provider.findUniqueOrThrow({
      where: { id: providerId },
      select: { name: true, phone: true },
    }),
    deps.db.prisma.payeeAccount.findMany({
      where: { providerId },
      orderBy: [{ proposedAt: 'desc' }, { id: 'desc' }],
      take: 20,
    }),
  ])
  const shown = rows.map((row) => ({
    id: row.id,
    state: row.state,
    stateWords: PAYEE_STATE_WORDS[row.state],
    name: row.accountName,
    account: masked(row.accountNumber),
    proposedOn: day(row.proposedAt) ?? '',
    usableFrom: day(row.usableFrom),
    endedOn: day(row.endedAt),
  }))
  return {
    org: providerId,
    provider: provider.name,
    phone: provider.phone,
    mayChange: role === 'owner',
    active: shown.find(({ state }) => state === 'active') ?? null,
    coming: shown.find(({ state }) => state === 'proposed' || state === 'cooling') ?? null,
    past: shown.filter(({ state }) => state === 'replaced' || state === 'refused'),
  }
}
