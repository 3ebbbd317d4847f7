import type { CategoryCode } from '#services/discovery/vocabulary.ts'

type Group = 'care' | 'home' | 'days' | 'brought' | 'help'
export type Band = 'good' | 'middling' | 'poor'

const GROUPS: Partial<Record<CategoryCode, Group>> = {
  help_at_home: 'home', sitting_and_company: 'home', getting_out: 'home', personal_assistant: 'home',
  day_activities: 'days', learning_and_skills: 'days', wellbeing: 'days', peer_support: 'days', short_breaks: 'days',
  transport: 'brought', meals_delivered: 'brought',
  employment_support: 'help', advocacy: 'help', brokerage_and_planning: 'help', direct_payment_support: 'help',
  carers_support: 'help', rehabilitation_and_therapy: 'help', equipment_and_adaptations: 'help', technology: 'help',
  advice_and_information: 'help',
} // prettier-ignore
export const groupOf = (category: CategoryCode): Group => GROUPS[category] ?? 'care'

/** What people say. Nothing in it tells who said it: no names, no diagnoses, no streets. */
// prettier-ignore
export const COMMENTS: Record<Group, Record<Band, readonly string[]>> = {
  care: {
    good: [
      'They let me do my own buttons, even when it takes ten minutes.', 'Never once have I been hurried out of the bath.',
      'They ask every time, even though they know the answer.', 'I was nervous of having strangers in the bathroom. They are not strangers now.',
      'Came through the snow and rang first to say how long it would be.', 'My skin is better than it has been for a year.',
      'They write down what I say and not what they think.', 'The same two faces all winter. That is worth more than anything.',
      'I choose when I go to bed. It sounds small until you have not had it.', 'When I said the towel was scratchy it was changed by the next day.',
      'They talk to me and not over my head to the family.', 'Gentle hands and a good sense of humour.',
      'They noticed a sore place before I did and told the nurse.', 'I said I wanted a man and a man came. No fuss.',
      'They knock. You would be surprised how few people knock.', 'If they are going to be late they say so, and then they are not very late.',
      'I am clean, dressed and out by nine, and that means I have a life.', 'The night worker is so quiet that I forget there is anybody there.' ],
    middling: [
      'The regulars are lovely. At weekends it can be anybody.', 'Good when they come on time, which is about four days in five.',
      'Kind people, too many of them. I would like fewer faces.', 'The care is fine. The office does not ring back.',
      'They do what is on the sheet. I wish they would ask what I want that day.', 'It settled down after the first month.',
      'Some are careful with the hoist and some are in a rush.', 'I had to say more than once that I like to wash my own face.' ],
    poor: [
      'Nine different people in three weeks. I stopped learning the names.', 'They were gone in twenty minutes and wrote down forty.',
      'I said no to a shower and it was put in the book as refused, as if I was being difficult.', 'Late four times in a fortnight and nobody rang.',
      'They talked to each other across me.', 'The plan says I choose my clothes. I did not get to.' ] },
  home: {
    good: [
      'We went to the market and I carried my own bag.', 'The house feels like mine again.', 'I laughed more in two hours than in the month before.',
      'Left things where I can reach them, which the last people never did.', 'I direct and they do. That is how it should be.',
      'They learned how I like the beds made. Hospital corners, since you ask.', 'My first film in a cinema for six years.',
      'It was my idea where to go and we went there.', 'The letters are not a heap any more.', 'Always remembers what we were talking about last week.',
      'Did not throw away my newspapers. Asked, and then found me a box for them.', 'I can cook again if somebody opens the jars.',
      'The garden gate shuts and so does the argument about it.', 'We get on. I look forward to it, and I do not look forward to much.',
      'They changed the day twice when I was poorly and never made me feel bad.', 'Nobody has ever listened to the whole story before.' ],
    middling: [
      'Nice, though it took three goes to find a day that worked.', 'We get on well but I would like it to be an hour longer.',
      'Cleaning good, ironing less so.', 'Sometimes I have to remind them that I decide.', 'Turned up in a small car and my chair did not fit. Put right the week after.',
      'Pleasant, and a bit expensive with the travel.' ],
    poor: [
      'Spent a good part of the visit on the telephone.', 'Rearranged my kitchen without asking. I cannot find anything.',
      'Cancelled on the morning three times.', 'I felt I was being entertained and not asked.' ] },
  days: {
    good: [
      'I sat at the back for two weeks and nobody made me come forward. Then I did.', 'Best day of the week by a long way.',
      'The food is proper food.', 'I can move my shoulder again.', 'I made a bowl. It leaks and I love it.',
      'There is somewhere quiet to go and nobody follows you.', 'I have a friend from there who rings me.',
      'They ask us what to do next and then we do it.', 'I slept that night, which I never do.', 'My hands were busy and my head was still.',
      'I read a whole page aloud.', 'The warm room, the laughing, the biscuits. In that order.', 'Everybody is treated like a grown-up.',
      'I was wobbly on the first day and steadier by the sixth.', 'They waited while I found the word.', 'Went in a bad mood and came out in a good one.' ],
    middling: [
      'Good fun, but the lift was broken for a month.', 'I like it. It is quite loud after lunch.', 'A bit easy for me. They are finding me something harder.',
      'Friendly, though they start late.', 'The room is cold until about eleven.' ],
    poor: [
      'I was put in a group that I had not asked for.', 'It was decided before we came in what we would make.', 'Too many people and not enough chairs.' ] },
  brought: {
    good: [
      'Hot, on time, and a hello.', 'The driver waited while I found my keys and did not sigh.', 'Gravy like my mother’s.', 'He took me right to the desk.',
      'They rang my daughter when I did not come to the door. I was in the garden, but I was glad.', 'I could open every box myself.',
      'The ramp is not steep and she does the belts up properly.', 'Same price as they said, even with the roadworks.', 'Spicy when I ask for spicy.',
      'I have put back the half stone that I lost.' ],
    middling: ['Good food, small pudding.', 'Ten minutes late most days, but always kind.', 'Nice driver. The van smells of dog.', 'The menu goes round a bit quickly.'],
    poor: ['Lukewarm twice this week.', 'Left on the step. I cannot bend to the step.', 'Forgot me on the way back and I waited an hour.'] },
  help: {
    good: [
      'Three exercises, not thirteen. So I do them.', 'For the first time I understood the letter.', 'They sat beside me at the meeting and I did the talking.',
      'I start my job on Monday.', 'My wages run themselves now.', 'The rail is exactly where my hand wants it.', 'They found money I had been missing for years.',
      'I can ring my sister on the screen and see her kitchen.', 'They told me what I could ask for, and then I asked for it.', 'They explained it three times and the third time was as kind as the first.',
      'I felt that it was my plan.', 'The steps are on a card by the telephone and I can follow them.', 'I talked for an hour and came out lighter.', 'I can get in and out of my own front door.' ],
    middling: ['Helpful when you get hold of them.', 'Good advice; the report was long.', 'It took six weeks to get an appointment, and then it was very good.', 'The work is tidy. It was a fortnight later than they said.'],
    poor: ['I was told what to do and not asked what I wanted.', 'Two visits to fit one rail.', 'They used words I did not know and did not stop when I said so.'] },
}

