import type { CategorySynonyms } from './synonyms.ts'

export const mealsDelivered: CategorySynonyms = {
  category: 'meals_delivered',
  words: [
    'meals on wheels',
    'hot meal',
    'hot meals',
    'hot dinner',
    'hot dinners',
    'frozen meals',
    'food delivered',
    'dinners delivered',
    'meal delivery',
    'lunch delivered',
    'meals at home',
    'ready meals',
    'dinner delivered',
    'meal delivered',
  ],
}
