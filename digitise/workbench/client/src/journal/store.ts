/** The journal on this machine: what was typed and is not yet known to be on the server's disk. */
import type { Changed, Operation } from "../api/types";

export interface Entry {
  readonly id: string;
  /** Order in which entries were made, over all tabs. */
  readonly order: number;
  readonly user: string;
  readonly issue: string;
  readonly page: string;
  /** The tab that made it; another one takes it over only when that tab is gone. */
  owner: string;
  op: Operation;
  /** For a line: the text that the person saw before. */
  before: string | null;
  /** open: may still grow. frozen: sent, or about to be. The rest waits for a person. */
  state: "open" | "frozen" | "conflict" | "refused";
  at: string;
  current?: Changed;
  by?: string;
  why?: { en: string; zh: string };
}

const STORE = "operations";

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

/** Entries in IndexedDB; in memory only, and `safe` false, where the browser keeps none. */
export class Journal {
  private constructor(private readonly base: IDBDatabase | null) {}

  get safe(): boolean {
    return this.base !== null;
  }

  static async open(): Promise<Journal> {
    try {
      const asked = indexedDB.open("digitise", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
      return new Journal(await promised(asked));
    } catch {
      return new Journal(null);
    }
  }

  async all(): Promise<Entry[]> {
    if (!this.base) return [];
    const found = this.base.transaction(STORE).objectStore(STORE).getAll();
    const entries = (await promised(found)) as Entry[];
    return entries.sort((a, b) => a.order - b.order);
  }

  /** Resolves once the entry is on this machine's disk. */
  put(entry: Entry): Promise<void> {
    return this.write((store) => store.put(structuredClone(entry)));
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.write((store) => ids.forEach((id) => store.delete(id)));
  }

  private write(change: (store: IDBObjectStore) => void): Promise<void> {
    const base = this.base;
    if (!base) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const work = base.transaction(STORE, "readwrite", { durability: "strict" });
      work.oncomplete = () => resolve();
      work.onerror = work.onabort = () => reject(work.error ?? new Error("IndexedDB"));
      change(work.objectStore(STORE));
    });
  }
}

/** A name for this tab, held as a lock while it lives, so that others leave its entries alone. */
export function tabName(id: string): string {
  const name = `digitise-tab-${id}`;
  if (navigator.locks) void navigator.locks.request(name, () => new Promise<never>(() => {}));
  return name;
}

export async function livingTabs(): Promise<Set<string>> {
  if (!navigator.locks) return new Set();
  const { held } = await navigator.locks.query();
  return new Set((held ?? []).map((lock) => lock.name ?? ""));
}
