import { buttons } from './button/button.examples.tsx'
import { cards } from './card/card.examples.tsx'
import { charts } from './charts/charts.examples.tsx'
import { easyRead } from './easy-read/easy-read.examples.tsx'
import type { Family } from './examples.ts'
import { forms } from './forms/forms.examples.tsx'
import { listing } from './listing/listing.examples.tsx'
import { money } from './money/money.examples.tsx'
import { ways } from './navigation/navigation.examples.tsx'
import { notices } from './notice/notice.examples.tsx'
import { photos } from './photos/photos.examples.tsx'
import { publicFacts } from './public-facts/public-facts.examples.tsx'
import { results } from './result-card/result-card.examples.tsx'
import { shell } from './shell/shell.examples.tsx'
import { statements } from './statement/statement.examples.tsx'
import { tables } from './table/table.examples.tsx'
import { tiles } from './tile/tile.examples.tsx'
import { visits } from './visit/visit.examples.tsx'
import { weeks } from './week/week.examples.tsx'

/** Every part in every state: what /design shows and what the tests look at. */
export const FAMILIES: readonly Family[] = [
  shell,
  tiles,
  buttons,
  forms,
  notices,
  listing,
  cards,
  results,
  publicFacts,
  photos,
  money,
  ways,
  tables,
  visits,
  weeks,
  statements,
  easyRead,
  charts,
]
