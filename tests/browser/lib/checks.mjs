// Runs named checks, all of them even when one fails.

export class Checks {
  #only;
  #failed = 0;
  #passed = 0;

  /** Only checks whose name contains `only`, if it is given. */
  constructor(only) {
    this.#only = only;
  }

  /** Runs `body` and prints `ok name`, with the text it returns if any, or `FAIL name: why`. */
  async check(name, body) {
    if (this.#only && !name.includes(this.#only)) return;
    try {
      const remark = await body();
      this.#passed += 1;
      console.log(`ok ${name}${typeof remark === "string" ? ` (${remark})` : ""}`);
    } catch (error) {
      this.#failed += 1;
      const where = error.stack?.split("\n").find((line) => line.includes("/checks/"))?.trim();
      console.log(`FAIL ${name}: ${error.message}${where ? `\n     ${where}` : ""}`);
    }
  }

  /** Prints the sum. Nothing run is a failure too. */
  finish() {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 && this.#passed > 0;
  }
}

/** Fails with `claim` unless `holds`. */
export function expect(holds, claim) {
  if (!holds) throw new Error(claim);
}

/** Fails unless both are the same. */
export function same(actual, expected, claim) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${claim}: ${a}, not ${b}`);
}
