import { Temporal } from '#services/kernel/time.ts'
import type { CardsEmulator } from '#services/ports/cards-emulator.ts'
import type { CardEvent, CardReply, Cards } from '#services/ports/cards.ts'
import { ageTaken, textOf } from '../payments/webhook-age.ts'
import { isSigned } from '../sandbox/signature.server.ts'
import { emulatorCards } from './emulator-cards.ts'
import { emulatorControl } from './emulator-control.server.ts'
import type { Emulator } from './emulator-kinds.ts'

const TYPES: Readonly<Record<Exclude<CardEvent['type'], 'unknown'>, true>> = {
  authorised: true,
  declined: true,
  reversed: true,
  cleared: true,
  refunded: true,
  card_changed: true,
}
const REPLY: CardReply = { status: 200, headers: {}, body: '' }

/**
 * An embedded card scheme: no money moves and every page says so. Cards, controls, balances and purchases behave as a
 * prepaid programme's do, and each purchase asks Kith's ledger.
 * @param secret signs its events; any text that only this installation knows
 */
export function emulatorOfCards(emulator: Emulator, secret: string): Cards & { emulator: CardsEmulator } {
  return {
    name: 'emulator',
    label: 'Demo: no money moves.',
    ...emulatorCards(emulator),
    emulator: emulatorControl(emulator, secret),
    // Its questions are asked directly, so a delivery only ever tells.
    receive(rawBody, signature) {
      const body = textOf(rawBody)
      if (!signature) return Promise.resolve({ ok: false, why: 'no_signature' })
      if (!isSigned(secret, body, signature)) return Promise.resolve({ ok: false, why: 'wrong_signature' })
      if (!ageTaken(signature, emulator.now())) return Promise.resolve({ ok: false, why: 'too_old' })
      try {
        const event = JSON.parse(body, (name, value: unknown) =>
          name === 'at' && typeof value === 'string' ? Temporal.Instant.from(value) : value,
        ) as Partial<CardEvent> & { type?: string }
        const { id, at, card = '', type } = event
        if (!id || !at || !type) return Promise.resolve({ ok: false, why: 'unreadable' })
        const known = Object.hasOwn(TYPES, type)
        return Promise.resolve({
          ok: true,
          event: known ? (event as CardEvent) : { id, at, card, type: 'unknown', name: type, odd: false },
          reply: REPLY,
        })
      } catch {
        return Promise.resolve({ ok: false, why: 'unreadable' })
      }
    },
  }
}
