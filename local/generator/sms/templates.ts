/** What customers write, by intent. `{slots}` are filled from `SLOTS`. Some texts hold line breaks, `|` and backslashes. */

export const INTENTS = ['network', 'billing', 'service', 'praise', 'question', 'spam'] as const;
export type Intent = (typeof INTENTS)[number];

export const TEMPLATES: Readonly<Record<Intent, readonly string[]>> = {
  network: [
    'No signal at all in {place} since {time}. When will it be back?',
    'internet keeps dropping every {n} minutes, cant work like this',
    'Speed test says {speed} Mbps down, i pay for {plan}. Fix this please',
    'The {device} shows full bars but nothing loads, {time} again',
    'calls drop after {n} seconds. third time {time} 😡',
    'Ping is {n}00 ms in {place}, unusable for video calls',
    '{greeting} our whole street in {place} has no service. Neighbours too.',
    'Latency terrible | packet loss {n}% | since {time}',
    'hay una caída en {place}? no tengo señal desde {time}',
    'outage AGAIN??\nThis is the {n}th one this month.\nI want it looked into.',
    'Tried resetting the {device}, path C:\\logs\\router says "link down". Help',
    'Data stops as soon as I leave {place}. LTE icon there, no internet',
  ],
  billing: [
    'I was charged twice for {plan}, please refund ${money}',
    'My bill went from ${money} to ${money2} and nobody told me',
    'cancelled {time} but you still took ${money} off my card',
    'What is this "regulatory fee" of ${money}? Never agreed to that',
    'Autopay failed and now a late fee?? The money was in the account.',
    '{greeting} the promo price for {plan} is not on my bill. Order {ref}',
    'Roaming ${money} for {n} MB | I was never outside {place}!',
    'Refund promised {time}, ref {ref}, still nothing',
    'me cobraron ${money} de más este mes, quiero mi dinero de vuelta',
    'Wrong amount on invoice {ref}:\nexpected ${money}\ngot ${money2}',
  ],
  service: [
    'Technician did not show up {time}. I took the day off for this!',
    'On hold for {n}0 minutes then the agent hung up on me',
    'router still not delivered, tracking {ref} says "delivered" 🤔',
    '{greeting} your agent was rude and would not give me a supervisor',
    'Third {device} you sent is broken too. Who tests these?',
    'I explained the problem to {n} people now and everybody starts from zero',
    'The installer left a hole in the wall and cables on the floor in {place}',
    'Nobody answers the chat. Ticket {ref} open since {time}.',
    'El técnico nunca llegó, esperé {n} horas',
    'you closed my ticket {ref} without calling back\\solving anything',
  ],
  praise: [
    'Thanks, the technician in {place} was great 👍',
    'Internet works again, that was quick. thank you!',
    '{greeting} just wanted to say your agent solved it in {n} minutes. Excellent.',
    'New {device} is so much faster, happy with {plan}',
    'muchas gracias, todo resuelto',
  ],
  question: [
    'What are your opening hours in {place}?',
    'how do i change my plan to {plan}?',
    'Does {plan} include roaming?',
    'Can I pay by check? Account ref {ref}',
    'is 5G available in {place} yet',
    '{greeting} where do I find the serial number of the {device}?',
  ],
  spam: [
    'CONGRATS!! You won a {device}. Reply YES {ref}',
    'Cheap loans ${money}/month no credit check | click now',
    'STOP',
    'ok',
    'Hi is this Dan from {place}?',
  ],
};

export const SLOTS: Readonly<Record<string, readonly string[]>> = {
  place: ['Dallas', 'the north side', 'Boise', 'Queens', 'zip 60614', 'San José', 'Tulsa', 'our office', 'Mobile AL', 'Fargo'],
  time: ['this morning', 'last night', 'yesterday', 'Monday', '6am', 'two days ago', 'last week', 'noon'],
  n: ['2', '3', '4', '5', '6', '7', '8', '9'],
  speed: ['0.4', '1.2', '3', '7.9', '11'],
  plan: ['Fiber 500', 'Unlimited Plus', 'Home 200', 'the family plan', 'Mobile Basic', '1 Gig'],
  device: ['router', 'modem', 'iPhone', 'hotspot', 'TV box', 'extender'],
  greeting: ['Hi,', 'Hello', 'hey', 'Good morning,', 'To whom it may concern:', 'Yo'],
  money: ['12.99', '45', '60.00', '89.50', '4.75', '120'],
  money2: ['99.99', '145', '160.20', '75', '210'],
  ref: ['#48213', 'A-7731', 'TX99120', '0042-17', 'CT/5561'],
};
