"""Seconds per epoch of MNIST in PyTorch: a VAE with Bernoulli likelihood, data on the device; the first epoch of each is not counted."""
import gzip, os, sys, time
import torch
from torch import nn
from torch.nn import functional as F

folder, device, epochs = sys.argv[1], torch.device(sys.argv[2]), int(sys.argv[3])
only = sys.argv[4:]
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
with gzip.open(os.path.join(folder, "train-images-idx3-ubyte.gz")) as file:
    file.read(16)
    pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).view(-1, 784).to(device).float().div_(255)


def layers(widths):
    parts = []
    for a, b in zip(widths, widths[1:]):
        parts += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*parts)


class Vae(nn.Module):
    def __init__(self, hidden, latent):
        super().__init__()
        self.encoder, self.code = layers([784, *hidden]), nn.Linear(hidden[-1], 2 * latent)
        back = hidden[::-1]
        self.decoder, self.output = layers([latent, *back]), nn.Linear(back[-1], 784)

    def forward(self, x):
        mean, log_variance = self.code(self.encoder(x)).chunk(2, 1)
        z = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        logits = self.output(self.decoder(z))
        reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        kl = -0.5 * (1 + log_variance - mean.pow(2) - log_variance.exp()).sum()
        return (reconstruction + kl) / x.shape[0]


def wait():
    if device.type == "cuda":
        torch.cuda.synchronize()


def run(name, hidden, batch, fused, compiled):
    torch.manual_seed(1)
    model = Vae(hidden, 20).to(device)
    adam = torch.optim.Adam(model.parameters(), 1e-3, fused=True) if fused else torch.optim.Adam(model.parameters(), 1e-3)
    loss_of = torch.compile(model) if compiled else model
    seconds, total = [], None
    for epoch in range(epochs + 1):
        wait()
        started = time.perf_counter()
        order, total, steps = torch.randperm(len(pixels), device=device), torch.zeros((), device=device), 0
        # Without the last, smaller batch: torch.compile would compile for it again.
        for start in range(0, len(pixels) - batch + 1, batch):
            loss = loss_of(pixels[order[start:start + batch]])
            adam.zero_grad(set_to_none=True)
            loss.backward()
            adam.step()
            total += loss.detach()
            steps += 1
        wait()
        seconds.append(time.perf_counter() - started)
    # Of all examples, which Elbo's epochs have.
    counted = [s * len(pixels) / (steps * batch) for s in seconds[1:]]
    print(f"pytorch {torch.__version__} {name}: hidden {hidden} batch {batch}: min {min(counted):.4f} s, all "
          f"{' '.join(f'{s:.4f}' for s in counted)}, first {seconds[0]:.2f}, loss {total.item() / steps:.2f}", flush=True)


print(torch.__version__, torch.cuda.get_device_name() if device.type == "cuda" else "cpu", flush=True)
sizes = {"128": ([400], 128), "1024": ([400], 1024), "4096": ([2048, 2048], 4096)}
for name, fused, compiled in [("eager", False, False), ("fused Adam", True, False), ("compile, fused Adam", True, True)]:
    for size, (hidden, batch) in sizes.items():
        if only and size not in only:
            continue
        try:
            run(name, hidden, batch, fused, compiled)
        except Exception as error:
            print(f"pytorch {name} {size}: {type(error).__name__}: {str(error).splitlines()[:1]}", flush=True)
