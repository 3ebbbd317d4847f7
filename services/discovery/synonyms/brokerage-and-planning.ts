import type { CategorySynonyms } from './synonyms.ts'

export const brokerageAndPlanning: CategorySynonyms = {
  category: 'brokerage_and_planning',
  words: [
    'broker',
    'brokers',
    'brokerage',
    'support planner',
    'support planning',
    'plan my support',
    'help to plan',
    'care coordinator',
    'find me support',
    'help choosing',
    'arrange my care',
  ],
}
