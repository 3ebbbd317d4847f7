/** The kinds of organisation that somebody may say they are; 'unknown' is only for what was imported and not yet claimed. */
export const KINDS = [
  'user_led_organisation',
  'social_enterprise',
  'charity',
  'community_group',
  'cooperative',
  'micro_enterprise',
  'personal_assistant',
  'private_company',
  'council_service',
] as const
export type KnownKind = (typeof KINDS)[number]

/** Name, and what it means, for whoever has to choose one. */
export const KIND_CHOICES: readonly { value: KnownKind; label: string; hint: string }[] = [
  {
    value: 'user_led_organisation',
    label: 'User-led organisation',
    hint: 'Run by people who use support themselves: they are at least 75 in every 100 of the people on your board who vote.',
  },
  {
    value: 'social_enterprise',
    label: 'Social enterprise',
    hint: 'A business whose aim is social. Most of what it makes goes back into that aim.',
  },
  { value: 'charity', label: 'Charity', hint: 'Registered, or too small to have to register.' },
  {
    value: 'community_group',
    label: 'Community group',
    hint: 'Neighbours or members who do something together, mostly without pay.',
  },
  { value: 'cooperative', label: 'Co-operative', hint: 'Owned and run by its workers or members.' },
  {
    value: 'micro_enterprise',
    label: 'Micro-enterprise',
    hint: 'One to four people who work for themselves.',
  },
  {
    value: 'personal_assistant',
    label: 'Personal assistant',
    hint: 'You work for people directly, on your own account.',
  },
  { value: 'private_company', label: 'Private company', hint: 'A company whose owners may take its profit.' },
  { value: 'council_service', label: 'Council service', hint: 'Run by a council.' },
]

/** Bands of the Office for National Statistics, by people who work there. */
export const SIZES = ['one', 'two_to_nine', 'ten_to_49', 'fifty_to_249', 'over_249'] as const
export const SIZE_CHOICES: readonly { value: (typeof SIZES)[number]; label: string }[] = [
  { value: 'one', label: 'Only me' },
  { value: 'two_to_nine', label: '2 to 9 people' },
  { value: 'ten_to_49', label: '10 to 49 people' },
  { value: 'fifty_to_249', label: '50 to 249 people' },
  { value: 'over_249', label: '250 people or more' },
]

export const LEGAL_FORMS = [
  'sole_trader',
  'partnership',
  'unincorporated_association',
  'cic',
  'cio',
  'charitable_company',
  'company_limited_by_guarantee',
  'company_limited_by_shares',
  'registered_society',
  'public_body',
] as const
export const LEGAL_FORM_CHOICES: readonly { value: (typeof LEGAL_FORMS)[number]; label: string }[] = [
  { value: 'sole_trader', label: 'Sole trader' },
  { value: 'partnership', label: 'Partnership' },
  { value: 'unincorporated_association', label: 'Group with its own rules, not registered anywhere' },
  { value: 'cic', label: 'Community interest company (CIC)' },
  { value: 'cio', label: 'Charitable incorporated organisation (CIO)' },
  { value: 'charitable_company', label: 'Charitable company' },
  { value: 'company_limited_by_guarantee', label: 'Company limited by guarantee' },
  { value: 'company_limited_by_shares', label: 'Company limited by shares' },
  { value: 'registered_society', label: 'Co-operative or community benefit society' },
  { value: 'public_body', label: 'Council or other public body' },
]
export const legalFormName = (code: string | null): string =>
  LEGAL_FORM_CHOICES.find((form) => form.value === code)?.label ?? code ?? 'Not said'
export const sizeName = (code: string | null): string =>
  SIZE_CHOICES.find((size) => size.value === code)?.label ?? 'Not said'
