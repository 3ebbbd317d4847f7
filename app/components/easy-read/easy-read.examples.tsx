import type { Family } from '../examples.ts'
import { EasyLines, EasyRead, EasyWords } from './easy-read.tsx'
import { EasyResultCard, EasyResults } from './easy-result.tsx'
import { Wishes } from './easy-search.tsx'

export const easyRead: Family = {
  id: 'easy-read',
  title: 'Easy Read',
  about:
    'Short sentences of our own, one idea each, a picture beside each. What somebody else wrote is shown as theirs.',
  examples: [
    {
      name: 'A part of a page',
      of: (
        <div className="easy">
          <EasyRead
            parts={[
              {
                id: 'easy-example-part',
                heading: 'What does it cost?',
                lines: [
                  { picture: 'price', words: 'It costs £18.50 for one hour.' },
                  { picture: 'purse', words: 'You can pay from a personal budget.', hard: 'personal budget' },
                  { picture: 'people', words: 'It is for these people:', items: ['older people', 'carers'] },
                  {
                    picture: 'purse_no',
                    words: 'This money cannot pay:',
                    items: ['Carer’s budget'],
                    more: { label: 'Why', words: 'It pays for breaks only.' },
                  },
                  {
                    picture: 'change',
                    words: 'What do they do if they cannot come? They say:',
                    theirs: { by: 'Rahma Begum', words: 'I ring by 8am and send Pat.' },
                  },
                  {
                    picture: 'speak_up',
                    words: 'You can tell somebody.',
                    link: { href: '#easy-read', words: 'Tell somebody' },
                  },
                ],
              },
            ]}
          />
        </div>
      ),
    },
    {
      name: 'A result',
      of: (
        <div className="easy">
          <EasyResults from={3}>
            <EasyResultCard
              level={3}
              number={3}
              reasons={['It is near.', 'People say: I was in control.']}
              result={{
                key: 'example',
                href: '#easy-read',
                title: 'Company on Tuesdays',
                provider: { id: 'example', name: 'Rahma Begum', kind: 'micro_enterprise' },
                lines: [
                  { picture: 'company', words: 'They keep you company.' },
                  { picture: 'comes', words: 'Rahma Begum comes to your home.' },
                  { picture: 'price', words: 'It costs £18.50 for one hour.' },
                ],
                mayKeep: true,
                easy: true,
              }}
            />
          </EasyResults>
        </div>
      ),
    },
    {
      name: 'Pictures to press',
      of: (
        <div className="easy">
          <Wishes
            wishes={[
              { picture: 'house', label: 'Help with the house', href: '#easy-read' },
              { picture: 'bus', label: 'Getting out', href: '#shell' },
            ]}
          />
        </div>
      ),
    },
    {
      name: 'On an ordinary page, and small',
      of: (
        <>
          <EasyWords lines={[{ picture: 'check', words: 'Your care goes on.' }]} />
          <EasyLines small lines={[{ picture: 'lock', words: 'Your answers are yours.' }]} />
        </>
      ),
    },
  ],
}
