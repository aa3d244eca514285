import { callLogs, smsInbox, socialMedia, webForms, type GivenSources } from './given-sources.ts';

/** Somebody who complains on every channel, in good records and bad ones. */
export const person = {
  customerId: '5e1f0a77-3c2d-4b9e-8f61-0d9c8b7a6e55',
  name: 'Quillon Ravensworth-Abernathy',
  email: 'quillon.ravensworth@erase-me.example',
  phone: '+15550142337',
} as const;

const bare = person.customerId.replaceAll('-', '');

/** Every spelling that must be nowhere afterwards, in lower case. */
export const spellings: readonly string[] = [
  person.customerId,
  bare,
  person.name.toLowerCase(),
  person.email,
  person.phone.slice(1),
];

/** What a request to erase them names. */
export const identifiers = {
  customer_id: [person.customerId],
  email: [person.email],
  phone: [person.phone],
};

/** An id as the call centre makes them: it embeds the customer's. */
const callId = (number: number): string => `Xyz12ab${number}K${bare}4711${bare.slice(0, 9)}Qak`;

const call = (id: string, customer: string, status = 'Resolved', start = '2025-11-19 09:00:00'): string =>
  `7,${id},${customer},Payments,1001,${start},2025-11-19 09:07:00,${status},2025-11-20`;

/** Rows of the person in one day's call logs: two are loaded, two quarantined, one is a duplicate, one embeds the id only. */
const calls = [
  call(callId(1), person.customerId),
  call(callId(1), person.customerId),
  call(callId(2), ''),
  call(callId(3), person.customerId, 'Resolved', '2025-02-30 09:00:00'),
  `8,${callId(4)},${person.customerId}`,
  call('Kma00c1Q9', person.customerId.toUpperCase()),
];

/** Rows that a later day brings: the same complaint with another status. */
const laterCalls = [call(callId(1), person.customerId, 'Backlog')];

/** Erased rows that each partition must count, `source date hour`. */
export type ExpectedErased = Readonly<Record<string, number>>;

/** Plants the person in sources that have phone numbers. */
export function plantPerson(given: GivenSources, first: string, second: string): ExpectedErased {
  const address = '"12 Erasure Road\nSpringfield, IL 62701"';
  const customer = (born: string): string =>
    `${person.customerId},${person.name},M,${born},2019-05-06,${person.email},${address},${person.phone}`;
  append(given, 'customers/customers_dataset.csv', [customer('1980-02-30'), customer('1980-02-03')]);
  append(given, callLogs(first), calls);
  append(given, callLogs(second), laterCalls);
  append(given, webForms(first), [
    `9,ab12${bare.slice(4, 8)}K${bare}77${bare.slice(0, 4)}Qgd,${person.customerId},Network Failure,1002,Backlog,2025-10-01 10:00:00,,2025-11-20`,
  ]);
  given.edit(socialMedia(first), (text) => {
    const columns = JSON.parse(text) as Record<string, Record<string, unknown>>;
    const record: Readonly<Record<string, unknown>> = {
      complaint_id: callId(6).toLowerCase().replaceAll('k5e1f', 'K5e1f'),
      'customeR iD': person.customerId,
      resolutionstatus: 'Blocked',
    };
    for (const [header, column] of Object.entries(columns)) column['9999999'] = record[header] ?? '';
    return JSON.stringify(columns);
  });
  append(given, smsInbox(first, '08'), [
    `erase-me-1|2025-11-20T08:15:00+00:00|${person.phone}|1234|No network since monday`,
    `erase-me-2|2025-11-20T08:16:00+00:00|+15550100999|1234|Please answer to ${person.email}, not to me`,
    `erase-me-3|2025-11-20T08:17:00+00:00|${person.phone}`,
  ]);
  return {
    [`customers ${first} -1`]: 2,
    [`customers ${second} -1`]: 2,
    [`call_logs ${first} -1`]: calls.length,
    [`call_logs ${second} -1`]: laterCalls.length,
    [`web_forms ${first} -1`]: 1,
    [`social_media ${first} -1`]: 1,
    [`sms ${first} 8`]: 3,
  };
}

/** The source delivers a day again, and the person with it. */
export const redeliver = (given: GivenSources, date: string): number => {
  append(given, callLogs(date), [call(callId(9), person.customerId)]);
  return laterCalls.length + 1;
};

function append(given: GivenSources, path: string, lines: readonly string[]): void {
  given.edit(path, (text) => `${text.replace(/\n$/, '')}\n${lines.join('\n')}\n`);
}
