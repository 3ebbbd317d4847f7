/** Rights in Easy Read. Our own sentences, from the same law as the ordinary page. */
import type { EasyPart } from './lines.ts'
import { line } from './say.ts'

export const RIGHTS: readonly EasyPart[] = [
  {
    id: 'ask',
    heading: 'You can ask for help',
    lines: [
      line('meeting', 'You can ask your council to look at what you need.'),
      line('learn', 'This is called an assessment.', { hard: 'assessment' }),
      line('free', 'It is free.'),
      line('money', 'You can ask if you have a lot of money, or a little.'),
      line('care', 'Do you look after somebody? You can ask too.'),
      line('forms', 'You can write down some answers first.'),
      line('two', 'Somebody can be with you.'),
    ],
  },
  {
    id: 'know',
    heading: 'You can know about the money',
    lines: [
      line('council', 'If the council must help you, it tells you what that costs.'),
      line('purse', 'This money is called a personal budget.', { hard: 'personal budget' }),
      line('purse_yes', 'It must be enough for what you need in your plan.'),
      line('part', 'You may have to pay a part. The council tells you how much, and why.'),
    ],
  },
  {
    id: 'hold',
    heading: 'You can choose who looks after the money',
    lines: [
      line('council', 'The council can look after it, and arrange your support.'),
      line('bank', 'You can have it in a bank account, or on a card.'),
      line('two', 'Somebody else can look after it for you.'),
      line('options', 'You can mix these. No way is better than another.'),
      line('change', 'You can change your mind.'),
      line('rules', 'The council needs a reason from the law to say no to paying you.'),
      line('ask', 'It must tell you the reason.'),
    ],
  },
  {
    id: 'plan',
    heading: 'It is your plan',
    lines: [
      line('plan', 'You say what matters to you.'),
      line('person', 'You say what you want to be able to do.'),
      line('activities', 'Support can be many things. It must help with what you need.'),
      line('calendar', 'The council looks at the plan with you every year.'),
      line('change', 'Has something changed? You can ask sooner.'),
    ],
  },
  {
    id: 'side',
    heading: 'Somebody can be on your side',
    lines: [
      line('question', 'Is it hard for you to join in? Is there nobody to help you?'),
      line('speak_up', 'Then the council must find you an advocate.', { hard: 'advocate' }),
      line('two', 'An advocate helps you say what you want. They are on your side.', {
        hard: 'advocate',
        link: { href: '/easy/find?category=advocacy', words: 'Find an advocate' },
      }),
      line('people', 'You can choose people to help you here.'),
      line('clock', 'You say what they may do, and for how long.'),
      line('care', 'Sometimes somebody cannot make this decision, even with support.'),
      line('less', 'Then others decide what is best for them.'),
      line('say', 'They must think about what the person wants.'),
    ],
  },
  {
    id: 'no',
    heading: 'You can say no, and you can complain',
    lines: [
      line('stop', 'You can say no.'),
      line('complain', 'Are you not happy? Tell the people who help you.'),
      line('talk', 'They must answer you.'),
      line('council', 'If the council arranged it, you can tell the council.'),
      line('less', 'Are you still not happy? Tell the Ombudsman.', { hard: 'Ombudsman' }),
      line('learn', 'The Ombudsman looks at complaints. It is free.', { hard: 'Ombudsman' }),
      line('nurse', 'For money from the NHS there is another Ombudsman.'),
      line('check', 'Your support must not get worse because you complain.'),
    ],
  },
  {
    id: 'safe',
    heading: 'You can be safe, and try things',
    lines: [
      line('risk', 'You can choose things that have a risk.'),
      line('danger', 'We tell you about the risk. We do not stop you.'),
      line('sad', 'Nobody may hurt you, or take what is yours.'),
      line('wait', 'Nobody may leave you without care.'),
      line('learn', 'This is called abuse.', { hard: 'abuse' }),
      line('speak_up', 'You can tell the adult safeguarding team.', {
        link: { href: '/concern', words: 'Tell them now' },
      }),
      line('question', 'They ask what you want to happen.'),
    ],
  },
  {
    id: 'information',
    heading: 'Your information is yours',
    lines: [
      line('information', 'You can see what is kept about you.'),
      line('forms', 'You can have mistakes put right.'),
      line('page', 'You can take it with you.'),
      line('eye', 'You can ask who has looked at it.', {
        link: { href: '/privacy', words: 'What we keep, and who sees it' },
      }),
    ],
  },
  {
    id: 'law',
    heading: 'Where this comes from',
    lines: [
      line('rules', 'These rights are in the law. They are for adults in England.'),
      line('page', 'This page explains the law. It is not legal advice.'),
      line('advice', 'You can ask somebody who knows the law.', {
        link: { href: '/easy/find?category=advice_and_information', words: 'Find advice' },
      }),
    ],
  },
]
