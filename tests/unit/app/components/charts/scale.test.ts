import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisSteps } from '~/components/charts/scale.ts'

test('an axis starts at nothing, reaches past the largest value and has few round steps', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (most) => {
      const steps = axisSteps(most, 3)
      expect(steps[0]).toBe(0)
      expect(steps[steps.length - 1] ?? 0).toBeGreaterThanOrEqual(most - 1e-6)
      expect(steps.length).toBeLessThanOrEqual(6)
    }),
  )
})

test('three thousand pounds go in steps of a thousand', () => {
  expect(axisSteps(3_000, 3)).toEqual([0, 1_000, 2_000, 3_000])
})
