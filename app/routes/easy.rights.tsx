import type { MetaFunction } from '@remix-run/node'
import { RIGHTS } from '#services/easy-read/rights.ts'
import { EasyRead } from '~/components/easy-read/easy-read.tsx'
import { Chips } from '~/components/navigation/navigation.tsx'
import { originOf, publicPage } from '~/http/public-page.ts'

export const meta: MetaFunction = ({ matches }) =>
  publicPage(originOf(matches), {
    title: 'Your rights, in Easy Read',
    description: 'What you may ask for, know and choose. Short sentences, with pictures.',
    path: '/easy/rights',
  })

export default function EasyRights() {
  return (
    <>
      <header className="stack">
        <h1>Your rights</h1>
        <p>A right is something that the law says you can do or have.</p>
        <Chips
          label="On this page"
          chips={RIGHTS.map(({ id, heading }) => ({ label: heading ?? '', href: `#${id}` }))}
        />
      </header>
      <EasyRead parts={RIGHTS} />
    </>
  )
}
