import type { AuthorityScope, AuthorityType, Deployment, StaffRole } from '#services/db/generated/enums.ts'
import type { CouncilSlug } from './borough.ts'
import type { StreamCode } from './streams.ts'

export type ProfileName =
  | 'frail' | 'stroke' | 'dementia' | 'learning' | 'young' | 'mind' | 'physical' | 'carer' | 'nights' | 'illness' // prettier-ignore

export interface FundSeed {
  stream: StreamCode
  held: Deployment
  /** Slug of who holds it, for a fund or an account held for the person. */
  holder?: string
  /** For a fund given at once: the amount. Otherwise it is sized by what is bought with it. */
  once?: number
  /** Agreed for the whole period and paid every four weeks, when a page shows the figure. */
  agreed?: number
  weeks?: number
  because?: string
  /** False: nobody asked; it was set up this way. */
  chosen?: boolean
}

export interface SupporterSeed {
  /** A user by name, or an organisation by slug. */
  name?: string
  organisation?: string
  type: AuthorityType
  as: string
  scopes: readonly AuthorityScope[]
  evidence?: string
  ended?: boolean
}

export interface PersonSeed {
  name: string
  short: string
  ward: string
  profile: ProfileName
  funds: readonly FundSeed[]
  signsIn: boolean
  about: string
  outcomes: readonly string[]
  supporters?: readonly SupporterSeed[]
  carer?: boolean
  section117?: boolean
  inHospital?: boolean
}

const SEES: readonly AuthorityScope[] = ['see_plan', 'message', 'shortlist']
const BOOKS: readonly AuthorityScope[] = [
  'see_plan',
  'see_money',
  'message',
  'shortlist',
  'propose',
  'book',
  'confirm_hours',
  'review',
]
const ALL: readonly AuthorityScope[] = [...BOOKS, 'manage_money']
const BROKERS: readonly AuthorityScope[] = ['see_plan', 'see_money', 'message', 'shortlist', 'propose']
const broker = (what = 'broker at Lantern Living'): SupporterSeed => ({
  name: 'Imani Clarke',
  type: 'broker',
  as: what,
  scopes: BROKERS,
})
const advocate: SupporterSeed = {
  name: 'Owen Pritchard',
  type: 'advocate',
  as: 'advocate at Say So',
  scopes: ['see_plan', 'message', 'propose'],
}
const evenhand: SupporterSeed = {
  organisation: 'evenhand',
  type: 'informal',
  as: 'direct-payment support',
  scopes: ['see_money', 'message', 'confirm_hours', 'book'],
}

/** Who never goes online lets somebody there do it: then the organisation holds the account and acts for her, and says how she told them. */
const evenhandActs: SupporterSeed = {
  ...evenhand,
  type: 'nominated_person',
  scopes: [...evenhand.scopes, 'manage_money'],
  evidence: 'Agreement of Edith and Evenhand, signed by both, read out by Bethan Rowe',
}

