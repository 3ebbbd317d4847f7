import { type Pence, pence, total } from '#services/kernel/money.ts'
import type { CardsEmulator, PurchaseResult } from '#services/ports/cards-emulator.ts'
import type { AuthoriseAnswer, AuthoriseRequest, CardDecline, CardStatus } from '#services/ports/cards.ts'
import { PaymentFault } from '#services/ports/payments.ts'
import { fromSeconds, toSeconds } from '../payments/vendor.ts'
import { sign } from '../sandbox/signature.server.ts'
import { controlsRefuse, isCash, type Spent } from '#services/ports/card-controls.ts'
import {
  emit,
  type Emulator,
  type EmulatorKinds,
  nextReference,
  readPurse,
  type Rows,
} from './emulator-kinds.ts'
import { freeOf } from './emulator-cards.ts'

const UNUSABLE: Readonly<Record<Exclude<CardStatus, 'active'>, CardDecline>> = {
  waiting: 'not_active',
  frozen: 'frozen',
  ended: 'ended',
}
/** As many purchases of a card in a month as are added up. */
const IN_A_MONTH = 1_000

/** What the card spent in the day and the month that it is in London. */
async function spentOf(emulator: Emulator, rows: Rows, card: string): Promise<Spent> {
  const made = await rows.list('authorisation', { group: card, newestFirst: true, limit: IN_A_MONTH })
  const today = emulator.now().toZonedDateTimeISO('Europe/London').toPlainDate()
  const live = made
    .filter(({ state }) => state === 'open' || state === 'cleared')
    .map((row) => ({ ...row, on: fromSeconds(row.at).toZonedDateTimeISO('Europe/London').toPlainDate() }))
  const sum = (fits: (on: typeof today) => boolean): Pence =>
    total(live.filter(({ on }) => fits(on)).map(({ amount }) => amount))
  return {
    day: sum((on) => on.equals(today)),
    month: sum((on) => on.year === today.year && on.month === today.month),
  }
}

