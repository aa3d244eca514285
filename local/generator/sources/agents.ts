import { AGENT_COUNT, EXPERIENCES, FIRST_AGENT_ID } from '../complaints/domains.ts';
import { csvLine } from '../defects/csv-lines.ts';
import { wants, type DefectChoice } from '../defects/kinds.ts';
import { DEDUPLICATED, LOADED, QUARANTINED, type Plant } from '../defects/plant.ts';
import { Recorder } from '../files/recorder.ts';
import { STATES } from '../people/place-lists.ts';
import { SENTINEL_AGENTS } from '../people/sentinels.ts';
import { FEMALE_NAMES, LAST_NAMES, MALE_NAMES } from '../people/word-lists.ts';
import { Random } from '../random/random.ts';
import { writeFile, type Run, type WrittenFile } from '../run.ts';

const HEADER = 'iD,NamE,experience,state';
const PATH = 'agents/agents.csv';
/** The agent whose experience is no known one, by number. */
const ODD_ONE = { number: 42, experience: 'Principal' } as const;

interface Agent {
  readonly id: string;
  readonly name: string;
  readonly experience: string;
  readonly state: string;
}

/** Writes the agents' sheet. A sheet has no lines to break: only what its cells can hold is planted. */
export async function writeAgents(run: Run): Promise<WrittenFile> {
  const recorder = new Recorder({ source: 'agents', date: null, hour: null, path: PATH });
  return writeFile(run, recorder, async (output) => {
    output.add(`${HEADER}\n`);
    for (const row of sheetOf(run)) {
      if ('kind' in row) recorder.addPlant(row, output.offset);
      else recorder.addRows(1);
      output.add('kind' in row ? row.row : lineOf(row));
    }
    run.onRows(PATH, AGENT_COUNT);
    await output.flush();
  });
}

/** Experience of each agent as it stands in the sheet, in the order of their ids. */
export function experiencesOf(seed: number, defects: DefectChoice): string[] {
  const hasOddOne = wants(defects, 'unknown_experience');
  return drawAgents(seed).map(({ experience }, n) =>
    hasOddOne && n === ODD_ONE.number ? ODD_ONE.experience : experience,
  );
}

function lineOf({ id, name, experience, state }: Agent): string {
  return `${csvLine([id, name, experience, state])}\n`;
}

function drawAgents(seed: number): Agent[] {
  const random = new Random(`${seed}/agents`);
  return Array.from({ length: AGENT_COUNT }, (_, n) => {
    const id = FIRST_AGENT_ID + n;
    const first = random.pick(random.below(2) === 0 ? FEMALE_NAMES : MALE_NAMES);
    const name = `${first} ${random.pick(LAST_NAMES)}`;
    return {
      id: String(id),
      name: SENTINEL_AGENTS.get(id) ?? name,
      experience: random.pick(EXPERIENCES),
      state: random.pick(STATES).name,
    };
  });
}

/** The agents in order, with the plants among them; an agent with an unknown or missing value stands as a plant. */
function sheetOf(run: Run): (Agent | Plant<string>)[] {
  const sheet: (Agent | Plant<string>)[] = [];
  for (const [n, agent] of drawAgents(run.seed).entries()) sheet.push(...plantsBefore(run, n, agent));
  return sheet;
}

function plantsBefore(run: Run, n: number, agent: Agent): (Agent | Plant<string>)[] {
  const { id } = agent;
  if (n === 0 && wants(run.defects, 'missing_key')) {
    return [
      { kind: 'missing_key', row: lineOf({ ...agent, id: '' }), accounts: QUARANTINED, id: null },
      agent,
    ];
  }
  if (n === 17 && wants(run.defects, 'conflict')) {
    const other = agent.experience === 'intern' ? 'Junior' : 'intern';
    const row = lineOf({ ...agent, experience: other });
    const detail = { loser_experience: other, winner_experience: agent.experience };
    return [{ kind: 'conflict', row, accounts: QUARANTINED, id, detail }, agent];
  }
  if (n === ODD_ONE.number && wants(run.defects, 'unknown_experience')) {
    const unknown = { column: 'experience', value: ODD_ONE.experience };
    const row = lineOf({ ...agent, experience: unknown.value });
    return [
      { kind: 'unknown_experience', row, accounts: LOADED, id, detail: { value: unknown.value }, unknown },
    ];
  }
  if (n === 77 && wants(run.defects, 'missing_state')) {
    return [{ kind: 'missing_state', row: lineOf({ ...agent, state: '' }), accounts: LOADED, id }];
  }
  if (n === AGENT_COUNT - 1 && wants(run.defects, 'duplicate')) {
    return [agent, { kind: 'duplicate', row: lineOf(agent), accounts: DEDUPLICATED, id }];
  }
  return [agent];
}