/** People with a story of their own; the first ones lead the list of who to be in the demo. */
// prettier-ignore
export const NAMED_PEOPLE: readonly PersonSeed[] = [
  { name: 'Joan Ellery', short: 'Joan', ward: 'Millgate', profile: 'stroke', signsIn: true,
    funds: [
      { stream: 'social_care', held: 'direct_payment_card', agreed: 312_000, weeks: 26, because: 'I want to choose who comes. My brother helps with the card.' },
      { stream: 'health', held: 'individual_service_fund', holder: 'lantern-living', once: 120_000, weeks: 26, because: 'Lantern Living pay the bills for my exercises so that I do not have to.' },
      { stream: 'voucher', held: 'council_managed', once: 15_000, weeks: 17, because: 'A voucher from the community fund.' }],
    about: 'I had a stroke two years ago. I taught needlework for thirty years and I still tell people how to hold scissors.',
    outcomes: ['Dress myself on most days', 'Swim again every week', 'Cook for my brother on Sundays'],
    supporters: [{ name: 'Daniel Ellery', type: 'nominated_person', as: 'brother', scopes: ALL, evidence: 'Agreement to receive and manage the direct payment, signed by both' }, broker()] },
  { name: 'Tariq Iqbal', short: 'Mr Iqbal', ward: 'St Anne’s', profile: 'illness', signsIn: true,
    funds: [{ stream: 'social_care', held: 'direct_payment_bank', because: 'I kept books for forty years. I can keep this one.' }, { stream: 'own', held: 'direct_payment_bank', once: 30_000, because: 'My own money, for a longer swim.' }],
    about: 'Retired bookkeeper, cricket umpire, grandfather of nine. My lungs are not what they were.', outcomes: ['Be in the water twice a week', 'Get to Friday prayers', 'Keep my own accounts'],
    supporters: [{ name: 'Farah Iqbal', type: 'informal', as: 'daughter', scopes: SEES }] },
  { name: 'Maureen Okafor', short: 'Maureen', ward: 'Northfields', profile: 'carer', signsIn: true, carer: true,
    funds: [{ stream: 'carer', held: 'direct_payment_bank', because: 'It is for me, and only I see it.' }],
    about: 'I have looked after my husband since his diagnosis. I was a ward sister, so I know what I am doing; I am tired all the same.', outcomes: ['One evening a week that is mine', 'A weekend away twice a year'] },
  { name: 'Emmanuel Okafor', short: 'Emmanuel', ward: 'Northfields', profile: 'dementia', signsIn: false,
    funds: [{ stream: 'social_care', held: 'council_managed', because: 'We asked the council to arrange it while we learn.' }],
    about: 'Bus driver, bass singer, knows every hymn and most of the timetable.', outcomes: ['Sing every week', 'Stay at home with Maureen', 'Walk to the lock and back'],
    supporters: [{ name: 'Maureen Okafor', type: 'informal', as: 'wife', scopes: BOOKS }] },
  { name: 'Priya Nair', short: 'Priya', ward: 'Weavers', profile: 'physical', signsIn: true,
    funds: [{ stream: 'social_care', held: 'direct_payment_bank', because: 'I employ people. I would rather hire than be sent.' }, { stream: 'employment', held: 'adviser_held', because: 'My adviser and I spend it together while I look for work.' }],
    about: 'Software tester, wheelchair user, impatient with lifts.', outcomes: ['Back to paid work by the summer', 'A kitchen I can cook in', 'Choose my own hours'] },
  { name: 'Jamie Calloway', short: 'Jamie', ward: 'Lockside', profile: 'young', signsIn: true,
    funds: [{ stream: 'social_care', held: 'direct_payment_managed_account', holder: 'evenhand', because: 'I am the boss. Evenhand do the sums.' }, { stream: 'skills', held: 'adviser_held', because: 'Held by my adviser with me, for courses.' }],
    about: 'I am 22. I am autistic. I like trains, five-a-side and not being rushed.', outcomes: ['Go to college by bus on my own', 'Have friends who are not paid', 'Move to a flat'],
    supporters: [evenhand, advocate, { name: 'Karen Calloway', type: 'dwp_appointee', as: 'mother', scopes: ['see_money', 'message'], evidence: 'Appointee letter seen' }] },
  { name: 'Edith Prosser', short: 'Edith', ward: 'Brook End', profile: 'frail', signsIn: false,
    funds: [{ stream: 'social_care', held: 'direct_payment_managed_account', holder: 'evenhand', because: 'I have never had e-mail and I am not starting now. Bethan rings me.' }],
    about: 'Ninety-one, mill girl, whist champion. No computer, no mobile, a very good telephone voice.', outcomes: ['Be washed and dressed by nine', 'Get to the lunch table', 'Keep my cat'], supporters: [evenhandActs] },
  { name: 'Walter Nkemelu', short: 'Walter', ward: 'Harrow Green', profile: 'frail', signsIn: true, inHospital: true,
    funds: [{ stream: 'social_care', held: 'direct_payment_card', because: 'One card, one pocket.' }],
    about: 'Widower, allotment holder, in hospital with my hip just now.', outcomes: ['Home by Christmas', 'Back on the allotment by spring'], supporters: [{ name: 'Chidi Nkemelu', type: 'informal', as: 'son', scopes: BOOKS }] },
  { name: 'Callum Brierley', short: 'Callum', ward: 'Castle Hill', profile: 'mind', signsIn: true, section117: true,
    funds: [{ stream: 'social_care', held: 'individual_service_fund', holder: 'open-door-aldermere', because: 'I trust Open Door to hold it. There is nothing for me to pay: it is aftercare.' }],
    about: 'I was in hospital for seven months and came out in the spring. Mornings are hard, evenings are fine.', outcomes: ['Stay well and out of hospital', 'Two things to get up for each week'], supporters: [advocate] },
  { name: 'Grace Whitlow', short: 'Grace', ward: 'Quarry Bank', profile: 'learning', signsIn: false,
    funds: [{ stream: 'social_care', held: 'direct_payment_bank', because: 'Grace cannot make this decision, even with support. Simon decides with those who know her.' }, { stream: 'health', held: 'council_managed', because: 'Continuing care for her epilepsy.', chosen: false }],
    about: 'Grace is 34. She laughs at slapstick, loves water and says no by turning her head.', outcomes: ['Grace is in the water every week', 'Grace has the same faces round her'],
    supporters: [{ name: 'Simon Whitlow', type: 'authorised_person', as: 'brother', scopes: ALL, evidence: 'Authorised by the council under section 32' }, advocate] },
  { name: 'Peter Lomax', short: 'Peter', ward: 'Moorend', profile: 'stroke', signsIn: false,
    funds: [{ stream: 'social_care', held: 'direct_payment_bank', because: 'Managed by the deputy that the court appointed.' }],
    about: 'Joiner. Since the accident numbers slide about, so somebody else minds the money.', outcomes: ['A day in the workshop each week', 'Structure to the mornings'],
    supporters: [{ name: 'Helen Farrow', type: 'attorney_or_deputy_finance', as: 'deputy', scopes: ['see_plan', 'see_money', 'message', 'book', 'confirm_hours', 'manage_money'], evidence: 'Sealed court order seen' }] },
  { name: 'Dorothy Hale', short: 'Dorothy', ward: 'Fenside', profile: 'dementia', signsIn: false,
    funds: [{ stream: 'social_care', held: 'council_managed', because: 'The family wanted one less thing to run.' }],
    about: 'Dinner lady to half of Fenside. Still counts the plates.', outcomes: ['Company every day', 'Safe at night', 'Hair done on Fridays'],
    supporters: [{ name: 'Ruth Hale', type: 'attorney_or_deputy_welfare', as: 'daughter', scopes: ['see_plan', 'message', 'shortlist', 'propose', 'book', 'confirm_hours', 'review'], evidence: 'Registered power of attorney for health and welfare seen' }] },
  { name: 'Kyle Benton', short: 'Kyle', ward: 'Old Town', profile: 'learning', signsIn: true,
    funds: [{ stream: 'social_care', held: 'adviser_held', because: 'Leon and I look at it together on the first Monday.' }, { stream: 'voucher', held: 'council_managed', once: 12_000, weeks: 20, because: 'A voucher for days out.' }],
    about: 'I like the market stall, wrestling and my mum’s Sunday dinner.', outcomes: ['Get a job on a stall', 'Get the bus by myself'],
    supporters: [{ name: 'Sandra Benton', type: 'dwp_appointee', as: 'mother', scopes: ['see_money', 'message'], evidence: 'Appointee letter seen' }, advocate] },
  { name: 'Halima Yusuf', short: 'Halima', ward: 'St Anne’s', profile: 'frail', signsIn: true,
    funds: [{ stream: 'social_care', held: 'council_managed', because: 'I asked for it this way for the first year.' }],
    about: 'Seamstress, mother of five, cook for forty at Eid.', outcomes: ['Cook again, sitting down', 'Women only in my bedroom'], supporters: [{ name: 'Amir Yusuf', type: 'informal', as: 'son', scopes: BOOKS }, broker()] },
  { name: 'Stanley Hough', short: 'Stan', ward: 'Lockside', profile: 'nights', signsIn: true,
    funds: [{ stream: 'social_care', held: 'direct_payment_bank', because: 'I like to see it in black and white.' }, { stream: 'health', held: 'direct_payment_managed_account', holder: 'evenhand', because: 'Evenhand keep the health money apart.' }],
    about: 'Motor neurone disease, model steam engines, a filthy sense of humour.', outcomes: ['Be at home to the end', 'My wife sleeps three nights a week'], supporters: [{ name: 'Jean Hough', type: 'informal', as: 'wife', scopes: BOOKS }, { name: 'Paul Hough', type: 'informal', as: 'son', scopes: SEES, ended: true }] },
  { name: 'Beverley Stokes', short: 'Bev', ward: 'Fenside', profile: 'carer', signsIn: true, carer: true,
    funds: [{ stream: 'carer', held: 'direct_payment_card', because: 'A card is quickest between school runs.' }, { stream: 'voucher', held: 'council_managed', once: 10_000, weeks: 20, because: 'For a day out with my son.' }],
    about: 'I care for my son and my mum, and I work nights on reception.', outcomes: ['Sleep', 'A massage once a month'] },
]

