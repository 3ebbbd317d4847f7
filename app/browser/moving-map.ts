/** All that a map that moves needs, fetched when somebody presses for it and not before. */
export { MovingMap } from '~/components/map/moving-map.tsx'
export { askBoundaries as areasIn } from './ask-boundaries.ts'
