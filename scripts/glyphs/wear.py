"""What lead type, newsprint and film make of a character, at random."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from digitise.ocr.upright import CONTEXT, SIDE
from scripts.glyphs.faces import EM, Atlas

Field = NDArray[np.float32]
Ink = NDArray[np.uint8]

ROOM = EM // 2 + 8
"""Pixels round a character into which its neighbours reach."""

NOISE = 512


class Wear:
    """Draws worn pictures of an atlas' characters."""

    def __init__(self, atlas: Atlas, seed: int) -> None:
        self._atlas = atlas
        self._random = np.random.default_rng(seed)
        self._total = np.cumsum(atlas.weights)
        self._faces = [np.flatnonzero(column) for column in atlas.known.T]
        self._grain = self._random.standard_normal((NOISE, NOISE)).astype(np.float32)
        self._clouds = [_unit(self._grain, s) for s in (1.2, 2.5, 6)]

    def batch(self, count: int) -> tuple[Ink, NDArray[np.int64]]:
        """((count, SIDE, SIDE) grey pictures, which characters they show)."""
        which = np.array([self._some() for _ in range(count)], np.int64)
        return np.stack([self._worn(int(k)) for k in which]), which

    def _some(self) -> int:
        at = self._random.random() * self._total[-1]
        return min(int(np.searchsorted(self._total, at)), len(self._total) - 1)

    def _cloud(self, which: int, side: int) -> Field:
        y, x = self._random.integers(0, NOISE - side, 2)
        return self._clouds[which][y : y + side, x : x + side]

    def _beside(self, face: int) -> Ink:
        """Another character of the face."""
        while True:
            k = self._some()
            if self._atlas.known[face, k]:
                picture: Ink = self._atlas.pictures[face, k]
                return picture

    def _next(self, face: int) -> Ink:
        """What stands over or under: a character, a stop or nothing."""
        if self._random.random() < 0.8:
            return self._beside(face)
        ink = np.zeros((EM, EM), np.uint8)
        if self._random.random() < 0.6:
            place = (int(self._random.integers(20, 40)), int(self._random.integers(6, 20)))
            self._stop(ink, place, 8)
        return ink

    def _stop(self, ink: Ink, place: tuple[int, int], longest: int) -> None:
        size = (3, int(self._random.integers(3, longest)))
        cv2.ellipse(ink, place, size, float(self._random.uniform(-60, 60)), 0, 360, 255, -1)

    def _worn(self, k: int) -> Ink:
        face = int(self._random.choice(self._faces[k]))
        ink = self._printed(self._in_column(face, k))
        return self._scanned(ink)

    def _in_column(self, face: int, k: int) -> Ink:
        """The character among its neighbours, in a column beside other columns and rules."""
        r, side = self._random, EM + 2 * ROOM
        ink = np.zeros((side, side), np.uint8)
        own = slice(ROOM, ROOM + EM)
        ink[own, own] = self._atlas.pictures[face, k]
        gap = int(r.integers(-1, 4))
        if r.random() < 0.9:
            top = ROOM - gap
            ink[:top, own] = np.maximum(ink[:top, own], self._next(face)[EM - top :])
        if r.random() < 0.9:
            start = ROOM + EM + gap
            ink[start:, own] = np.maximum(ink[start:, own], self._next(face)[: side - start])
        for way in (-1, 1):
            if r.random() < 0.2:
                x = ROOM + way * int(EM * r.uniform(1.05, 1.35))
                y = ROOM + int(r.integers(-EM // 2, EM // 2))
                _lay(ink, self._beside(face), x, y)
        if r.random() < 0.15:
            right = r.random() < 0.5
            x = round(ROOM + EM * (r.uniform(1.02, 1.25) if right else -r.uniform(0.02, 0.25)))
            ink[:, max(0, x - 1) : x + int(r.integers(1, 6))] = 255
        if r.random() < 0.15:
            place = (int(ROOM + EM * r.uniform(0.9, 1.1)), int(ROOM + EM * r.random()))
            self._stop(ink, place, 7)
        return ink

    def _printed(self, ink: Ink) -> Field:
        """Ink spread and strokes lost, unevenly: a blur and a limit that wanders."""
        r, side = self._random, ink.shape[0]
        soft = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), r.uniform(0.7, 2.0)) / 255
        limit = r.uniform(0.22, 0.52) + r.uniform(0, 0.09) * self._cloud(2, side)
        limit = limit + r.uniform(0, 0.07) * self._cloud(1, side)
        print_ = np.clip((soft - limit) / r.uniform(0.08, 0.45) + 0.5, 0, 1)
        pale = r.uniform(0, 0.3) * self._cloud(1, side) + r.uniform(-0.5, 0.1)
        return np.asarray(print_ * (1 - np.clip(pale, 0, 0.6)), np.float32)

    def _scanned(self, ink: Field) -> Ink:
        """Seen through a lens on film, not quite straight, on grey and grainy ground."""
        r = self._random
        scale = SIDE / (CONTEXT * EM) * r.uniform(0.90, 1.1)
        wide, turn, slant = r.uniform(0.93, 1.08), np.deg2rad(r.normal(0, 1.2)), r.normal(0, 0.015)
        matrix = np.array(
            [
                [scale * wide * np.cos(turn), scale * (slant - np.sin(turn))],
                [scale * np.sin(turn), scale * np.cos(turn)],
            ]
        )
        middle = np.full(2, ink.shape[0] / 2 - 0.5)
        off = SIDE / 2 - 0.5 + np.array([r.normal(0, 1.3), r.normal(0, 1.8)]) - matrix @ middle
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), r.uniform(0.9, 2.3)), np.float32)
        seen = cv2.warpAffine(ink, np.hstack([matrix, off[:, None]]), (SIDE, SIDE))
        ground = r.uniform(215, 250)
        gray = ground - r.uniform(0.45, 1) * ground * seen
        gray = gray + r.uniform(0, 9) * r.random() * self._cloud(0, SIDE)
        y, x = r.integers(0, NOISE - SIDE, 2)
        gray = gray + r.uniform(0, 4) * r.random() * self._grain[y : y + SIDE, x : x + SIDE]
        if r.random() < 0.3:
            gray = gray + r.uniform(-25, 25) * np.linspace(-1, 1, SIDE)[None, :]
        return np.clip(gray, 0, 255).astype(np.uint8)


def _unit(grain: Field, size: float) -> Field:
    field = np.asarray(cv2.GaussianBlur(grain, (0, 0), size), np.float32)
    return np.asarray(field / field.std(), np.float32)


def _lay(ink: Ink, other: Ink, x: int, y: int) -> None:
    side = ink.shape[0]
    x0, x1, y0, y1 = max(0, x), min(side, x + EM), max(0, y), min(side, y + EM)
    if x1 > x0 and y1 > y0:
        part = other[y0 - y : y1 - y, x0 - x : x1 - x]
        ink[y0:y1, x0:x1] = np.maximum(ink[y0:y1, x0:x1], part)