// prettier-ignore
export const NAMED_THORNHAUGH: readonly PersonSeed[] = [
  { name: 'Margaret Ashby', short: 'Margaret', ward: 'Saltergate', profile: 'frail', signsIn: true,
    funds: [{ stream: 'social_care', held: 'direct_payment_bank', because: 'I like to choose.' }],
    about: 'Post mistress of Saltergate for twenty-six years.', outcomes: ['Stay in my own house', 'Get to chapel'], supporters: [{ name: 'Colin Ashby', type: 'nominated_person', as: 'nephew', scopes: ALL, evidence: 'Signed agreement seen' }] },
  { name: 'Ravi Solanki', short: 'Ravi', ward: 'Kiln Bank', profile: 'learning', signsIn: true,
    funds: [{ stream: 'social_care', held: 'individual_service_fund', holder: 'kiln-bank', because: 'Kiln Bank hold it and show me the sheet.' }],
    about: 'Drummer. Loud on purpose.', outcomes: ['Play in a band', 'Cook three dinners'], supporters: [{ name: 'Rowena Clough', type: 'advocate', as: 'advocate at Thornhaugh Speaks', scopes: ['see_plan', 'message'] }] },
  { name: 'Pauline Drew', short: 'Pauline', ward: 'Marlpit', profile: 'carer', signsIn: true, carer: true,
    funds: [{ stream: 'carer', held: 'direct_payment_bank', because: 'Simple.' }], about: 'I look after my dad.', outcomes: ['An afternoon off'] },
]

