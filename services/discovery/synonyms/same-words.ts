import type { SameWords } from './synonyms.ts'

/** Names for one and the same thing. */
export const sameWords: readonly SameWords[] = [
  {
    words: ['physio', 'physiotherapy', 'physiotherapist'],
    also: ['physio', 'physiotherapy', 'physiotherapist'],
  },
  { words: ['ot', 'ots', 'occupational therapist', 'occupational therapy'], also: ['occupational therapy'] },
  { words: ['slt', 'salt', 'speech therapy', 'speech therapist', 'swallowing'], also: ['speech therapy'] },
  {
    words: ['chiropody', 'chiropodist', 'podiatry', 'podiatrist', 'foot care', 'nail cutting', 'toenails'],
    also: ['foot care', 'feet'],
  },
  { words: ['counselling', 'counsellor', 'talking therapy'], also: ['counselling', 'talking therapy'] },
  { words: ['cleaner', 'cleaners'], also: ['cleaning', 'housework'] },
  { words: ['hoovering', 'vacuuming', 'ironing', 'laundry'], also: ['housework'] },
  {
    words: ['mow the lawn', 'mow', 'mowing', 'lawn', 'grass', 'cut the grass', 'weeding', 'hedge', 'hedges'],
    also: ['garden', 'gardening'],
  },
  { words: ['handyman', 'odd jobs'], also: ['small jobs', 'repairs'] },
  { words: ['decluttering', 'declutter', 'hoarding'], also: ['hoarding', 'clutter'] },
  { words: ['cooking', 'cook'], also: ['cook'] },
  { words: ['shopping for', 'do the shopping', 'food shopping'], also: ['shopping'] },
  { words: ['lunch club', 'lunch clubs'], also: ['lunch'] },
  {
    words: ['art', 'arts', 'art classes', 'art group', 'painting', 'crafts', 'craft group'],
    also: ['art', 'painting', 'craft'],
  },
  { words: ['choir', 'singing'], also: ['choir', 'singing'] },
  { words: ['dance', 'dancing'], also: ['dancing'] },
  {
    words: ['computer', 'computers', 'laptop', 'ipad', 'tablet', 'internet', 'wifi'],
    also: ['computers', 'tablet', 'internet'],
  },
  { words: ['pendant', 'pendant alarm', 'falls alarm', 'fall alarm', 'fall detector'], also: ['alarm'] },
  { words: ['grab rail', 'grab rails', 'hand rail', 'hand rails', 'handrail', 'handrails'], also: ['rails'] },
  { words: ['stairlift', 'stair lift'], also: ['stairlift'] },
  { words: ['feeding tube', 'tube feeding', 'peg feed', 'peg feeding'], also: ['tube feeding'] },
  {
    words: ['medication', 'medicine', 'help with medication', 'help with medicine', 'medication prompts'],
    also: ['medicines', 'medication'],
  },
  {
    words: [
      'benefits',
      'welfare rights',
      'pip',
      'dla',
      'attendance allowance',
      'universal credit',
      'blue badge',
      'help with benefits',
    ],
    also: ['benefits'],
  },
  { words: ['forms', 'form filling', 'fill in forms', 'help with forms'], also: ['forms'] },
  { words: ['female'], also: ['women', 'woman'] },
  { words: ['male'], also: ['men', 'man'] },
  { words: ['pa', 'pas'], also: ['personal assistant'] },
  { words: ['bsl', 'sign language', 'signer', 'interpreter'], also: ['sign language'] },
  { words: ['autism', 'asd', 'asc', 'aspergers'], also: ['autistic'] },
  { words: ['vi', 'visually impaired', 'partially sighted'], also: ['blind', 'sight'] },
  { words: ['car', 'drive me', 'driver'], also: ['driver'] },
  { words: ['minibus', 'bus'], also: ['minibus'] },
  { words: ['hot dinner', 'hot dinners'], also: ['hot dinner', 'hot meal'] },
  { words: ['teenager', 'teenagers', 'teens'], also: ['young people'] },
  { words: ['acting', 'actor', 'actors', 'drama', 'theatre', 'plays'], also: ['theatre', 'drama', 'actors'] },
  {
    words: ['haircut', 'hair cut', 'hairdresser', 'hair dresser', 'barber', 'hair done'],
    also: ['hairdresser', 'hair'],
  },
  {
    words: ['change a dressing', 'change my dressing', 'dressings', 'wound', 'wounds'],
    also: ['dressings', 'wounds'],
  },
  {
    words: ['fell', 'fell over', 'fallen', 'keeps falling', 'fall', 'falls', 'falling'],
    also: ['fall', 'falls'],
  },
  {
    words: ['stairs', 'climb the stairs', 'cannot climb the stairs', 'get upstairs'],
    also: ['stairlift', 'stairlifts'],
  },
  { words: ['broken', 'mend', 'repair', 'repairs', 'fix'], also: ['repairs', 'mend', 'fixed'] },
  {
    words: ['feeling low', 'low', 'low mood', 'depressed', 'depression', 'sad'],
    also: ['low mood', 'depression'],
  },
  { words: ['panic attacks', 'panic attack', 'anxious', 'anxiety', 'worried'], also: ['anxiety', 'worry'] },
  {
    words: ['self employed', 'be self employed', 'work for myself', 'own business', 'start a business'],
    also: ['business'],
  },
  {
    words: ['woman to help', 'lady to help', 'woman carer', 'female carer', 'women'],
    also: ['women', 'woman'],
  },
  { words: ['back rub', 'rub'], also: ['massage'] },
  {
    words: ['going blind', 'losing my sight', 'lose my sight', 'losing her sight', 'losing his sight'],
    also: ['sight loss'],
  },
  {
    words: ['look after my money', 'manage my money', 'money management'],
    also: ['money skills', 'direct payment'],
  },
  {
    words: ['easier to use', 'adapt my house', 'adapt my home'],
    also: ['occupational therapy', 'occupational therapist'],
  },
  { words: ['owe money', 'in debt', 'debts', 'bailiffs'], also: ['debt'] },
  { words: ['flat', 'housing', 'accommodation'], also: ['flat'] },
]
