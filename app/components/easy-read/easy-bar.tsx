import type { EasyLine } from '#services/easy-read/lines.ts'
import { EasyLines } from './easy-read.tsx'
import { EasyPicture } from './picture.tsx'

/** At the top of every Easy Read page: what this is, and the way out. */
export function EasyBar({ ordinary }: { ordinary: string }) {
  return (
    <section className="easy-bar" aria-label="Easy Read">
      <p>
        <EasyPicture name="easy_read" />
        <strong>This is Easy Read.</strong>
      </p>
      <p className="go">
        <a href={ordinary}>Go to the ordinary page</a>
      </p>
    </section>
  )
}

const HELP: readonly EasyLine[] = [
  {
    picture: 'phone',
    words: 'You can talk to a person. Ring:',
    link: { href: 'tel:+441632960100', words: '01632 960 100' },
  },
  { picture: 'clock', words: 'We are there every day, from 8 in the morning to 8 in the evening.' },
  {
    picture: 'talk',
    words: 'Is it hard to ring? There are other ways.',
    link: { href: '/help', words: 'See other ways' },
  },
  {
    picture: 'danger',
    words: 'Is somebody in danger now? Ring:',
    link: { href: 'tel:999', words: '999' },
  },
  {
    picture: 'sad',
    words: 'Did somebody hurt you? You can tell us.',
    link: { href: '/concern', words: 'Tell somebody' },
  },
]

/** Beside or below every Easy Read page: whom to ring, and what to do when something is wrong. */
export function EasyHelp() {
  return (
    <aside className="side sticky panel" aria-labelledby="easy-help">
      <h2 id="easy-help">Do you want help?</h2>
      <EasyLines lines={HELP} small />
    </aside>
  )
}