export const SECOND: Record<Band, readonly string[]> = {
  good: [
    'I would ask for them again.',
    'They keep to the time.',
    'If something is wrong I can say so.',
    'It has made the week different.',
    'They remember what I tell them.',
    'I chose it and I am glad.',
  ],
  middling: [
    'They did put it right when I said.',
    'I am staying for now.',
    'We talked about it and it is better.',
    'I would like to be asked more often.',
  ],
  poor: [
    'I said so and it has not changed.',
    'I have asked for somebody else.',
    'I expected more for the price.',
  ],
}

export const REPLIES: Record<Band, readonly string[]> = {
  good: [
    'Thank you. It is good to know that it fits.',
    'Thank you for telling us. We passed it on to the people who come to you.',
    'That made our day. See you next week.',
    'Thank you. You taught us how you like it.',
  ],
  middling: [
    'Thank you for saying it plainly. We have changed the weekend rota.',
    'You are right. The office now rings back the same day.',
    'Thank you. Let us talk about a longer visit.',
    'Fair. We have mended it and are sorry that it took so long.',
  ],
  poor: [
    'We are sorry. This is not how we want to work. Please ring us so that we can put it right.',
    'We were short of people and should have told you. From this month you will be rung before any change.',
    'We have looked at this with the workers concerned. Thank you for telling us.',
  ],
}
