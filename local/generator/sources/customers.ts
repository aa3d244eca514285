import { customerFactories } from '../defects/customer-rows.ts';
import { quoted } from '../defects/csv-lines.ts';
import { wants } from '../defects/kinds.ts';
import { planDefects } from '../defects/plan.ts';
import { BYTE_ORDER_MARK } from '../files/output.ts';
import { Recorder } from '../files/recorder.ts';
import { writeRows } from '../files/write-rows.ts';
import type { Customer } from '../people/customers.ts';
import { DOMAIN_TYPOS } from '../people/emails.ts';
import { Random } from '../random/random.ts';
import { writeFile, type Run, type WrittenFile } from '../run.ts';

const HEADER = 'customer_id,name,Gender,DATE of biRTH,signup_date,email,address';
const PATH = 'customers/customers_dataset.csv';
/** Kinds rotate from file to file; here this brings an unclosed quote to the end of the file. */
const ROTATION = 2;

/** Writes the customers file; the order of its rows is the order of the customers' numbers. */
export async function writeCustomers(run: Run): Promise<WrittenFile> {
  const { book, withPhone } = run;
  const recorder = new Recorder({ source: 'customers', date: null, hour: null, path: PATH });
  const plan = planDefects({
    factories: customerFactories({
      book,
      random: new Random(`${run.seed}/customers/planted`),
      fields: (customer) => fieldsOf(customer, withPhone),
    }),
    choice: run.defects,
    rows: book.count,
    rotation: ROTATION,
    aimAtBoundaries: true,
  });
  return writeFile(run, recorder, async (output) => {
    if (wants(run.defects, 'byte_order_mark')) {
      output.add(BYTE_ORDER_MARK);
      recorder.addMess('byte_order_mark');
    }
    output.add(withPhone ? `${HEADER},phone\n` : `${HEADER}\n`);
    await writeRows({
      output,
      recorder,
      rows: book.count,
      line: (index) => {
        const customer = book.customerAt(index);
        countTypo(recorder, customer.email);
        return lineOf(customer, withPhone);
      },
      plan,
      onRows: (count) => run.onRows(PATH, count),
    });
  });
}

function countTypo(recorder: Recorder, email: string): void {
  for (const domain of DOMAIN_TYPOS) if (email.endsWith(domain)) recorder.addFact(`email domain ${domain}`);
}

function lineOf(c: Customer, withPhone: boolean): string {
  const line = `${c.id},${c.name},${c.gender},${c.born},${c.signedUp},${c.email},${quoted(c.address)}`;
  return withPhone ? `${line},${c.phone}` : line;
}

function fieldsOf(c: Customer, withPhone: boolean): string[] {
  const fields = [c.id, c.name, c.gender, c.born, c.signedUp, c.email, c.address];
  return withPhone ? [...fields, c.phone] : fields;
}
