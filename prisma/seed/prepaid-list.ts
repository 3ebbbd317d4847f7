import type { CouncilSlug } from './borough.ts'

export interface Scheme {
  council: CouncilSlug
  name: string
  adapter: 'emulator' | 'file'
  allowedMerchants: string[]
  blockedMerchants: string[]
  blockedReason: string
  mostAtOncePence: number | null
  mostADayPence: number | null
  mostAMonthPence: number | null
  cashAllowed: boolean
  mostCashADayPence: number | null
  fileMapping: object
}

/** What each council agreed with those who run its prepaid cards. The first is of the card that has a history. */
export const SCHEMES: readonly Scheme[] = [
  {
    council: 'thornhaugh',
    name: 'Thornhaugh prepaid card',
    adapter: 'emulator',
    allowedMerchants: [],
    blockedMerchants: ['7995', '5921', '5993', '4829', '6051'],
    blockedReason: 'Betting, alcohol, tobacco and sending money away are not what a care budget is for.',
    mostAtOncePence: 15_000,
    mostADayPence: 20_000,
    mostAMonthPence: 60_000,
    cashAllowed: false,
    mostCashADayPence: null,
    fileMapping: {},
  },
  {
    council: 'aldermere',
    name: 'Aldermere card',
    adapter: 'emulator',
    allowedMerchants: [],
    blockedMerchants: ['7995'],
    blockedReason: 'Betting is not what a care budget is for.',
    mostAtOncePence: 20_000,
    mostADayPence: null,
    mostAMonthPence: null,
    cashAllowed: true,
    mostCashADayPence: 2_000,
    fileMapping: {},
  },
  {
    council: 'aldermere',
    name: 'Brightway card (file each week)',
    adapter: 'file',
    allowedMerchants: [],
    blockedMerchants: [],
    blockedReason: '',
    mostAtOncePence: null,
    mostADayPence: null,
    mostAMonthPence: null,
    cashAllowed: false,
    mostCashADayPence: null,
    fileMapping: {},
  },
]

export interface CardPerson {
  name: string
  short: string
  ward: string
  about: string
  outcomes: readonly string[]
  because: string
  /** Since when the fund runs. */
  daysAgo: number
  /** A card with a history; without it nothing has come yet, and no card was made. */
  card: boolean
  supporter?: { name: string; as: string }
}

/** Nora has had her card for a month; the other two begin today, for the journey of a card. */
export const CARD_PEOPLE: readonly CardPerson[] = [
  {
    name: 'Nora Quayle',
    short: 'Nora',
    ward: 'Saltergate',
    about: 'I drove the number 9 for twenty years. I like to be out of the house by eleven.',
    outcomes: ['Swim on Thursdays', 'Eat with other people twice a week'],
    because: 'A card shows me what is left, and nobody asks for receipts.',
    daysAgo: 30,
    card: true,
    supporter: { name: 'Bernard Quayle', as: 'husband' },
  },
  {
    name: 'Hubert Pell',
    short: 'Hubert',
    ward: 'Kiln Bank',
    about: 'I was a printer. I read everything twice, and the small print first.',
    outcomes: ['Be up and dressed by ten'],
    because: 'One card for all of it.',
    daysAgo: 0,
    card: false,
  },
  {
    name: 'Ottilie Brand',
    short: 'Ottilie',
    ward: 'Saltergate',
    about: 'I kept a wool shop. I want to know where every penny went.',
    outcomes: ['Choose who comes'],
    because: 'I never liked cheques.',
    daysAgo: 0,
    card: false,
  },
]

export interface Bought {
  daysAgo: number
  shop: string
  mcc: string
  pence: number
  state: 'cleared' | 'authorised' | 'declined'
  declined?: string
  upTo?: number
  /** What the shop gave back three days later. */
  back?: number
}

/** What Nora's card was used for, oldest first. */
export const BOUGHT: readonly Bought[] = [
  { daysAgo: 24, shop: 'Thornhaugh Baths', mcc: '7997', pence: 650, state: 'cleared' },
  { daysAgo: 17, shop: 'Kiln Bank Chemist', mcc: '5912', pence: 1_235, state: 'cleared' },
  { daysAgo: 10, shop: 'Larder and Loaf', mcc: '5812', pence: 1_820, state: 'cleared', back: 400 },
  {
    daysAgo: 8,
    shop: 'Lucky Corner',
    mcc: '7995',
    pence: 1_000,
    state: 'declined',
    declined: 'kind_of_shop',
  },
  { daysAgo: 5, shop: 'Kettle and Cord', mcc: '5722', pence: 18_900, state: 'declined', declined: 'over_purchase_limit', upTo: 15_000 }, // prettier-ignore
  { daysAgo: 3, shop: 'Thornhaugh Baths', mcc: '7997', pence: 650, state: 'cleared' },
  { daysAgo: 1, shop: 'Saltergate Taxis', mcc: '4121', pence: 2_400, state: 'authorised' },
]