/** What the world does with a card. A scheme asks in this order: the card, its controls, its balance, then the ledger. */
export function emulatorControl(emulator: Emulator, secret: string): CardsEmulator {
  const { atOnce } = emulator.store

  const settle = async (
    rows: Rows,
    purchase: EmulatorKinds['authorisation'],
    answer: AuthoriseAnswer,
  ): Promise<PurchaseResult> => {
    const { authorisation, card, amount, merchant, cash } = purchase
    await rows.write(
      'authorisation',
      authorisation,
      { ...purchase, state: answer.approve ? 'open' : 'declined' },
      card,
    )
    const about = { authorisation, amount, merchant, cash }
    if (!answer.approve) {
      const { reason, upTo } = answer
      await emit(emulator, rows, card, { type: 'declined', ...about, reason, upTo })
      return { status: 'declined', authorisation, reason, upTo }
    }
    await emit(emulator, rows, card, { type: 'authorised', ...about })
    return { status: 'approved', authorisation }
  }

  return {
    async purchase({ card: reference, amount, merchant, cash = isCash(merchant.mcc) }, authorise) {
      if (!Number.isSafeInteger(amount) || amount <= 0)
        throw new PaymentFault('a purchase that is not above zero')
      const asked = await atOnce(async (rows) => {
        const card = await rows.read('card', reference)
        const allocation = card?.allocation ?? ''
        const purchase: EmulatorKinds['authorisation'] = {
          authorisation: await nextReference(rows, 'auth'),
          card: reference,
          allocation,
          amount,
          merchant,
          cash,
          at: toSeconds(emulator.now()),
          state: 'declined',
          transaction: null,
        }
        const no = async (reason: CardDecline, upTo: Pence | null) => ({
          result: await settle(rows, purchase, { approve: false, reason, upTo }),
        })
        if (!card) return no('scheme_said_no', null)
        if (card.status !== 'active') return no(UNUSABLE[card.status], null)
        const refusal = controlsRefuse(
          card.controls,
          { amount, mcc: merchant.mcc, cash },
          await spentOf(emulator, rows, reference),
        )
        if (refusal) return no(refusal.reason, refusal.upTo)
        const purse = await readPurse(rows, allocation)
        if (amount > freeOf(purse)) return no('not_enough', freeOf(purse))
        // Set aside while the ledger is asked, so that two purchases at once cannot both have it.
        await rows.write('purse', allocation, { ...purse, setAside: pence(purse.setAside + amount) })
        return { purchase }
      })
      if ('result' in asked) return asked.result
      const { purchase } = asked
      const request: AuthoriseRequest = {
        authorisation: purchase.authorisation,
        card: reference,
        allocation: purchase.allocation,
        amount,
        merchant,
        cash,
        at: fromSeconds(purchase.at),
      }
      const answer = await authorise(request).catch((error: unknown): AuthoriseAnswer => {
        emulator.report(error)
        return { approve: false, reason: 'no_answer', upTo: null }
      })
      return atOnce(async (rows) => {
        if (!answer.approve) {
          const purse = await readPurse(rows, purchase.allocation)
          await rows.write('purse', purse.allocation, {
            ...purse,
            setAside: pence(purse.setAside - amount),
          })
        }
        return settle(rows, purchase, answer)
      })
    },

    clear: (authorisation, changed) =>
      atOnce(async (rows) => {
        const purchase = await rows.read('authorisation', authorisation)
        if (purchase?.state !== 'open') return null
        const { card, allocation, merchant, cash } = purchase
        const amount = changed ?? purchase.amount
        const purse = await readPurse(rows, allocation)
        const transaction = await nextReference(rows, 'txn')
        await rows.write('purse', allocation, {
          ...purse,
          balance: pence(purse.balance - amount),
          setAside: pence(purse.setAside - purchase.amount),
        })
        await rows.write('authorisation', authorisation, { ...purchase, state: 'cleared', transaction })
        await rows.write('transaction', transaction, {
          transaction,
          authorisation,
          card,
          allocation,
          amount,
          refunded: pence(0),
          merchant,
        })
        await emit(emulator, rows, card, {
          type: 'cleared',
          transaction,
          authorisation,
          amount,
          merchant,
          cash,
        })
        return { transaction }
      }),

    reverse: (authorisation) =>
      atOnce(async (rows) => {
        const purchase = await rows.read('authorisation', authorisation)
        if (purchase?.state !== 'open') return false
        const purse = await readPurse(rows, purchase.allocation)
        await rows.write('purse', purse.allocation, {
          ...purse,
          setAside: pence(purse.setAside - purchase.amount),
        })
        await rows.write('authorisation', authorisation, { ...purchase, state: 'reversed' })
        await emit(emulator, rows, purchase.card, { type: 'reversed', authorisation })
        return true
      }),

    refund: (of, amount) =>
      atOnce(async (rows) => {
        const paid = await rows.read('transaction', of)
        if (!paid || amount <= 0 || amount > paid.amount - paid.refunded) return null
        const { authorisation, card, allocation, merchant } = paid
        const purse = await readPurse(rows, allocation)
        await rows.write('purse', allocation, { ...purse, balance: pence(purse.balance + amount) })
        await rows.write('transaction', of, { ...paid, refunded: pence(paid.refunded + amount) })
        const transaction = await nextReference(rows, 'txn')
        await emit(emulator, rows, card, { type: 'refunded', transaction, authorisation, amount, merchant })
        return { transaction }
      }),

    balance: (allocation) =>
      atOnce(async (rows) => {
        const { balance, setAside } = await readPurse(rows, allocation)
        return { balance, setAside }
      }),

    deliveries: (limit) =>
      atOnce(async (rows) =>
        (await rows.list('event', { limit })).map(({ id, body }) => ({
          id,
          body,
          signature: sign(secret, body, emulator.now()),
        })),
      ),
    delivered: (ids) => atOnce((rows) => rows.remove('event', ids)),
  }
}
