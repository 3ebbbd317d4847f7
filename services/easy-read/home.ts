/** The first page in Easy Read. Our own sentences. */
import { NEEDS } from '#services/choosing/needs.ts'
import type { EasyLine, EasyPart, Picture } from './lines.ts'
import { line } from './say.ts'

export const HOME_LEAD: readonly EasyLine[] = [
  line('search', 'Here you can find people who help you.'),
  line('price', 'You see the whole price.'),
  line('say', 'You see what other people say.'),
  line('person', 'You choose.'),
]

export const PROMISES: EasyPart = {
  id: 'promises',
  heading: 'What we promise',
  lines: [
    line('person', 'You decide.'),
    line('two', 'Somebody can help you here. You always see what they did.'),
    line('price', 'The price is the whole price.'),
    line('say', 'Only people who had the support can say how it was.'),
    line('less', 'Nobody can pay us to be first in the list.'),
  ],
}

export const YOUR_PAGES: EasyPart = {
  id: 'your-pages',
  heading: 'Your own pages',
  lines: [
    line('purse', 'Do you have a budget? You can see your money.', {
      link: { href: '/my/money', words: 'See my money' },
    }),
    line('care', 'Do you help somebody? You can do things here for them.', {
      link: { href: '/my/circle', words: 'I help somebody' },
    }),
    line('rules', 'You have rights. You can read about them.', {
      link: { href: '/easy/rights', words: 'Read about my rights' },
    }),
  ],
}

const WISH_PICTURES: Readonly<Record<string, Picture>> = {
  wash: 'wash',
  house: 'house',
  meals: 'meals',
  company: 'company',
  out: 'bus',
  do: 'activities',
  break: 'break',
  night: 'night',
  work: 'work',
  better: 'better',
  nurse: 'nurse',
  home: 'home',
  forms: 'forms',
  heard: 'speak_up',
  things: 'things',
}
export const wishPicture = (wish: string): Picture => WISH_PICTURES[wish] ?? 'care'

/** A picture to press instead of words to type. */
export interface Wish {
  picture: Picture
  label: string
  href: string
}

/** The wishes of "Help me choose" as searches in Easy Read, near a place when one was typed. */
export const wishes = (near: string): Wish[] =>
  NEEDS.map(({ value, label, categories }) => {
    const params = new URLSearchParams(near === '' ? [] : [['near', near]])
    for (const category of categories) params.append('category', category)
    return { picture: wishPicture(value), label, href: `/easy/find?${params.toString()}` }
  })
