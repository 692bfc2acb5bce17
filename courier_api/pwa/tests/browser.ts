/** What a browser has and Node does not, or not in every version: shelves, locks, local storage, an address. */
import "fake-indexeddb/auto";

type Held = (lock: { name: string } | null) => unknown;

/** One after the other for each name, in the order asked (Web Locks API). */
class Locks {
  readonly #last = new Map<string, Promise<unknown>>();

  request(name: string, given: Held | { ifAvailable?: boolean }, work?: Held): Promise<unknown> {
    const held = (work ?? given) as Held;
    const busy = this.#last.get(name);
    if (busy && typeof given === "object" && given.ifAvailable) return Promise.resolve(held(null));
    const done = (busy ?? Promise.resolve()).then(() => held({ name }));
    const over = done
      .catch(() => undefined)
      .then(() => {
        if (this.#last.get(name) === over) this.#last.delete(name);
      });
    this.#last.set(name, over);
    return done;
  }
}

class Kept {
  readonly #items = new Map<string, string>();

  getItem(name: string): string | null {
    return this.#items.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    this.#items.set(name, value);
  }
}

function give(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}

give(navigator, "locks", new Locks());
give(globalThis, "localStorage", new Kept());
give(globalThis, "location", { origin: "https://tannha.example" });
give(globalThis, "document", { documentElement: { lang: "vi" } });
