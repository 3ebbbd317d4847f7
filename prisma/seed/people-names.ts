import type { ProfileName } from './people-list.ts'

/** First and last names that go together, as an English borough's register has them. */
// prettier-ignore
export const MORE_NAMES: readonly (readonly [string, string])[] = [
  ['Sylvia', 'Barraclough'], ['Mohammed', 'Aslam'], ['Doreen', 'Tattersall'], ['Kwame', 'Boateng'], ['Zofia', 'Wiśniewska'],
  ['Alan', 'Firth'], ['Nasreen', 'Akhtar'], ['Brenda', 'Clegg'], ['Devon', 'Campbell'], ['Shirley', 'Ogden'],
  ['Gurpreet', 'Sandhu'], ['Kenneth', 'Mellor'], ['Rukhsana', 'Malik'], ['Jean', 'Butterworth'], ['Lech', 'Mazur'],
  ['Anthea', 'Rowbotham'], ['Ibrahim', 'Diallo'], ['Marjorie', 'Kershaw'], ['Vivek', 'Sharma'], ['Carole', 'Hinchliffe'],
  ['Precious', 'Moyo'], ['Derek', 'Sykes'], ['Shanaz', 'Begum'], ['Linda', 'Crabtree'], ['Winston', 'Palmer'],
  ['Irene', 'Greenhalgh'], ['Bogdan', 'Ionescu'], ['Eileen', 'Dyson'], ['Abdul', 'Karim'], ['Patricia', 'Naylor'],
  ['Yetunde', 'Balogun'], ['Geoffrey', 'Haigh'], ['Mei', 'Chan'], ['Rita', 'Schofield'], ['Hassan', 'Warsame'],
  ['Josephine', 'Murray'], ['Balbir', 'Kaur'], ['Raymond', 'Ackroyd'], ['Tracy', 'Ainsworth'], ['Olena', 'Kovalenko'],
  ['Norman', 'Wadsworth'], ['Amina', 'Jama'], ['Susan', 'Earnshaw'], ['Leroy', 'Grant'], ['Hilda', 'Armitage'],
  ['Parminder', 'Bains'], ['Clifford', 'Beaumont'], ['Fozia', 'Rashid'], ['Audrey', 'Lumb'], ['Tomos', 'Griffiths'],
  ['Michelle', 'Thewlis'], ['Sanjay', 'Desai'], ['Vera', 'Holdsworth'], ['Nathaniel', 'Brooks'], ['Aoife', 'Gallagher'],
  ['Roland', 'Sugden'], ['Khadija', 'Osman'], ['Jacob', 'Lister'], ['Marlene', 'Shackleton'], ['Emeka', 'Nwachukwu'],
  ['Phyllis', 'Whiteley'], ['Javed', 'Khan'], ['Elsie', 'Hirst'], ['Curtis', 'Reid'], ['Nora', 'Broadbent'],
  ['Simone', 'Baptiste'], ['Wilfred', 'Garside'], ['Anjali', 'Mehta'], ['Connor', 'Walsh'], ['Bronwen', 'Sutcliffe'],
]

interface Story {
  about: readonly string[]
  outcomes: readonly string[]
}
/** What generated people say of themselves and what their support is for. */
// prettier-ignore
export const STORIES: Record<ProfileName, Story> = {
  frail: {
    about: ['My knees have retired before me.', 'I live on my own since the autumn and mean to stay here.', 'I like a bath, a crossword and the window open.', 'Sixty years in this street and I know everybody’s dog.'],
    outcomes: ['Be up and dressed before the post comes', 'Get out once a week', 'Eat one proper meal a day', 'Stay in my own home', 'See my sister every fortnight', 'Keep my balance'] },
  stroke: {
    about: ['My right hand is learning again.', 'Words come slowly; please wait for them.', 'I was fit until I was not, and I am working on it.'],
    outcomes: ['Use both hands in the kitchen', 'Walk to the shop with a stick', 'Hold a conversation on the telephone', 'Go back to my choir', 'Be less tired by noon'] },
  dementia: {
    about: ['I forget the day but not the songs.', 'My family write things on the fridge and I draw faces on them.', 'I was a teacher and I still correct people.'],
    outcomes: ['Company in the afternoons', 'Walk somewhere every day', 'My daughter sleeps at night', 'Do something useful with my hands', 'Keep going to mosque', 'Stay at home for as long as I can'] },
  learning: {
    about: ['I have my own front door.', 'I like my key worker and I like my own company.', 'I am good at swimming and bad at mornings.'],
    outcomes: ['Cook for my friends', 'Get paid work', 'Travel by bus on my own', 'Look after my money', 'Have a girlfriend', 'Be in a show'] },
  young: {
    about: ['I have just left school and nobody has told me what now.', 'I like music, food and people who are straight with me.', 'I want what my brother has: a job and a door key.'],
    outcomes: ['Start college', 'Stay out late sometimes', 'Make two friends', 'Learn to drive a chair in town'] },
  mind: {
    about: ['Some weeks are fine and some are not, and I can tell you which.', 'I keep a diary, a cat and a low profile.', 'I used to run a café and I miss the noise.'],
    outcomes: ['Leave the house three times a week', 'Sleep at night', 'Open my letters', 'Find work that does not make me ill', 'Have somebody to ring'] },
  physical: {
    about: ['I use a powered chair and I live at the top of the hill.', 'I know exactly what I need; I need somebody who listens.', 'I work part time and would like to work more.'],
    outcomes: ['Be at work by nine', 'Choose when I go to bed', 'See more live music', 'Look after my own flat', 'Be strong enough to transfer alone'] },
  carer: {
    about: ['I look after somebody all week and I am good at it.', 'I would not change it, but I would like an afternoon.'],
    outcomes: ['A few hours to myself each week', 'My back stops hurting', 'Keep my job'] },
  nights: {
    about: ['Nights are the worst part of this illness.', 'My days are manageable. My nights are not.'],
    outcomes: ['Sleep through', 'My partner sleeps through', 'Be turned without being woken', 'Stay out of hospital'] },
  illness: {
    about: ['My illness comes and goes and does not ask me first.', 'Good days I garden; bad days I direct.', 'I was a postman and I miss the walking.'],
    outcomes: ['Keep up my strength', 'Plan for bad weeks', 'Be with people my own age', 'Stay off the ward this winter', 'Keep the garden going'] },
}
