import type { CategorySynonyms } from './synonyms.ts'

export const equipmentAndAdaptations: CategorySynonyms = {
  category: 'equipment_and_adaptations',
  words: [
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
    'commode',
    'bed rails',
    'adaptations',
    'aids',
    'mobility aids',
    'disability aids',
  ],
}
