import type { Deployment } from '#services/db/generated/enums.ts'
import type { CategoryCode } from '#services/discovery/vocabulary.ts'

/** A fund given at once, beside those that a year was played with. */
export interface FundStory {
  person: string
  /** Names it in the purchases below. */
  key: string
  /** A stream of every council, or one of Aldermere's own: 'get_online', 'break'. */
  stream: string
  held: Deployment
  value: number
  daysAgo: number
  daysAhead: number
  because: string
  /** Approved lines of the plan, for what is booked with it. */
  plan?: readonly CategoryCode[]
}

export interface PurchaseStory {
  person: string
  /** Key of a fund above, or the stream of one of theirs. */
  fund: string
  what: string
  seller: string
  pence: number
  units?: number
  category: CategoryCode
  outcome?: string
  state: 'proposed' | 'agreed' | 'ordered' | 'paid'
  daysAgo: number
  /** Who put it forward, when it was not the person. */
  by?: string
  /** Nobody: a rule agreed. */
  agreedBy?: string
  recordedBy?: string
  paid?: number
  reason?: string
  councilAgreed?: boolean
  waitsForPerson?: boolean
  receipt?: boolean
  audit?: { note: string; flagged: boolean }
}

// prettier-ignore
export const FUNDS: readonly FundStory[] = [
  { person: 'Priya Nair', key: 'grant', stream: 'equipment', held: 'council_managed', value: 90_000, daysAgo: 140, daysAhead: 220, because: 'For the kitchen.', plan: ['equipment_and_adaptations', 'technology'] },
  { person: 'Priya Nair', key: 'skills', stream: 'skills', held: 'adviser_held', value: 4_000, daysAgo: 30, daysAhead: 110, because: 'For a course, beside my work fund.' },
  { person: 'Stanley Hough', key: 'grant', stream: 'equipment', held: 'council_managed', value: 64_000, daysAgo: 60, daysAhead: 300, because: 'For a chair that helps me up.', plan: ['equipment_and_adaptations'] },
  { person: 'Tariq Iqbal', key: 'grant', stream: 'equipment', held: 'direct_payment_bank', value: 45_000, daysAgo: 40, daysAhead: 320, because: 'I will buy it and show the bill.' },
  { person: 'Margaret Ashby', key: 'grant', stream: 'equipment', held: 'direct_payment_bank', value: 45_000, daysAgo: 40, daysAhead: 320, because: 'I know the shop.' },
  { person: 'Kyle Benton', key: 'work', stream: 'employment', held: 'adviser_held', value: 30_000, daysAgo: 150, daysAhead: 210, because: 'Leon and I look for work together.', plan: ['employment_support'] },
  { person: 'Kyle Benton', key: 'skills', stream: 'skills', held: 'adviser_held', value: 4_000, daysAgo: 30, daysAhead: 110, because: 'For learning, beside my work fund.', plan: ['employment_support', 'learning_and_skills'] },
  { person: 'Callum Brierley', key: 'work', stream: 'employment', held: 'adviser_held', value: 40_000, daysAgo: 150, daysAhead: 210, because: 'Two things to get up for.' },
  { person: 'Maureen Okafor', key: 'break', stream: 'break', held: 'direct_payment_bank', value: 40_000, daysAgo: 60, daysAhead: 300, because: 'A weekend that is mine.' },
  { person: 'Callum Brierley', key: 'online', stream: 'get_online', held: 'council_managed', value: 6_000, daysAgo: 50, daysAhead: 90, because: 'A voucher from the community fund.', plan: ['technology', 'learning_and_skills'] },
  { person: 'Halima Yusuf', key: 'online', stream: 'get_online', held: 'council_managed', value: 6_000, daysAgo: 50, daysAhead: 90, because: 'A voucher from the community fund.', plan: ['technology', 'learning_and_skills'] },
]

