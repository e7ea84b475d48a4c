import { render } from "preact";

import "./style/base.css";

const root = document.getElementById("app");
if (root) render(<main />, root);
