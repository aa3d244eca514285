/** A client as a function would be: reads ranges through Google's addresses and prints what came as JSON. */
import { sheets } from '@googleapis/sheets';
import { JWT } from 'google-auth-library';

interface Question {
  readonly email: string;
  readonly key: string;
  readonly spreadsheetId: string;
  readonly range: string;
  readonly valueRenderOption?: string;
}

const questions = JSON.parse(process.argv[2] ?? '[]') as Question[];
const answers: unknown[] = [];
for (const { email, key, ...request } of questions) {
  const auth = new JWT({ email, key, scopes: ['https://www.googleapis.com/auth/spreadsheets.readonly'] });
  try {
    const answer = await sheets({ version: 'v4', auth }).spreadsheets.values.get(request);
    answers.push(answer.data.values ?? null);
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    answers.push({ status, message });
  }
}
console.log(JSON.stringify(answers));
