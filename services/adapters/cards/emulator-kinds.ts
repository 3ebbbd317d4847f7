import type { Pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { CardEvent, CardState, Merchant } from '#services/ports/cards.ts'
import type { SandboxRows, SandboxStore } from '../sandbox/store.ts'

/** What the emulator keeps. JSON all through: moments are seconds since 1970. */
export interface EmulatorKinds {
  card: CardState & {
    account: string | null
    replacedBy: string | null
    /** It comes in the post, and so does what takes its place. */
    plastic?: boolean
  }
  /** The money on the cards of one allocation. */
  purse: { allocation: string; balance: Pence; setAside: Pence }
  /** What a key did. */
  done: { reference: string; asked: string }
  authorisation: {
    authorisation: string
    card: string
    allocation: string
    amount: Pence
    merchant: Merchant
    cash: boolean
    at: number
    state: 'open' | 'cleared' | 'reversed' | 'declined'
    transaction: string | null
  }
  transaction: {
    transaction: string
    authorisation: string
    card: string
    allocation: string
    amount: Pence
    refunded: Pence
    merchant: Merchant
  }
  event: { id: string; body: string }
  counter: { last: number }
}
export type Rows = SandboxRows<EmulatorKinds>
export interface Emulator {
  store: SandboxStore<EmulatorKinds>
  now: () => Temporal.Instant
  /** Told of what the ledger threw when it was asked. */
  report: (error: unknown) => void
}

type Head = 'id' | 'at' | 'card'
type Said = CardEvent extends infer Event ? (Event extends CardEvent ? Omit<Event, Head> : never) : never

export async function nextReference(rows: Rows, kind: string): Promise<string> {
  const last = ((await rows.read('counter', kind))?.last ?? 0) + 1
  await rows.write('counter', kind, { last })
  return `emulator-${kind}-${String(last)}`
}

/** Puts an event where deliveries are taken from. */
export async function emit(emulator: Emulator, rows: Rows, card: string, said: Said): Promise<void> {
  const id = await nextReference(rows, 'evt')
  const at = emulator.now().round('second').toString()
  await rows.write('event', id, { id, body: JSON.stringify({ id, at, card, ...said }) })
}

export const readPurse = async (rows: Rows, allocation: string): Promise<EmulatorKinds['purse']> =>
  (await rows.read('purse', allocation)) ?? { allocation, balance: 0 as Pence, setAside: 0 as Pence }
