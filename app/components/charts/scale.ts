/** Round steps for an axis from nothing to at least `most`: 1, 2 or 5 times a power of ten. */
export function axisSteps(most: number, wanted = 4): number[] {
  const rough = Math.max(most, 1e-9) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const count = Math.max(1, Math.ceil(most / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, i) => Math.round(i * step * 1e6) / 1e6)
}

export const round1 = (value: number): number => Math.round(value * 10) / 10
