"""Prints what Pillow makes of small seeded images, as JSON: what the tests of `packages/data/src/resize` expect.

    python tools/python/resized-by-pillow.py > packages/data/src/testing/resized-by-pillow.json

Pillow 13 computes columns first where an image becomes much lower than narrower; versions before it always compute rows
first, and so do networks' training pipelines up to now. It takes a version before 13.
"""

import hashlib
import json
import sys

import numpy
import PIL
from PIL import Image

FILTERS = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC, "nearest": Image.NEAREST}
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}

# Width and height before and after: smaller, larger, both, one axis only, one pixel, wide, tall, odd, and the same.
SIZES = [
    [8, 6, 4, 3], [7, 5, 3, 3], [5, 7, 13, 11], [1, 1, 4, 3], [1, 9, 5, 2], [9, 1, 2, 5], [64, 48, 22, 17],
    [33, 50, 22, 34], [31, 31, 32, 32], [32, 32, 31, 31], [100, 3, 10, 3], [100, 3, 100, 30], [3, 200, 7, 20],
    [61, 67, 1, 1], [2, 2, 61, 59], [57, 43, 57, 21], [57, 43, 21, 43], [17, 1, 17, 4], [300, 10, 33, 7],
    [10, 300, 7, 33], [99, 99, 114, 114], [12, 12, 12, 12], [257, 131, 224, 96], [89, 113, 10, 97], [29, 61, 95, 3],
]


def seeded(seed, count):
    """The upper bytes of a linear congruential generator; every third seed gives only 0 and 255."""
    values = numpy.empty(count, numpy.uint8)
    state = seed
    for at in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values[at] = state >> 24
    return numpy.where(values < 128, 0, 255).astype(numpy.uint8) if seed % 3 == 0 else values


def resized(seed, size, channels, name):
    width, height, to_width, to_height = size
    pixels = seeded(seed, width * height * channels).reshape(height, width, channels)
    image = Image.fromarray(pixels[:, :, 0] if channels == 1 else pixels)
    assert image.mode == MODES[channels]
    return image.resize((to_width, to_height), FILTERS[name]).tobytes()


def digest(values):
    return hashlib.sha256(values).hexdigest()[:16]


def case(seed, size):
    return {
        "seed": seed,
        "size": size,
        **{name: [digest(resized(seed, size, channels, name)) for channels in MODES] for name in FILTERS},
    }


if int(PIL.__version__.split(".")[0]) >= 13:
    sys.exit(f"Pillow {PIL.__version__} computes in another order. Install pillow<13.")
cases = [case(seed, size) for seed, size in enumerate(SIZES, 1)]
first = {name: list(resized(1, SIZES[0], 1, name)) for name in FILTERS}
print('{\n  "values": ' + json.dumps(first) + ',\n  "cases": [')
print(",\n".join("    " + json.dumps(entry) for entry in cases))
print("  ]\n}")
