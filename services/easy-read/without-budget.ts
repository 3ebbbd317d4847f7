/** Without a budget, in Easy Read: what is free now, and how to ask for more. Our own sentences. */
import type { EasyLine, EasyPart } from './lines.ts'
import { line, lines } from './say.ts'

export const WITHOUT_LEAD: readonly EasyLine[] = [
  line('free', 'Some support is free. You can have it now.'),
  line('council', 'You can ask your council for more.'),
  line('options', 'You can do both. It does not matter which is first.'),
]

export interface Council {
  name: string
  phone: string
  urgentPhone: string
}
const tel = (number: string) => ({ href: `tel:${number.replace(/\s/g, '')}`, words: number })

function ringLines(council: Council | null): EasyLine[] {
  if (!council)
    return [
      line('phone', 'Ring your council. Ask for adult social care.', {
        link: {
          href: 'https://www.gov.uk/apply-needs-assessment-social-services',
          words: 'Find your council on GOV.UK',
        },
      }),
    ]
  return [
    line('phone', 'Ring your council:', { items: [council.name], link: tel(council.phone) }),
    line('evening', 'Can it not wait? At night and at weekends, ring:', { link: tel(council.urgentPhone) }),
  ]
}

/** @param council that of the place that was typed, when it uses Kith */
export const withoutParts = (council: Council | null): EasyPart[] => [
  {
    id: 'assessment',
    heading: 'Ask for an assessment',
    lines: lines(
      line('meeting', 'You can ask your council to look at what you need.'),
      line('learn', 'This is called an assessment.', { hard: 'assessment' }),
      line('free', 'It is free.'),
      line('money', 'You can ask if you have a lot of money, or a little.'),
      line('talk', 'You do not need special words. “I need some help” is enough.'),
      line('care', 'Somebody can ask for you, if you agree.'),
      line('forms', 'You can write down your own answers first.'),
      line('two', 'Somebody can be with you.'),
      line('speak_up', 'Is it hard for you? The council must find you an advocate.', {
        hard: 'advocate',
        link: { href: '/easy/find?category=advocacy', words: 'What is an advocate? Find one' },
      }),
      line('danger', 'Can it not wait? Then the council can help you first.'),
      ringLines(council),
    ),
  },
  {
    id: 'carers',
    heading: 'If you look after somebody',
    lines: [
      line('care', 'You can have an assessment too. It is about you.'),
      line('yes_no', 'You can have it even if they want none.'),
      line('clock', 'It does not matter how many hours you help.'),
      line('home', 'It does not matter if you live with them.'),
      line('question', 'They ask if you want to go on, and if you can.'),
      line('activities', 'They ask what else you would like to do.'),
      line('free', 'Support for you is mostly free.'),
      line('break', 'You can have a break. You plan it with the person you look after.', {
        link: { href: '/easy/find?category=carers_support', words: 'Find support for carers' },
      }),
    ],
  },
  {
    id: 'then',
    heading: 'What happens then?',
    lines: [
      line('ask', 'The council writes to you. It says which needs it must meet.'),
      line('purse', 'It tells you what that costs. This is your personal budget.', {
        hard: 'personal budget',
      }),
      line('part', 'It looks at what you can pay towards it.'),
      line('plan', 'You plan together what the money is for.'),
      line('bank', 'You can have the money, or somebody can look after it.'),
      line('yes_no', 'Does the council say no? It must tell you why.'),
      line('advice', 'It must tell you what else may help.'),
      line('complain', 'Is it wrong? You can complain.'),
      line('check', 'Nothing gets worse for you because you complain.', {
        link: { href: '/easy/rights', words: 'Read about my rights' },
      }),
    ],
  },
]
