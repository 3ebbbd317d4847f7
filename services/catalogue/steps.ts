import { categoryOf } from './categories.ts'

/** The questions of a listing, in the order in which they are asked. */
export const STEPS = ['what', 'who', 'care', 'area', 'price', 'times', 'hours', 'terms'] as const
export type Step = (typeof STEPS)[number]
export const isStep = (text: string): text is Step => (STEPS as readonly string[]).includes(text)

export const STEP_NAMES: Record<Step, string> = {
  what: 'What it is',
  who: 'Who it is for',
  care: 'Personal care',
  area: 'Where',
  price: 'Price',
  times: 'Length and notice',
  hours: 'Days and hours',
  terms: 'If plans change',
}

/** Which way a service comes to people: it decides what is asked about where. */
export type Reach = 'comes' | 'venue' | 'online'
export const reachOf = (setting: string): Reach =>
  setting === 'at_venue' ? 'venue' : setting === 'online' ? 'online' : 'comes'

/** The steps that a listing needs: no area for what is online, no price for what is free. */
export function stepsFor(version: { categoryCode: string; setting: string; fundedBy: string }): Step[] {
  const care = categoryOf(version.categoryCode).personalCare !== 'no'
  return STEPS.filter((step) => {
    if (step === 'care') return care
    if (step === 'area') return reachOf(version.setting) !== 'online'
    if (step === 'price') return version.fundedBy === 'bought'
    return true
  })
}
