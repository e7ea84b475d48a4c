import { render } from "preact";

import { App } from "./App";
import { get, Refused, session } from "./api/client";
import type { Session } from "./api/types";
import { start } from "./journal/outbox";
import { listen } from "./lib/keys";
import { follow } from "./lib/router";

import "./style/base.css";
import "./style/shell.css";
import "./style/desk.css";

const root = document.getElementById("app");

async function begin(): Promise<void> {
  if (!root) return;
  try {
    session.value = await get<Session>("/api/session");
    await start();
  } catch (problem) {
    // Without an answer the app still opens, shows that it is cut off, and goes on trying.
    if (!(problem instanceof Refused)) setTimeout(() => void begin(), 3000);
  }
  listenOnce();
  root.textContent = "";
  render(<App />, root);
}

let listening = false;
function listenOnce(): void {
  if (listening) return;
  listening = true;
  listen();
  follow();
}

void begin();