export interface StaffSeed {
  name: string
  council: CouncilSlug
  roles: readonly StaffRole[]
}
export const STAFF: readonly StaffSeed[] = [
  { name: 'Leon Marsh', council: 'aldermere', roles: ['adviser'] },
  { name: 'Farida Hussain', council: 'aldermere', roles: ['adviser'] },
  { name: 'Gillian Stott', council: 'aldermere', roles: ['finance'] },
  { name: 'Marcus Adeyinka', council: 'aldermere', roles: ['commissioner'] },
  { name: 'Niamh Doherty', council: 'aldermere', roles: ['safeguarding'] },
  { name: 'Trevor Blount', council: 'aldermere', roles: ['council_admin'] },
  { name: 'Sian Beckett', council: 'thornhaugh', roles: ['adviser', 'finance'] },
  { name: 'Yusuf Rahim', council: 'thornhaugh', roles: ['commissioner'] },
  { name: 'Dilys Warren', council: 'thornhaugh', roles: ['safeguarding'] },
  { name: 'Nathan Speight', council: 'thornhaugh', roles: ['council_admin'] },
  { name: 'Asif Rehman', council: 'aldermere', roles: ['finance'] },
  { name: 'Wendy Sugden', council: 'thornhaugh', roles: ['finance'] },
]
export const OPERATOR = 'Olu Bankole'
