"""What `elbo sample RUN --label 6` does, in PyTorch: loads a CVAE's decoder and prior, draws 64 images and writes them as one PNG."""
import struct
import sys
import zlib

import torch
from torch import nn

LABELS, LATENT, ROWS, COLUMNS, SIDE, GAP = 10, 8, 8, 8, 28, 2


def build():
    decoder = nn.Sequential(
        nn.Linear(LATENT + LABELS, 200), nn.ReLU(), nn.Linear(200, 400), nn.ReLU(), nn.Linear(400, SIDE * SIDE), nn.Sigmoid())
    return nn.ModuleDict({"prior": nn.Linear(LABELS, LATENT), "decoder": decoder})


def write_png(path, pixels):
    """A grey PNG by hand: the format's signature, then three chunks."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    height, width = pixels.shape
    lines = torch.cat([torch.zeros(height, 1, dtype=torch.uint8), pixels], 1)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(bytes(lines.flatten().tolist()))) + chunk(b"IEND", b""))


def main():
    action, weights = sys.argv[1:3]
    model = build()
    if action == "save":
        torch.manual_seed(1)
        torch.save(model.state_dict(), weights)
        return
    label, path = int(sys.argv[3]), sys.argv[4]
    model.load_state_dict(torch.load(weights))
    torch.manual_seed(0)
    with torch.no_grad():
        condition = nn.functional.one_hot(torch.full((ROWS * COLUMNS,), label), LABELS).float()
        z = model["prior"](condition) + torch.randn(ROWS * COLUMNS, LATENT)
        images = model["decoder"](torch.cat([z, condition], 1)).view(ROWS, COLUMNS, SIDE, SIDE)
        cells = nn.functional.pad(images, (0, GAP, 0, GAP))
        grid = cells.permute(0, 2, 1, 3).reshape(ROWS * (SIDE + GAP), COLUMNS * (SIDE + GAP))
        write_png(path, (grid * 255).round().to(torch.uint8))


if __name__ == "__main__":
    main()
