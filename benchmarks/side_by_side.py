"""What the PyTorch side of each table shares: MNIST from its files, and turns that a benchmark in another process asks for."""
import gzip
import json
import os
import statistics
import sys
import time

import torch


def mnist_train(folder, count):
    """The first examples of MNIST: pixels in 0..1 as [count, 784], and labels."""
    def read(name, header, length):
        with gzip.open(os.path.join(folder, name + ".gz")) as file:
            file.read(header)
            return torch.frombuffer(bytearray(file.read(length)), dtype=torch.uint8)

    pixels = read("train-images-idx3-ubyte", 16, count * 784).view(-1, 784).float() / 255
    return pixels, read("train-labels-idx1-ubyte", 8, count).long()


def timed(work, steps):
    """The seconds that so many steps take."""
    started = time.perf_counter()
    work(steps)
    return time.perf_counter() - started


def choose_threads(work, steps):
    """Computes with one thread and with several in turn, keeps whichever is faster, and says so."""
    seconds = {threads: [] for threads in sorted({1, min(2, os.cpu_count()), os.cpu_count()})}
    for turn in range(4):
        for threads, times in seconds.items():
            torch.set_num_threads(threads)
            times.append(timed(work, steps))
    medians = {threads: statistics.median(times[1:]) for threads, times in seconds.items()}
    best = min(medians, key=medians.get)
    torch.set_num_threads(best)
    return best


def matrix_library():
    """The library that computes this torch's matrix products, as far as the system tells."""
    if torch.backends.mkl.is_available():
        return "MKL"
    torch.randn(64, 64) @ torch.randn(64, 64)
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if ".so" in line}
    except OSError:
        return "unknown"
    found = sorted(os.path.realpath(file) for file in files if any(name in os.path.basename(file) for name in ("blas", "blis", "mkl")))
    if any("openblas" in file for file in found):
        return "OpenBLAS"
    if any("blis" in file for file in found):
        return "BLIS"
    return "the reference BLAS" if any(os.path.basename(file).startswith("libblas.so") for file in found) else "a part of torch"


def serve(variants, notes, threads):
    """Introduces itself in one line of JSON, then answers each line 'run VARIANT STEPS' with the seconds they took."""
    blas = matrix_library()
    if blas == "the reference BLAS":
        notes = [*notes, "this torch multiplies matrices by the reference BLAS, which is ten and more times slower than others: "
                 "the comparison says nothing. On Debian, install libopenblas0-pthread"]
    introduction = {"torch": torch.__version__, "threads": threads, "products": blas, "variants": list(variants), "notes": notes}
    print(json.dumps(introduction), flush=True)
    for line in sys.stdin:
        _, name, steps = line.split()
        print(repr(timed(variants[name], int(steps))), flush=True)