// prettier-ignore
export const PURCHASES: readonly PurchaseStory[] = [
  // Joan: one of each state, from the fund that Lantern Living holds for her.
  { person: 'Joan Ellery', fund: 'health', what: 'A kit to train my hand', seller: 'Riverside Rehab', pence: 6_400, category: 'equipment_and_adaptations', outcome: 'Dress myself on most days', state: 'paid', daysAgo: 30, agreedBy: 'Leon Marsh', receipt: true },
  { person: 'Joan Ellery', fund: 'health', what: 'A perching stool', seller: 'Fenside Mobility', pence: 4_800, category: 'equipment_and_adaptations', outcome: 'Cook for my brother on Sundays', state: 'agreed', daysAgo: 3, agreedBy: 'Leon Marsh' },
  { person: 'Joan Ellery', fund: 'health', what: 'A rail for the bath', seller: 'Fenside Mobility', pence: 3_500, category: 'equipment_and_adaptations', outcome: 'Dress myself on most days', state: 'ordered', daysAgo: 9, agreedBy: 'Farida Hussain' },
  { person: 'Joan Ellery', fund: 'health', what: 'Six mornings of chair yoga', seller: 'Millgate Chapel', pence: 5_400, units: 6, category: 'wellbeing', outcome: 'Swim again every week', state: 'proposed', daysAgo: 2, by: 'Imani Clarke', waitsForPerson: true },
  { person: 'Priya Nair', fund: 'grant', what: 'A worktop that moves up and down', seller: 'Marlow and Sons, kitchens', pence: 90_000, category: 'equipment_and_adaptations', outcome: 'A kitchen I can cook in', state: 'agreed', daysAgo: 4, agreedBy: 'Leon Marsh', reason: 'It is what the grant is for.' },
  { person: 'Stanley Hough', fund: 'grant', what: 'A chair that helps me up', seller: 'Lockside Chairs', pence: 64_000, category: 'equipment_and_adaptations', outcome: 'Be at home to the end', state: 'agreed', daysAgo: 5, agreedBy: 'Leon Marsh' },
  { person: 'Tariq Iqbal', fund: 'grant', what: 'A stool for the shower', seller: 'St Anne’s Mobility', pence: 4_200, category: 'equipment_and_adaptations', state: 'ordered', daysAgo: 6, agreedBy: 'Farida Hussain' },
  { person: 'Maureen Okafor', fund: 'break', what: 'Two nights by the sea', seller: 'Sea Thrift Cottage', pence: 16_000, paid: 15_600, category: 'short_breaks', outcome: 'A weekend away twice a year', state: 'paid', daysAgo: 24, agreedBy: 'Farida Hussain' },
  { person: 'Emmanuel Okafor', fund: 'social_care', what: 'A hymn book in large print', seller: 'Northfields Books', pence: 1_400, category: 'day_activities', outcome: 'Sing every week', state: 'proposed', daysAgo: 2, by: 'Maureen Okafor' },
  { person: 'Beverley Stokes', fund: 'carer', what: 'A weekend for my son and me', seller: 'The Pier Hotel', pence: 22_000, category: 'short_breaks', outcome: 'Sleep', state: 'proposed', daysAgo: 1 },
  // Spent with them by their adviser: each for an outcome, both agreed.
  { person: 'Kyle Benton', fund: 'work', what: 'An apron and a course at the till', seller: 'Market School', pence: 8_000, units: 2, category: 'learning_and_skills', outcome: 'Get a job on a stall', state: 'paid', daysAgo: 70, by: 'Leon Marsh', agreedBy: 'Leon Marsh', recordedBy: 'Leon Marsh', audit: { note: '', flagged: false } },
  { person: 'Kyle Benton', fund: 'work', what: 'Four weekly bus passes', seller: 'Aldermere Buses', pence: 6_240, units: 4, category: 'transport', outcome: 'Get the bus by myself', state: 'paid', daysAgo: 40, agreedBy: 'Leon Marsh', recordedBy: 'Leon Marsh' },
  { person: 'Kyle Benton', fund: 'work', what: 'Lunches for a trial week', seller: 'The Stallholder café', pence: 2_250, category: 'employment_support', outcome: 'Get a job on a stall', state: 'paid', daysAgo: 33, by: 'Leon Marsh', agreedBy: 'Leon Marsh', recordedBy: 'Leon Marsh', audit: { note: 'Which days was he there? The plan says mornings only.', flagged: true } },
  { person: 'Callum Brierley', fund: 'work', what: 'Eight calls with a job coach', seller: 'Ready When You Are', pence: 9_600, units: 8, category: 'employment_support', outcome: 'Two things to get up for each week', state: 'paid', daysAgo: 26, by: 'Leon Marsh', agreedBy: 'Leon Marsh', recordedBy: 'Leon Marsh' },
  // Above what an adviser may agree alone.
  { person: 'Callum Brierley', fund: 'work', what: 'Five driving lessons', seller: 'Castle Hill Driving', pence: 17_500, units: 5, category: 'transport', outcome: 'Two things to get up for each week', state: 'proposed', daysAgo: 3 },
  { person: 'Callum Brierley', fund: 'online', what: 'A stand and a keyboard for my tablet', seller: 'Old Town Repairs', pence: 1_800, category: 'technology', state: 'agreed', daysAgo: 4, agreedBy: 'Farida Hussain' },
  { person: 'Halima Yusuf', fund: 'online', what: 'A stand and a keyboard for my tablet', seller: 'Old Town Repairs', pence: 1_800, category: 'technology', state: 'agreed', daysAgo: 4, agreedBy: 'Farida Hussain' },
]

interface VoucherStory {
  stream: string
  /** So many people, of whom the first ones' vouchers are over. */
  people: number
  ended: number
  value: number
  plan: readonly CategoryCode[]
  /** What each used it for, in turn; null: nothing yet. */
  uses: readonly (Pick<PurchaseStory, 'what' | 'seller' | 'pence' | 'paid' | 'category'> | null)[]
}

const TABLET = {
  what: 'A tablet, second-hand',
  seller: 'Old Town Repairs',
  pence: 6_000,
  category: 'technology',
} as const
const DATA = {
  what: 'Six months of internet',
  seller: 'Thread Mobile',
  pence: 3_000,
  category: 'technology',
} as const
const BOAT = {
  what: 'A day on the canal',
  seller: 'Lock Boats',
  pence: 2_400,
  category: 'getting_out',
} as const
const THEATRE = {
  what: 'Two seats at the pantomime',
  seller: 'Aldermere Playhouse',
  pence: 3_200,
  category: 'day_activities',
} as const

export const VOUCHERS: readonly VoucherStory[] = [
  { stream: 'get_online', people: 17, ended: 0, value: 6_000, plan: ['technology', 'learning_and_skills'], uses: [DATA, TABLET, null, DATA, TABLET, DATA] },
  { stream: 'voucher', people: 14, ended: 6, value: 10_000, plan: ['getting_out', 'day_activities', 'transport'], uses: [BOAT, THEATRE, null] },
] // prettier-ignore
