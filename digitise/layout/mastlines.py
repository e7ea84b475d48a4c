"""The lines of a masthead in reading order."""

from __future__ import annotations

from .blocks import make_block
from .matter import in_rows
from .scene import Scene


def masthead_lines(scene: Scene) -> list[int]:
    """The blocks of the masthead as they are read: the title, what stands beside it at its left
    and then at its right, and then the rest row by row. Blocks of several rows are parted into
    their rows first, since lines that stand under each other in the strip under a title are no
    text that runs on."""
    found = [i for i, kind in scene.kind.items() if kind == "masthead"]
    if not found:
        return []
    title = max(found, key=lambda i: (scene.blocks[i].size, -i))
    for i in [] if scene.downward else found:
        block = scene.blocks[i]
        if i == title or block.vertical:
            continue
        scene.blocks[i] = make_block(block.rows[:1], block.cell)
        for row in block.rows[1:]:
            scene.kind[len(scene.blocks)] = "masthead"
            found.append(len(scene.blocks))
            scene.blocks.append(make_block([row], block.cell))
    box = scene.blocks[title].box
    rest = [i for i in found if i != title]
    ears = [i for i in rest if box.y0 < scene.blocks[i].box.cy < box.y1]
    sides = (
        [i for i in ears if scene.blocks[i].box.cx < box.cx],
        [i for i in ears if scene.blocks[i].box.cx >= box.cx],
        [i for i in rest if i not in ears],
    )
    return [title, *(i for side in sides for i in in_rows([(i, scene.blocks[i]) for i in side]))]
