import type { CategorySynonyms } from './synonyms.ts'

export const equipmentAndAdaptations: CategorySynonyms = {
  category: 'equipment_and_adaptations',
  words: ['adaptations', 'aids', 'equipment', 'mobility aids', 'disability aids', 'adapt my home'],
  within: [
    'grab rail',
    'grab rails',
    'hoist',
    'stairlift',
    'stair lift',
    'ramp',
    'ramps',
    'walk in shower',
    'wet room',
    'wheelchair hire',
    'wheelchair repair',
    'walking frame',
    'zimmer frame',
    'commode',
    'bed rails',
    'raised toilet seat',
    'hospital bed',
    'mobility scooter',
    'scooter',
  ],
}
