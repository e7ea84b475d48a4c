"""Which of the blocks left over are running text, and which are nothing of the kind."""

from __future__ import annotations

from .scene import Scene


def sift_bodies(scene: Scene) -> tuple[list[int], list[int]]:
    """(blocks of running text, blocks that are none), among those without a kind."""
    bodies: list[int] = []
    spare: list[int] = []
    for i in scene.free():
        b = scene.blocks[i]
        junk = b.chars == 0 or (b.chars <= 1 and not b.text.strip("•●■◆▲★·-—|_").strip())
        if junk or (b.vertical and b.chars <= 2):
            spare.append(i)
        else:
            bodies.append(i)
    return bodies, spare
