import { ACCESS } from '#services/catalogue/access.ts'

/**
 * The codes that listings are filed under, with their plain names. The place of a code in its list is its number in
 * the search index: add at the end, never reorder, never take one away.
 */

/** Code and plain name; the rows of the `category` table, in the order of their positions. */
export const CATEGORIES = [
  ['personal_care', 'Personal care'],
  ['help_at_home', 'Help at home'],
  ['sitting_and_company', 'Sitting and company'],
  ['getting_out', 'Getting out'],
  ['day_activities', 'Day activities'],
  ['short_breaks', 'Short breaks'],
  ['live_in', 'Live-in support'],
  ['nights', 'Nights'],
  ['supported_living', 'Supported living'],
  ['shared_lives', 'Shared Lives'],
  ['personal_assistant', 'Personal assistant'],
  ['rehabilitation_and_therapy', 'Rehabilitation and therapy'],
  ['nursing', 'Nursing'],
  ['employment_support', 'Help with work'],
  ['learning_and_skills', 'Learning and skills'],
  ['advocacy', 'Advocacy'],
  ['brokerage_and_planning', 'Help to plan and arrange'],
  ['direct_payment_support', 'Help with direct payments'],
  ['peer_support', 'Peer support'],
  ['carers_support', 'Support for carers'],
  ['wellbeing', 'Wellbeing'],
  ['equipment_and_adaptations', 'Equipment and adaptations'],
  ['transport', 'Transport'],
  ['meals_delivered', 'Meals delivered'],
  ['technology', 'Technology'],
  ['advice_and_information', 'Advice and information'],
  ['care_home', 'Care homes'],
] as const

/** Who a service is for. `for` in the address of a search; `audiences` of a listing. */
export const AUDIENCES = [
  ['older_people', 'Older people'],
  ['dementia', 'People with dementia'],
  ['learning_disability', 'People with a learning disability'],
  ['autism', 'Autistic people'],
  ['physical_disability', 'People with a physical disability'],
  ['sight_loss', 'People with sight loss'],
  ['deaf_or_hard_of_hearing', 'Deaf or hard of hearing people'],
  ['mental_health', 'People with a mental health condition'],
  ['long_term_condition', 'People with a long-term illness'],
  ['brain_injury', 'People with a brain injury or after a stroke'],
  ['young_adults', 'Young people becoming adults'],
  ['end_of_life', 'People near the end of life'],
  ['carers', 'Carers'],
  ['drugs_or_alcohol', 'People with a drug or alcohol problem'],
] as const

export const SETTINGS = [
  ['at_home', 'At your home'],
  ['in_community', 'Out and about'],
  ['at_venue', 'At their place'],
  ['online', 'Online or by phone'],
  ['live_in', 'Living in with you'],
] as const

export const PROVIDER_KINDS = [
  ['user_led_organisation', 'User-led organisation'],
  ['social_enterprise', 'Social enterprise'],
  ['charity', 'Charity'],
  ['community_group', 'Community group'],
  ['cooperative', 'Co-operative'],
  ['micro_enterprise', 'Micro-enterprise'],
  ['personal_assistant', 'Personal assistant'],
  ['private_company', 'Private company'],
  ['council_service', 'Council service'],
  ['unknown', 'Kind not known yet'],
] as const

/** What a price is for: code, and the words after "£20 for". Prices are only ever compared within one of these. */
export const PRICE_UNITS = [
  ['hour', 'an hour'],
  ['visit', 'a visit'],
  ['half_day', 'half a day'],
  ['day', 'a day'],
  ['night', 'a night'],
  ['week', 'a week'],
  ['session', 'a session'],
  ['item', 'one thing, such as a meal'],
  ['fixed', 'all of it'],
] as const

/** By workers, in the bands of the Office for National Statistics. */
export const SIZES = [
  ['one', 'One person'],
  ['two_to_nine', '2 to 9 workers'],
  ['ten_to_49', '10 to 49 workers'],
  ['fifty_to_249', '50 to 249 workers'],
  ['over_249', '250 workers or more'],
] as const

