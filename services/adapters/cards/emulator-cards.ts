import { type Pence, pence, subtract } from '#services/kernel/money.ts'
import type { CardControls, CardResult, Cards, CardState, LoadResult } from '#services/ports/cards.ts'
import { PaymentFault } from '#services/ports/payments.ts'
import { checkKey } from '../payments/limits.ts'
import {
  emit,
  type Emulator,
  type EmulatorKinds,
  nextReference,
  readPurse,
  type Rows,
} from './emulator-kinds.ts'

type Card = EmulatorKinds['card']
const MISSING: CardResult = { status: 'missing' }
/** How long a card lasts. */
const YEARS = 4

const stateOf = ({
  account: _account,
  replacedBy: _replacedBy,
  plastic: _plastic,
  ...state
}: Card): CardState => state

/** What a key did before; the same key for something else is a fault of ours. */
async function doneBefore(rows: Rows, key: string, asked: string): Promise<string | null> {
  const earlier = await rows.read('done', checkKey(key))
  if (earlier && earlier.asked !== asked) throw new PaymentFault('the same key for another request')
  return earlier?.reference ?? null
}
const above = (amount: Pence): void => {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new PaymentFault('an amount that is not above zero')
}

type CardsPart = Omit<Cards, 'name' | 'label' | 'receive' | 'emulator'>

export function emulatorCards(emulator: Emulator): CardsPart {
  const { atOnce } = emulator.store
  const find = async (rows: Rows, at: { account: string | null; card: string }): Promise<Card | null> => {
    const card = await rows.read('card', at.card)
    return card?.account === at.account ? card : null
  }
  const make = async (rows: Rows, what: Omit<Card, 'card' | 'last4' | 'expires' | 'replacedBy'>) => {
    const card = await nextReference(rows, 'card')
    const until = emulator.now().toZonedDateTimeISO('UTC').toPlainDate().add({ years: YEARS })
    const fresh: Card = {
      ...what,
      card,
      last4: card.replace(/\D/g, '').padStart(4, '0').slice(-4),
      expires: until.toPlainYearMonth().toString(),
      replacedBy: null,
    }
    await rows.write('card', card, fresh)
    return fresh
  }
  /** One change of one card, told when its status is another then. */
  const alter = (
    at: { account: string | null; card: string; key: string },
    asked: string,
    to: (card: Card) => Card,
  ): Promise<CardResult> =>
    atOnce(async (rows) => {
      const card = await find(rows, at)
      if (!card) return MISSING
      if (await doneBefore(rows, at.key, `${asked} ${at.card}`))
        return { status: 'done', card: stateOf(card) }
      await rows.write('done', at.key, { reference: at.card, asked: `${asked} ${at.card}` })
      const next = to(card)
      await rows.write('card', card.card, next)
      if (next.status !== card.status)
        await emit(emulator, rows, card.card, { type: 'card_changed', status: next.status })
      return { status: 'done', card: stateOf(next) }
    })
  const move = (
    { key, allocation, amount }: { key: string; allocation: string; amount: Pence },
    sign: 1 | -1,
  ): Promise<LoadResult> =>
    atOnce(async (rows) => {
      above(amount)
      const asked = JSON.stringify(['load', allocation, amount * sign])
      const purse = await readPurse(rows, allocation)
      const reference = `emulator-load-${key}`
      if (await doneBefore(rows, key, asked)) return { status: 'done', reference, balance: purse.balance }
      if (!(await rows.read('purse', allocation))) return { status: 'refused', why: 'missing' }
      const balance = pence(purse.balance + sign * amount)
      if (balance < purse.setAside) return { status: 'refused', why: 'not_enough' }
      await rows.write('purse', allocation, { ...purse, balance })
      await rows.write('done', key, { reference, asked })
      return { status: 'done', reference, balance }
    })

  return {
    issue: ({ key, allocation, account, holder, carriedBy, form, controls }) =>
      atOnce(async (rows) => {
        const asked = JSON.stringify(['issue', allocation, account, holder.id, carriedBy, form, controls])
        const earlier = await doneBefore(rows, key, asked)
        const known = earlier && (await rows.read('card', earlier))
        if (known) return { status: 'done', card: stateOf(known) }
        const card = await make(rows, {
          allocation,
          account,
          holder: holder.reference ?? `emulator-holder-${holder.id}`,
          carriedBy,
          status: form === 'plastic' ? 'waiting' : 'active',
          plastic: form === 'plastic',
          controls,
          replaces: null,
        })
        await rows.write('purse', allocation, await readPurse(rows, allocation))
        await rows.write('done', key, { reference: card.card, asked })
        return { status: 'done', card: stateOf(card) }
      }),

    read: (at) =>
      atOnce(async (rows) => {
        const card = await find(rows, at)
        return card && stateOf(card)
      }),
    freeze: (at) =>
      alter(at, 'freeze', (card) => (card.status === 'ended' ? card : { ...card, status: 'frozen' })),
    unfreeze: (at) =>
      alter(at, 'unfreeze', (card) => (card.status === 'ended' ? card : { ...card, status: 'active' })),
    end: (at) => alter(at, 'end', (card) => ({ ...card, status: 'ended' })),
    setControls: ({ controls, ...at }) =>
      alter(at, `controls ${JSON.stringify(controls satisfies CardControls)}`, (card) => ({
        ...card,
        controls,
      })),

    replace: ({ key, account, card: old, why }) =>
      atOnce(async (rows) => {
        const asked = JSON.stringify(['replace', account, old, why])
        const earlier = await doneBefore(rows, key, asked)
        const known = earlier && (await rows.read('card', earlier))
        if (known) return { status: 'done', card: stateOf(known) }
        const card = await find(rows, { account, card: old })
        if (!card) return MISSING
        const { allocation, holder, carriedBy, controls, plastic = false } = card
        const fresh = await make(rows, {
          allocation,
          account,
          holder,
          carriedBy,
          controls,
          plastic,
          status: plastic ? 'waiting' : 'active',
          replaces: old,
        })
        await rows.write('card', old, { ...card, status: 'ended', replacedBy: fresh.card })
        await rows.write('done', key, { reference: fresh.card, asked })
        if (card.status !== 'ended')
          await emit(emulator, rows, old, { type: 'card_changed', status: 'ended' })
        return { status: 'done', card: stateOf(fresh) }
      }),

    load: (what) => move(what, 1),
    unload: (what) => move(what, -1),
  }
}

/** What may be spent of a purse: never below zero. */
export const freeOf = (purse: EmulatorKinds['purse']): Pence =>
  pence(Math.max(0, subtract(purse.balance, purse.setAside)))
