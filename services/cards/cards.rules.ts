/** Pure decisions about prepaid cards: what a programme allows, who a shop is, what may be pressed. */
import { type Pence, pence, smaller } from '#services/kernel/money.ts'
import type { CardControls, CardDecline } from '#services/ports/cards.ts'

export interface ProgrammeLimits {
  allowedMerchants: readonly string[]
  blockedMerchants: readonly string[]
  mostAtOncePence: number | null
  mostADayPence: number | null
  mostAMonthPence: number | null
  cashAllowed: boolean
}

const limit = (amount: number | null): Pence | null => (amount === null ? null : pence(amount))

/** What a programme agrees, in the port's words. Kinds of shop that are named as allowed are the only ones. */
export function controlsOf(programme: ProgrammeLimits): CardControls {
  const { allowedMerchants: only, blockedMerchants: not } = programme
  return {
    shops: only.length > 0 ? { only: [...only] } : not.length > 0 ? { not: [...not] } : null,
    perPurchase: limit(programme.mostAtOncePence),
    perDay: limit(programme.mostADayPence),
    perMonth: limit(programme.mostAMonthPence),
    cash: programme.cashAllowed,
  }
}

export type CardState = 'waiting' | 'active' | 'frozen' | 'replaced' | 'closed'

/** Why a card cannot pay now; null when it can. */
export function stateRefuses(state: CardState): CardDecline | null {
  switch (state) {
    case 'active':
      return null
    case 'waiting':
      return 'not_active'
    case 'frozen':
      return 'frozen'
    case 'replaced':
    case 'closed':
      return 'ended'
  }
}

export const CARD_PRESSES = ['freeze', 'unfreeze', 'replace', 'end'] as const
export type CardPress = (typeof CARD_PRESSES)[number]
/** What can be done with a card that stands so. */
export const pressesOf = (state: CardState): readonly CardPress[] => {
  switch (state) {
    case 'waiting':
      return ['unfreeze', 'replace']
    case 'active':
      return ['freeze', 'replace']
    case 'frozen':
      return ['unfreeze', 'replace']
    case 'replaced':
    case 'closed':
      return []
  }
}

/** What a council's finance may do with a card. A card in the post is started by whoever gets it. */
export const COUNCIL_PRESSES = ['freeze', 'unfreeze', 'end'] as const
export type CouncilPress = (typeof COUNCIL_PRESSES)[number]
export const councilPressesOf = (state: CardState): readonly CouncilPress[] => {
  switch (state) {
    case 'waiting':
      return ['end']
    case 'active':
      return ['freeze', 'end']
    case 'frozen':
      return ['unfreeze', 'end']
    case 'replaced':
    case 'closed':
      return []
  }
}

/** Why a council did so: its code is kept; colleagues read the label, and the person is told the sentence. */
export const PRESS_REASONS = {
  asked: { label: 'The person asked for it', told: 'you, or somebody who acts for you, asked for it' },
  misuse: { label: 'Somebody else may be using it', told: 'somebody else may be using it' },
  agreement: {
    label: 'It was used for what is not agreed',
    told: 'it was used for what is not agreed for this fund',
  },
  over: { label: 'The fund is no longer on this card', told: 'this fund is no longer on this card' },
  cleared_up: { label: 'The question is cleared up', told: 'the question about it is cleared up' },
} as const
export type PressReason = keyof typeof PRESS_REASONS
export const PRESS_REASON_CODES = Object.keys(PRESS_REASONS) as [PressReason, ...PressReason[]]

/**
 * What the ledger answers about the balance: what is left decides, to the penny.
 * @param room the most that the card's limits still let through; null when there is none
 * @returns null when it is enough, else the most that would have worked (null: nothing would)
 */
export function balanceRefuses(
  amount: Pence,
  available: Pence,
  room: Pence | null,
): { upTo: Pence | null } | null {
  if (amount <= available) return null
  const most = room === null ? available : smaller(available, room)
  return { upTo: most > 0 ? most : null }
}

const COMPANY = /\b(ltd|limited|plc|llp|cic|cio|co)\b/g
const words = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’`]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(COMPANY, ' ')
    .replace(/ +/g, ' ')
    .trim()

/** Shops write their name with a town behind it, and cut it after 22 letters or more (ISO 8583, field 43). */
const CUT_AFTER = 22

/** Whether a shop on a card is the seller or provider that we know by this name. Nothing else than the name counts. */
export function sameSeller(merchant: string, known: string): boolean {
  const [shop, name] = [words(merchant), words(known)]
  if (shop === '' || name === '') return false
  if (shop === name || shop.startsWith(`${name} `)) return true
  return shop.length >= CUT_AFTER - 1 && name.startsWith(shop)
}

export interface Waiting {
  id: string
  pence: Pence
}

/**
 * Which of the payments that wait for a card, all to the shop's own provider and oldest first, this amount is: one of them, or
 * all of them together. Anything else is a purchase of its own.
 */
export function paysFor(amount: Pence, waiting: readonly Waiting[]): string[] | null {
  const one = waiting.find((payment) => payment.pence === amount)
  if (one) return [one.id]
  const all = waiting.reduce((sum, payment) => sum + payment.pence, 0)
  return waiting.length > 1 && all === amount ? waiting.map(({ id }) => id) : null
}
