/** Says which installations are under way and for how long: one line that changes on a terminal, else one line each. */
export class Progress {
  #running = new Map();
  #stream = process.stderr;
  #timer;

  /** @param {string} what @param {() => Promise<unknown>} work */
  async during(what, work) {
    this.#running.set(what, Date.now());
    if (this.#stream.isTTY) this.#timer ??= setInterval(() => this.#show(), 200);
    else this.#stream.write(`  ▸ installing ${what}\n`);
    try {
      return await work();
    } finally {
      this.#running.delete(what);
    }
  }

  end() {
    clearInterval(this.#timer);
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[2K');
  }

  #show() {
    const parts = [...this.#running].map(
      ([what, since]) => `${what} ${Math.round((Date.now() - since) / 1000)} s`,
    );
    const line = `  ▸ installing ${parts.join(' · ')}`;
    this.#stream.write(`\r\x1b[2K${line.slice(0, (this.#stream.columns ?? 100) - 1)}`);
  }
}
