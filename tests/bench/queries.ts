/** What people type and tick, varied so that no cache answers twice: the same list in every run. */
const TEXTS = [
  '',
  '',
  'help at home',
  'someone to sit with mum',
  'gardening',
  'wash and dress',
  'swimming',
  'memory cafe',
  'dementia',
  'personal assistant',
  'PA',
  'respite',
  'cooking',
  'shopping',
  'physio',
  'stroke',
  'autism',
  'gardning',
  'swiming',
  'companionship',
  'advocacy',
  'direct payments help',
  'job coach',
  'art class',
  'carers break',
  'night sitter',
  'wheelchair taxi',
  'BSL',
  'learning disability',
  'hoist',
  'meals',
  'benefits advice',
]
const PLACES = ['', '', 'AM1', 'AM2', 'AM3', 'TH1', 'Millgate', 'Northfields', 'Moorend', 'Fenside']
const CATEGORIES = [
  '',
  '',
  '',
  'help_at_home',
  'getting_out',
  'personal_care',
  'wellbeing',
  'day_activities',
  'carers_support',
]
const KINDS = ['', '', '', 'user_led_organisation', 'micro_enterprise', 'charity', 'cooperative']
const SORTS = ['', '', '', 'near', 'price', 'soonest', 'experience']

export function queries(count: number): string[] {
  let state = 42
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  return Array.from({ length: count }, () => {
    const params = new URLSearchParams()
    const set = (name: string, value: string): void => {
      if (value !== '') params.set(name, value)
    }
    set('q', pick(TEXTS))
    const near = pick(PLACES)
    set('near', near)
    if (near !== '' && random() < 0.5) set('within', pick(['2', '5', '10', '20']))
    set('category', pick(CATEGORIES))
    set('kind', pick(KINDS))
    if (random() < 0.2) set('day', pick(['1', '2', '3', '4', '5', '6', '7']))
    if (random() < 0.2) set('max', pick(['20', '25', '30', '40']))
    if (random() < 0.15) set('regulated', 'yes')
    set('sort', pick(SORTS))
    if (random() < 0.1) set('page', '2')
    return params.toString()
  })
}
