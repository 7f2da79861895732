"""An epoch's batches in PyTorch: by its DataLoader, and by index_select on one resident tensor."""
import argparse

import torch
from torch.utils.data import DataLoader, TensorDataset

from side_by_side import choose_threads, mnist_train, serve


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--examples", type=int, required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    asked = parser.parse_args()
    torch.manual_seed(1)
    pixels, labels = mnist_train(asked.data, asked.examples)
    loader = DataLoader(TensorDataset(pixels, labels), batch_size=asked.batch_size, shuffle=True)

    def from_loader(epochs):
        for _ in range(epochs):
            for _ in loader:
                pass

    def from_tensor(epochs):
        for _ in range(epochs):
            order = torch.randperm(len(pixels))
            for start in range(0, len(pixels), asked.batch_size):
                indices = order[start:start + asked.batch_size]
                _ = pixels.index_select(0, indices), labels.index_select(0, indices)

    threads = choose_threads(from_tensor, 1)
    serve({"loader": from_loader, "index_select": from_tensor}, [], threads)


if __name__ == "__main__":
    main()
