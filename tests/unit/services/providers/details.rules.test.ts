import { expect, test } from 'vitest'
import { changesToCheck } from '#services/providers/details.rules.ts'

const before = {
  name: 'Harbour Hands',
  kind: 'micro_enterprise',
  legalForm: 'sole_trader',
  charityNumber: null,
  companyNumber: null,
}

test('nothing has to be looked at again when nothing of it changed', () => {
  expect(changesToCheck(before, { ...before })).toEqual([])
})
test('each change is told with what it was and what it is', () => {
  expect(
    changesToCheck(before, { ...before, name: 'Harbour Hearts', kind: 'charity', charityNumber: '1012345' }),
  ).toEqual([
    'Name: before “Harbour Hands”, now “Harbour Hearts”.',
    'Kind: before “Micro-enterprise”, now “Charity”.',
    'Charity number: before “none”, now “1012345”.',
  ])
})
