import type { Family } from '../examples.ts'
import { ErrorPage } from './error-page.tsx'
import { navigation } from './navigation.ts'
import type { Viewer, ViewerRole } from './viewer.ts'

const who = (roles: ViewerRole[], acting: Viewer['acting'] = null): Viewer => ({
  name: 'Sam',
  roles,
  acting,
  councilPages: [],
  providerMoney: true,
})
/** Staff with the pages that these roles are given in services/councils. */
const staff = (roles: ViewerRole[], ...labels: string[]): Viewer => ({
  ...who(roles),
  councilPages: labels.map((label) => ({ label, href: `/council/${label.toLowerCase()}` })),
})
const CASES: { words: string; viewer: Viewer | null; path: string }[] = [
  { words: 'Signed out', viewer: null, path: '/' },
  { words: 'A person', viewer: who(['person']), path: '/my/week' },
  { words: 'A supporter', viewer: who(['supporter']), path: '/my/circle' },
  {
    words: 'A supporter acting for Joan',
    viewer: who(['supporter'], { personName: 'Joan', as: 'Sam, nominated person' }),
    path: '/my/week',
  },
  { words: 'A provider', viewer: who(['provider']), path: '/provider' },
  { words: 'An adviser', viewer: staff(['adviser'], 'People', 'Checks'), path: '/council' },
  { words: 'Finance', viewer: who(['finance']), path: '/council' },
  { words: 'A commissioner', viewer: staff(['commissioner'], 'Market'), path: '/council/market' },
  { words: 'Safeguarding', viewer: staff(['safeguarding'], 'Concerns'), path: '/council/concerns' },
  {
    words: 'A council administrator',
    viewer: staff(['council_admin'], 'Checks', 'Market'),
    path: '/council',
  },
  { words: 'An operator', viewer: staff(['operator'], 'Checks'), path: '/council/checks' },
]

export const shell: Family = {
  id: 'shell',
  title: 'Shell',
  about: 'The masthead, ribbon, band and footer of this page are the real ones. Here are the links by role.',
  examples: [
    {
      name: 'Links at the top, by role',
      of: (
        <ul className="plain stack-s">
          {CASES.map(({ words, viewer, path }) => (
            <li key={words}>
              <strong>{words}:</strong>{' '}
              {navigation(viewer, path)
                .map((link) => link.label)
                .join(', ')}
            </li>
          ))}
        </ul>
      ),
    },
    {
      name: 'Acting for somebody, on every page in plum',
      of: (
        <div className="acting rounded">
          <div className="wrap">
            <p>
              You are acting for <strong>Joan</strong>, as Daniel Ellery, brother and nominated person
            </p>
            <p className="row-s">
              <a href="#shell">What you can do</a>
            </p>
          </div>
        </div>
      ),
    },
    { name: 'The seam', of: <div className="seam" role="presentation" /> },
    {
      name: 'When a page cannot be shown',
      of: (
        <div className="grid grid-2">
          {[404, 409, 500].map((status) => (
            <div key={status} className="card">
              <ErrorPage level={4} status={status} reference={status === 500 ? 'KQ7-204' : null} />
            </div>
          ))}
        </div>
      ),
    },
  ],
}
