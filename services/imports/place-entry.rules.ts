import { longDate, Temporal } from '#services/kernel/time.ts'

/** How the register's service types are filed on Kith, the one that says most about a place first. */
const FILED: readonly [
  type: string,
  category: string,
  setting: 'at_home' | 'at_venue' | null,
  plain: string,
][] = [
  ['Nursing homes', 'care_home', 'at_venue', 'care home with nursing'],
  ['Residential homes', 'care_home', 'at_venue', 'care home'],
  ['Hospice', 'nursing', 'at_venue', 'hospice'],
  [
    'Rehabilitation (substance abuse)',
    'rehabilitation_and_therapy',
    'at_venue',
    'rehabilitation from drugs or alcohol',
  ],
  ['Specialist college service', 'learning_and_skills', 'at_venue', 'specialist college'],
  ['Shared lives', 'shared_lives', null, 'Shared Lives (living with a carer’s family)'],
  ['Homecare agencies', 'personal_care', 'at_home', 'care at home'],
  ['Supported living', 'supported_living', 'at_home', 'supported living'],
  ['Supported housing', 'supported_living', 'at_home', 'extra care housing'],
  ['Home hospice care', 'nursing', 'at_home', 'hospice care at home'],
  [
    'Community services - Learning disabilities',
    'personal_care',
    null,
    'community support for people with a learning disability',
  ],
  [
    'Community services - Mental Health',
    'rehabilitation_and_therapy',
    null,
    'community support for people with a mental health condition',
  ],
  [
    'Community services - Substance abuse',
    'rehabilitation_and_therapy',
    null,
    'community support for people who use drugs or alcohol',
  ],
]

const AUDIENCES: Readonly<Record<string, readonly string[]>> = {
  'Caring for adults over 65 yrs': ['older_people'],
  Dementia: ['dementia'],
  'Learning disabilities': ['learning_disability'],
  'Mental health conditions': ['mental_health'],
  'Eating disorders': ['mental_health'],
  'Physical disabilities': ['physical_disability'],
  'Sensory impairment': ['sight_loss', 'deaf_or_hard_of_hearing'],
  'Substance misuse problems': ['drugs_or_alcohol'],
}

export interface PlaceFacts {
  serviceTypes: readonly string[]
  specialisms: readonly string[]
  town: string | null
  beds: number | null
  /** ISO; null when the file did not say. */
  registeredOn: string | null
  dormant: boolean
}

/** Category, setting, audiences and a sentence for a place of the register; nothing that the register does not say. */
export function placeEntry({ serviceTypes, specialisms, town, beds, registeredOn, dormant }: PlaceFacts) {
  const filed = FILED.filter(([type]) => serviceTypes.includes(type))
  const [first] = filed
  const kinds = filed.map(([, , , plain]) => plain)
  const what = kinds.length > 0 ? sentenceCase(list(kinds)) : 'Social care'
  const isHome = first?.[2] === 'at_venue'
  const room = isHome && beds !== null && beds > 0 ? `, ${String(beds)} ${beds === 1 ? 'bed' : 'beds'}` : ''
  const since = registeredOn
    ? ` since ${longDate(Temporal.PlainDate.from(registeredOn)).replace(/^\w+ /, '')}`
    : ''
  return {
    categoryCode: first?.[1] ?? 'personal_care',
    setting: first?.[2] ?? null,
    audiences: [...new Set(specialisms.flatMap((specialism) => AUDIENCES[specialism] ?? []))],
    summary: `${dormant ? 'Dormant: registered, not running now. ' : ''}${what}${town ? ` in ${town}` : ''}${room}. On the register of the Care Quality Commission${since}.`,
  }
}

function list(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last
}
const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
