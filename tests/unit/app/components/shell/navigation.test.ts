import { describe, expect, test } from 'vitest'
import { councilLinks } from '#services/councils/council-pages.rules.ts'
import { newId } from '#services/kernel/ids.ts'
import type { StaffRole } from '#services/kernel/actor.ts'
import { userActor } from '#tests/factories/world.ts'
import { currentLink, navigation } from '~/components/shell/navigation.ts'
import type { Viewer, ViewerRole } from '~/components/shell/viewer.ts'

/** Somebody who has these roles at one council, and is an operator when they say so. */
const staffActor = (roles: readonly ViewerRole[]) =>
  userActor(newId(), {
    staff: [
      {
        councilId: newId(),
        roles: roles.filter((role): role is StaffRole & ViewerRole =>
          ['adviser', 'finance', 'commissioner', 'safeguarding', 'council_admin'].includes(role),
        ),
      },
    ],
    operator: roles.includes('operator'),
  })
const viewer = (roles: ViewerRole[], acting: Viewer['acting'] = null): Viewer => ({
  name: 'Joan',
  roles,
  acting,
  councilPages: councilLinks(staffActor(roles)).map(({ label, href }) => ({ label, href })),
  providerMoney: true,
})
const labels = (who: Viewer | null, path = '/') => navigation(who, path).map((link) => link.label)

describe('the links at the top', () => {
  test('for somebody signed out lead to finding support', () => {
    expect(labels(null)).toEqual(['Find support', 'I offer support', 'Help'])
  })

  test('for a person are their week, their money and their circle', () => {
    expect(labels(viewer(['person']))).toEqual(['Find support', 'My week', 'My money', 'My circle'])
  })

  test('for a supporter who acts for nobody lead to the people they support', () => {
    expect(labels(viewer(['supporter']))).toEqual(['Find support', 'People I support'])
  })

  test('for a supporter who acts for somebody do not say "my"', () => {
    const acting = { personName: 'Joan', as: 'Daniel Ellery, nominated person' }
    expect(labels(viewer(['supporter'], acting))).toEqual(['Find support', 'Week', 'Money', 'Circle'])
  })

  test('for a commissioner never lead to people', () => {
    expect(labels(viewer(['commissioner']))).toEqual([
      'Council',
      'Market',
      'Vouchers',
      'Hours saved',
      'Find support',
    ])
  })

  test.each<[ViewerRole, string[]]>([
    ['adviser', ['People', 'Checks', 'Purchases']],
    // What is behind Money is found there.
    ['finance', ['Money', 'Purchases', 'Vouchers']],
    ['safeguarding', ['Concerns']],
    ['council_admin', ['Checks', 'Market', 'Colleagues']],
    ['operator', ['Checks', 'Colleagues', 'Payment events', 'What does not agree']],
  ])('for %s are the pages that the table gives them', (role, pages) => {
    expect(labels(viewer([role]), '/council')).toEqual(['Council', ...pages, 'Find support'])
  })

  test('are those of the area that somebody with two roles is in', () => {
    const both = viewer(['person', 'provider'])
    expect(labels(both, '/my/week')).toContain('Our provider pages')
    expect(labels(both, '/provider/hours')).toEqual([
      'Today',
      'Services',
      'Hours',
      'Team',
      'Money',
      'Checks',
      'Reviews',
      'Organisation',
      'My own pages',
    ])
  })

  test('do not lead a worker to money that is not theirs to see', () => {
    const worker = { ...viewer(['provider']), providerMoney: false }
    expect(labels(worker, '/provider')).not.toContain('Money')
  })

  test('name a page once for staff with two roles', () => {
    expect(
      labels(viewer(['council_admin', 'operator']), '/council').filter((label) => label === 'Checks'),
    ).toHaveLength(1)
  })
})

test('the current link is the longest address that fits', () => {
  const links = navigation(viewer(['provider']), '/provider/services/new')
  expect(currentLink(links, '/provider/services/new')).toBe('/provider/services')
  expect(currentLink(links, '/provider')).toBe('/provider')
  expect(currentLink(links, '/providers/weavers')).toBeNull()
})
