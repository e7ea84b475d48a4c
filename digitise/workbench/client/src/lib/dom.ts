/** Small things the browser does not bring. */

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Calls `run` once, `wait` ms after the last call. */
export function later<A extends unknown[]>(run: (...args: A) => void, wait: number) {
  let timer = 0;
  const call = (...args: A): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => run(...args), wait);
  };
  call.cancel = (): void => clearTimeout(timer);
  return call;
}

/** Calls `run` at most once a frame, with the latest arguments. */
export function eachFrame<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  let last: A | null = null;
  return (...args: A): void => {
    if (last === null) {
      requestAnimationFrame(() => {
        const now = last;
        last = null;
        if (now) run(...now);
      });
    }
    last = args;
  };
}

/** An id nobody else has made: what makes sending an operation twice harmless. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The code points of `text`: what counts as a character everywhere in the app. */
export function points(text: string): string[] {
  return Array.from(text);
}

/** How many code units the first `count` code points take. */
export function unitsOf(text: string, count: number): number {
  let units = 0;
  for (const point of text) {
    if (count-- <= 0) break;
    units += point.length;
  }
  return units;
}

/** How many code points stand before code unit `units`. */
export function pointsBefore(text: string, units: number): number {
  return points(text.slice(0, units)).length;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Saves `blob` as a file called `name`. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
