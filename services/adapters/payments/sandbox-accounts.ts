import { pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type {
  AccountState,
  ConnectedAccounts,
  Listed,
  Movement,
  PaymentBooks,
  PayoutState,
} from '#services/ports/payment-accounts.ts'
import { checkKey } from './limits.ts'
import type { Rows, Sandbox, SandboxKinds } from './sandbox-kinds.ts'
import { fromSeconds, toSeconds } from './vendor.ts'

const AT_ONCE = 100
/** A page of the sandbox's accounts is open for this long. */
const LINK_MINUTES = 5

export const accountState = ({ account, status, collectsDebits }: SandboxKinds['account']): AccountState => ({
  account,
  status,
  takesPayments: status === 'ready',
  paysOut: status === 'ready',
  collectsDebits: status === 'ready' && collectsDebits,
  missing:
    status === 'new'
      ? ['name', 'address', 'bank_account', 'agreement']
      : status === 'more_needed' || status === 'paused'
        ? ['identity_document']
        : [],
  dueBy: null,
})

const movementOf = (row: SandboxKinds['movement']): Movement => ({
  reference: row.reference,
  kind: row.kind,
  gross: row.gross,
  fee: row.fee,
  net: pence(row.gross - row.fee),
  at: fromSeconds(row.at),
  availableAt: fromSeconds(row.at),
  paymentReference: row.paymentReference,
  payment: row.payment,
  source: row.source,
})
const payoutState = (row: SandboxKinds['payout']): PayoutState => ({
  reference: row.reference,
  status: row.status,
  amount: row.amount,
  createdAt: fromSeconds(row.at),
  arrivesOn: fromSeconds(row.at).toZonedDateTimeISO('UTC').toPlainDate().add({ days: 2 }),
  why: row.why,
})

const isWithin = (
  row: { at: number },
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): boolean => row.at >= toSeconds(from) && row.at < toSeconds(until)

/** A page of an account's rows that fit, newest first. */
async function pageOf<Kind extends 'movement' | 'payout', Out>(
  rows: Rows,
  kind: Kind,
  { account, after = null }: { account: string; after?: string | null },
  read: (row: SandboxKinds[Kind]) => Out,
  fits: (row: SandboxKinds[Kind]) => boolean,
): Promise<Listed<Out>> {
  const found: SandboxKinds[Kind][] = []
  let from = after
  do {
    const some = await rows.list(kind, { group: account, newestFirst: true, after: from, limit: AT_ONCE })
    found.push(...some.filter(fits))
    from = some.length === AT_ONCE ? (some.at(-1)?.reference ?? null) : null
  } while (from && found.length <= AT_ONCE)
  const page = found.slice(0, AT_ONCE)
  return { rows: page.map(read), next: found.length > AT_ONCE ? (page.at(-1)?.reference ?? null) : null }
}

export function sandboxAccounts(sandbox: Sandbox): ConnectedAccounts & PaymentBooks {
  const { atOnce } = sandbox.store
  return {
    openAccount: ({ key, owner, collectsDebits = false }) =>
      atOnce(async (rows) => {
        const account = `sandbox-account-${checkKey(key)}`
        if (!(await rows.read('account', account)))
          await rows.write('account', account, { account, owner, status: 'new', collectsDebits })
        return { account }
      }),
    onboardingLink: ({ account, doneUrl }) =>
      atOnce(async (rows) => {
        const reference = `sandbox-page-${account}`
        await rows.write('page', reference, {
          reference,
          kind: 'account',
          amount: null,
          words: 'Who you are and where money goes',
          doneUrl,
          backUrl: doneUrl,
          of: account,
        })
        return { url: sandbox.pageUrl(reference), until: sandbox.now().add({ minutes: LINK_MINUTES }) }
      }),
    dashboardLink: ({ account }) =>
      atOnce(async (rows) => {
        const found = await rows.read('account', account)
        return !found || found.status === 'new' || found.status === 'closed'
          ? null
          : { url: sandbox.pageUrl(account) }
      }),
    readAccount: (account) =>
      atOnce(async (rows) => {
        const found = await rows.read('account', account)
        return found && accountState(found)
      }),

    listMovements: (at) =>
      atOnce((rows) =>
        pageOf(rows, 'movement', at, movementOf, (row) =>
          'payout' in at ? row.payout === at.payout : isWithin(row, at),
        ),
      ),
    listPayouts: (at) =>
      atOnce((rows) => pageOf(rows, 'payout', at, payoutState, (row) => isWithin(row, at))),
    readPayout: ({ account, reference }) =>
      atOnce(async (rows) => {
        const found = await rows.read('payout', reference)
        return found?.account === account ? payoutState(found) : null
      }),
  }
}
