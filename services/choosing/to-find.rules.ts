import { findHref, parseFind, type Typed } from '#services/discovery/find.schema.ts'
import type { FilterName, Sort } from '#services/ports/search.ts'
import { categoriesOf } from './needs.ts'
import { PRICES, TIMES, type Answers, type FieldName } from './questions.ts'

/** Where an order of `/find` says the same as what matters most. */
const ORDERS: Readonly<Record<string, Sort>> = {
  control: 'experience',
  soon: 'soonest',
  near: 'near',
  cheap: 'price',
}

/** The search that answers mean. Only answers that count: see `thatCount`. */
export function searchFor(answers: Answers): Typed {
  const { what = [], home = [], near = [], time = [], price = [], fund = [] } = answers
  const hour = TIMES.find(({ value }) => time.includes(value))
  const most = PRICES.find(({ value }) => price.includes(value))
  const { typed } = parseFind(new URLSearchParams())
  return {
    ...typed,
    near: near[0] ?? '',
    category: categoriesOf(what, home),
    setting: [...(answers.setting ?? [])],
    for: [...(answers.for ?? [])],
    day: [...(answers.day ?? [])],
    from: hour ? String(hour.from) : '',
    until: hour ? String(hour.from + 1) : '',
    language: [...(answers.language ?? [])],
    access: [...(answers.access ?? [])],
    worker: [...(answers.worker ?? [])],
    fund: fund[0] ?? '',
    max: most?.max ?? '',
  }
}

/** "See all like these": the same search, in the order of what matters most where there is one. */
export const seeAllHref = (answers: Answers): string =>
  findHref(searchFor(answers), { sort: ORDERS[answers.matters?.[0] ?? ''] ?? '' })

/** Which answer stands behind a condition of the search, and how a sentence begins that goes without it. */
export const ANSWER_BEHIND: Partial<
  Record<FilterName, { field: FieldName; without: string; off: Partial<Typed> }>
> = {
  category: { field: 'what', without: 'With any kind of support', off: { category: [] } },
  setting: { field: 'setting', without: 'Wherever it happens', off: { setting: [] } },
  for: { field: 'for', without: 'Whoever it is for', off: { for: [] } },
  day: { field: 'day', without: 'On any day', off: { day: [] } },
  hours: { field: 'time', without: 'At any time of day', off: { from: '', until: '' } },
  within: { field: 'near', without: 'Further away', off: { within: '' } },
  access: { field: 'access', without: 'Without asking what the place is like', off: { access: [] } },
  language: { field: 'language', without: 'In any language', off: { language: [] } },
  worker: { field: 'worker', without: 'Whoever comes', off: { worker: [] } },
  max: { field: 'price', without: 'At any price', off: { max: '' } },
  fund: { field: 'fund', without: 'Whichever way it is paid', off: { fund: '' } },
}
