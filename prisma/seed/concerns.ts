import type { Prisma } from '#services/db/generated/client.ts'
import type { Borough } from './borough.ts'
import { at, HOUR, type Kit } from './kit.ts'

/** What an adult safeguarding team has before it on an ordinary morning. Everybody in it is made up, and nobody is named. */
export function makeConcerns(kit: Kit, { councilId }: Borough): Prisma.ConcernCreateManyInput[] {
  const { aldermere, thornhaugh } = councilId
  const entries: [string, number, Partial<Prisma.ConcernCreateManyInput>, string, string][] = [
    [
      aldermere,
      5,
      { consent: 'agrees' },
      'A neighbour in Fenside',
      'Her purse is empty every Friday and she says that her lodger minds it for her. She asked me to tell somebody.',
    ],
    [
      aldermere,
      30,
      { consent: 'not_known', inDanger: false, contact: 'Ring me at work after two.', whoTold: 'A driver' },
      'A passenger',
      'Bruises on both wrists on two journeys this month. He said that he fell, and did not look at me.',
    ],
    [
      aldermere,
      220,
      {
        consent: 'does_not_agree',
        consentReason: 'She does not want a fuss, but there are others in the house.',
        state: 'looking_into_it',
        whoTold: 'A support worker',
      },
      'A woman in a shared house',
      'The night door was locked from the outside again on Sunday.',
    ],
    [
      aldermere,
      1_400,
      { consent: 'agrees', state: 'closed' },
      'My father',
      'Medicines were left out twice. It has been put right and he is content with what was done.',
    ],
    [
      thornhaugh,
      48,
      { consent: 'cannot_say', consentReason: 'She does not speak and nobody knows her wishes yet.' },
      'A woman at a day club',
      'She comes in without a coat and hungry on Mondays.',
    ],
  ]
  return entries.map(([council, hoursAgo, more, about, whatHappened], index) => ({
    id: kit.id(kit.nowMs - hoursAgo * HOUR),
    councilId: council,
    reference: `SC-${String(4_101 + index)}`,
    state: 'received',
    about,
    whatHappened,
    whoTold: '',
    contact: '',
    consent: 'not_known',
    consentReason: '',
    inDanger: false,
    createdAt: at(kit.nowMs - hoursAgo * HOUR),
    updatedAt: at(kit.nowMs - hoursAgo * HOUR),
    ...more,
  }))
}