/** Languages that can be filtered by, and other words that providers write for them. */
export const LANGUAGES = [
  ['english', 'English'],
  ['british_sign_language', 'British Sign Language', 'bsl', 'sign language'],
  ['makaton', 'Makaton'],
  ['polish', 'Polish'],
  ['urdu', 'Urdu'],
  ['punjabi', 'Punjabi', 'panjabi'],
  ['bengali', 'Bengali', 'bangla', 'sylheti'],
  ['gujarati', 'Gujarati'],
  ['hindi', 'Hindi'],
  ['tamil', 'Tamil'],
  ['arabic', 'Arabic'],
  ['romanian', 'Romanian'],
  ['portuguese', 'Portuguese'],
  ['spanish', 'Spanish'],
  ['italian', 'Italian'],
  ['french', 'French'],
  ['cantonese', 'Cantonese', 'chinese'],
  ['mandarin', 'Mandarin'],
  ['turkish', 'Turkish'],
  ['persian', 'Persian', 'farsi'],
  ['kurdish', 'Kurdish'],
  ['somali', 'Somali'],
  ['ukrainian', 'Ukrainian'],
  ['welsh', 'Welsh'],
] as const

/** Checks that somebody has made, not what a provider says of itself. */
export const CHECKS = [
  ['dbs', 'DBS checks seen'],
  ['insurance', 'Insurance seen'],
  ['training', 'Training or accreditation seen'],
  ['policies', 'Policies seen'],
  ['user_led_status', 'User-led status seen'],
] as const

/** Whom a provider can send when somebody asks for it. */
export const WORKERS = [
  ['woman', 'A woman'],
  ['man', 'A man'],
] as const

export type CategoryCode = (typeof CATEGORIES)[number][0]
export type AudienceCode = (typeof AUDIENCES)[number][0]

type Pairs = readonly (readonly [string, string, ...string[]])[]

export const codesOf = (pairs: Pairs): readonly string[] => pairs.map(([code]) => code)
const namesBy = (pairs: Pairs): ReadonlyMap<string, string> =>
  new Map(pairs.map(([code, name]) => [code, name]))
const CATEGORY_NAMES = namesBy(CATEGORIES)
const AUDIENCE_NAMES = namesBy(AUDIENCES)
const SETTING_NAMES = namesBy(SETTINGS)
const KIND_NAMES = namesBy(PROVIDER_KINDS)
const UNIT_NAMES = namesBy(PRICE_UNITS)
const SIZE_NAMES = namesBy(SIZES)
const LANGUAGE_NAMES = namesBy(LANGUAGES)
const CHECK_NAMES = namesBy(CHECKS)
const WORKER_NAMES = namesBy(WORKERS)

export const categoryName = (code: string): string => CATEGORY_NAMES.get(code) ?? code
export const audienceName = (code: string): string => AUDIENCE_NAMES.get(code) ?? code
export const settingName = (code: string): string => SETTING_NAMES.get(code) ?? code
export const providerKindName = (code: string): string => KIND_NAMES.get(code) ?? code

export const sizeName = (code: string): string => SIZE_NAMES.get(code) ?? code
export const languageName = (code: string): string => LANGUAGE_NAMES.get(code) ?? code
export const checkName = (code: string): string => CHECK_NAMES.get(code) ?? code
export const workerName = (code: string): string => WORKER_NAMES.get(code) ?? code

const LANGUAGE_CODES: ReadonlyMap<string, string> = new Map(
  LANGUAGES.flatMap(([code, ...words]) => words.map((word) => [word.toLowerCase(), code] as const)),
)
/** Codes of languages that were written in words; a language that is not listed here can be searched for by its name. */
export const languageCodes = (words: readonly string[]): string[] => [
  ...new Set(words.flatMap((word) => LANGUAGE_CODES.get(word.trim().toLowerCase()) ?? [])),
]

/** 'an hour', 'a session' */
export const perUnit = (code: string): string => UNIT_NAMES.get(code) ?? code

/** A code's number in the search index, from 1; 0 for a code that is not listed here. */
function numbering(pairs: Pairs): (code: string | null) => number {
  const numbers = new Map(pairs.map(([code], index) => [code, index + 1]))
  return (code) => (code === null ? 0 : (numbers.get(code) ?? 0))
}
export const categoryNumber = numbering(CATEGORIES)
export const audienceNumber = numbering(AUDIENCES)
export const settingNumber = numbering(SETTINGS)
export const kindNumber = numbering(PROVIDER_KINDS)
export const unitNumber = numbering(PRICE_UNITS)
export const sizeNumber = numbering(SIZES)
export const languageNumber = numbering(LANGUAGES)
export const accessNumber = numbering(ACCESS)
export const checkNumber = numbering(CHECKS)
export const workerNumber = numbering(WORKERS)

/** Numbers as bits of one integer: number 1 is the lowest bit. Numbers below 1 or above 31 are left out. */
export const bits = (numbers: readonly number[]): number =>
  numbers.reduce((mask, n) => (n >= 1 && n <= 31 ? mask | (1 << (n - 1)) : mask), 0)
