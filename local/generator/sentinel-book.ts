import type { CustomerBook } from './people/customers.ts';
import { SENTINELS, SENTINEL_AGENTS, sentinelIndex } from './people/sentinels.ts';
import type { PartitionTruth, SentinelTruth } from './truth.ts';

/** Collects the personal values that occur nowhere else, while the files are written. */
export class SentinelBook {
  private readonly book: CustomerBook;
  private readonly customerIds = new Set<string>();
  private readonly complaintIds = new Set<string>();
  private readonly messageTexts = new Set<string>();

  constructor(book: CustomerBook) {
    this.book = book;
    for (const index of this.customers()) this.customerIds.add(book.idOf(index));
  }

  /** Numbers of the sentinel customers. */
  customers(): number[] {
    return SENTINELS.map((_, slot) => sentinelIndex(slot, this.book.count));
  }

  /** Which sentinel customer complains in this row of a file, if any; they are spread over the file. */
  customerOfRow(row: number, rows: number): number | undefined {
    const n = SENTINELS.length;
    const slot = Math.floor((row * n) / rows);
    const isSlotsRow = slot < n && row === Math.floor(((slot + 0.5) * rows) / n);
    return isSlotsRow ? sentinelIndex(slot, this.book.count) : undefined;
  }

  addComplaint(id: string): void {
    this.complaintIds.add(id);
  }

  addMessageText(text: string): void {
    this.messageTexts.add(text);
  }

  truth(partitions: readonly PartitionTruth[]): SentinelTruth {
    for (const { source, plants } of partitions) {
      for (const { id, detail } of plants) {
        if (id !== null && source === 'customers') this.customerIds.add(id);
        else if (id !== null && source !== 'agents') this.complaintIds.add(id);
        if (detail?.['customer_id'] !== undefined) this.customerIds.add(detail['customer_id']);
      }
    }
    return {
      names: SENTINELS.map(({ name }) => name),
      emails: SENTINELS.map(({ email }) => email),
      addresses: SENTINELS.map(({ street }) => street),
      phones: this.customers().map((index) => this.book.phoneOf(index)),
      customer_ids: [...this.customerIds],
      complaint_ids: [...this.complaintIds],
      agent_names: [...SENTINEL_AGENTS.values()],
      message_texts: [...this.messageTexts],
    };
  }
}
