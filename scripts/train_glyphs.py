"""Train the classifier of single characters (models/glyphs.onnx) on worn pictures of Ming faces.

python scripts/train_glyphs.py draw --out atlas.npz
python scripts/train_glyphs.py fit atlas.npz --minutes 60 --out state.npz [--from state.npz]
python scripts/train_glyphs.py write atlas.npz state.npz --out models/glyphs.onnx
python scripts/train_glyphs.py show atlas.npz --out samples.png

Wants torch, onnx, jieba, opencc-python-reimplemented and fonttools, and the Debian packages named
in scripts/glyphs/faces.py. Nothing of it is needed to run digitise. `show` writes some worn
pictures, to be looked at beside cells of a real page.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.ocr.glyphs import evened  # noqa: E402
from scripts.glyphs import onnxfile  # noqa: E402
from scripts.glyphs.faces import Atlas, draw  # noqa: E402
from scripts.glyphs.wear import Wear  # noqa: E402

BATCH = 192
PEAK = 2e-3
"""Highest rate of learning; it falls to a fiftieth of that along a cosine."""

BLOCKS = ("f.0", "f.2", "f.4", "f.5", "f.7")
POOLED = frozenset(("f.0", "f.2", "f.5"))


def network(characters: int) -> Any:
    """Five convolutions, 24 to 192 wide, a layer of 192 and one output a character."""
    from torch import nn

    def block(inward: int, outward: int) -> Any:
        convolution = nn.Conv2d(inward, outward, 3, padding=1, bias=False)
        return nn.Sequential(convolution, nn.BatchNorm2d(outward), nn.ReLU(inplace=True))

    net: Any = nn.Sequential()
    net.f = nn.Sequential(
        block(1, 24), nn.MaxPool2d(2), block(24, 64), nn.MaxPool2d(2),
        block(64, 128), block(128, 128), nn.MaxPool2d(2), block(128, 192),
    )  # fmt: skip
    net.e = nn.Sequential(
        nn.Flatten(), nn.Dropout(0.1), nn.Linear(192 * 16, 192, bias=False),
        nn.BatchNorm1d(192), nn.ReLU(inplace=True),
    )  # fmt: skip
    net.o = nn.Linear(192, characters)
    return net


def fit(atlas: Atlas, minutes: float, seed: int, first: Path | None, out: Path) -> None:
    """Train for so long on one core and keep the state in `out`."""
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(seed)
    wear = Wear(atlas, seed)
    net = network(len(atlas.characters)).to(memory_format=torch.channels_last)
    if first is not None:
        with np.load(first) as kept:
            net.load_state_dict({name: torch.from_numpy(kept[name]) for name in kept.files})
    learn = torch.optim.AdamW(net.parameters(), lr=PEAK, weight_decay=0.02)
    start, step, right = time.monotonic(), 0, 0.0
    while (done := (time.monotonic() - start) / (60 * minutes)) < 1:
        rate = PEAK * min(1, (step + 1) / 100) * (0.49 * (1 + math.cos(math.pi * done)) + 0.02)
        for group in learn.param_groups:
            group["lr"] = rate
        cells, which = wear.batch(BATCH)
        x = torch.from_numpy(evened(cells))[:, None].contiguous(memory_format=torch.channels_last)
        y = torch.from_numpy(which)
        with torch.autocast("cpu", torch.bfloat16):
            told = net(x)
        loss = functional.cross_entropy(told.float(), y)
        learn.zero_grad(set_to_none=True)
        loss.backward()
        learn.step()
        right += float((told.argmax(1) == y).float().mean())
        step += 1
        if step % 100 == 0:
            print(f"{step * BATCH} pictures, {done:.0%}: {right:.1f} % right", flush=True)
            right = 0.0
    np.savez(out, **{name: value.numpy() for name, value in net.state_dict().items()})


def load_atlas(path: Path) -> Atlas:
    with np.load(path) as kept:
        names = tuple(str(c) for c in kept["characters"])
        return Atlas(names, kept["weights"], kept["pictures"], kept["known"])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("draw", "fit", "write", "show"))
    parser.add_argument("inputs", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=Path)
    options = parser.parse_args(arguments)
    if options.what == "draw":
        atlas = draw()
        np.savez(
            options.out,
            characters=np.array(atlas.characters),
            weights=atlas.weights,
            pictures=atlas.pictures,
            known=atlas.known,
        )
        return 0
    atlas = load_atlas(options.inputs[0])
    if options.what == "fit":
        fit(atlas, options.minutes, options.seed, options.first, options.out)
    elif options.what == "write":
        with np.load(options.inputs[1]) as kept:
            state = {name: kept[name] for name in kept.files}
        onnxfile.write(state, atlas.characters, BLOCKS, options.out, POOLED)
    else:
        cells, _ = Wear(atlas, options.seed).batch(300)
        rows = [np.hstack(list(cells[i : i + 30])) for i in range(0, 300, 30)]
        cv2.imwrite(str(options.out), np.vstack(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
